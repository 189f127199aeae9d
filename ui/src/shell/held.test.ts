import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HeldWrite } from "../bindings";
import { app } from "../state/app.svelte";
import { held } from "../state/held.svelte";
import { shortcuts } from "../state/shortcuts.svelte";
import { toasts } from "../state/toasts.svelte";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { connected } from "../testing/samples";
import HeldBar from "./HeldBar.svelte";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };
const waiting = (caseId: string): HeldWrite => ({
  intentId: `of-${caseId}`,
  command: "cancel_appointment",
  request: { caseId, date: "2026-11-24", cuIndex: 0 },
  leavesAt: "2026-11-24T09:20:08Z",
  millisecondsLeft: 6_400,
});
let host: FakeHost;
let listed: HeldWrite[];

beforeEach(async () => {
  listed = [waiting("c1")];
  host = fakeHost({
    get_catalogue: () => catalogue,
    list_unsettled: () => [],
    list_held: () => listed,
    take_back: ({ intentId }) => {
      const before = listed.length;
      listed = listed.filter((write) => write.intentId !== intentId);
      return { inTime: listed.length < before };
    },
    send_now: () => {
      listed = [];
      return null;
    },
  });
  held.clear();
  toasts.list = [];
  app.take(connected);
});

async function open() {
  render(HeldBar);
  await held.read();
  return await screen.findByRole("status", { name: "About to leave" });
}
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("a change that waits", () => {
  it("is shown with its name and its seconds, in a window that was loaded anew with its day", async () => {
    const bar = await open();
    expect(bar.textContent).toMatch(/Cancelling .*Tuesday, 24 November 2026 · Calendar 1.*7 s/);
    let answer: () => void = () => undefined;
    const sending = held.follow("c1", "A104, 09:20", new Promise<void>((done) => (answer = done)));
    await waitFor(() => expect(bar.textContent).toMatch(/Cancelling .*A104, 09:20/));
    expect(held.isLeaving("c1")).toBe(true);
    expect(held.isLeaving("c2")).toBe(false);
    listed = [];
    answer();
    await sending;
    expect(held.isLeaving("c1")).toBe(false);
  });

  it("does not read its seconds out", async () => {
    const bar = await open();
    expect(within(bar).getByText("7 s").getAttribute("aria-hidden")).toBe("true");
  });

  it("is taken back by Undo, and the focus goes back to where it was", async () => {
    const field = document.body.appendChild(document.createElement("input"));
    await open();
    field.focus();
    await press("Undo");
    await waitFor(() => expect(host.sent("take_back")).toEqual([{ intentId: "of-c1" }]));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
    expect(toasts.list.map((toast) => toast.text)).toEqual(["Taken back. Nothing was sent."]);
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it("is the newest one that Ctrl+Z takes back, while somebody types as well", async () => {
    listed = [waiting("c1"), waiting("c2")];
    await open();
    const field = document.body.appendChild(document.createElement("input"));
    field.addEventListener("keydown", (event) => shortcuts.handle(event));
    field.focus();
    await userEvent.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(host.sent("take_back")).toEqual([{ intentId: "of-c2" }]));
    expect(held.list.map((write) => write.intentId)).toEqual(["of-c1"]);
    field.remove();
  });

  it("is taken back while another one's taking back is on its way: each Ctrl+Z means the next", async () => {
    listed = [waiting("c1"), waiting("c2")];
    await open();
    const takeBack = host.answers.take_back!;
    const answers: (() => void)[] = [];
    host.answers.take_back = (request) => new Promise((resolve) => answers.push(() => resolve(takeBack(request))));
    const undo = (repeat = false) =>
      shortcuts.handle(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, repeat }));
    undo();
    undo(true);
    expect(host.sent("take_back")).toEqual([{ intentId: "of-c2" }]);
    undo();
    undo();
    expect(host.sent("take_back")).toEqual([{ intentId: "of-c2" }, { intentId: "of-c1" }]);
    // Read while they were on their way.
    await held.read();
    answers.forEach((answer) => answer());
    await waitFor(() => expect(toasts.list).toHaveLength(2));
    expect(held.list).toEqual([]);
  });

  it("tells each that could not be taken back, and takes back the others", async () => {
    listed = [waiting("c1"), waiting("c2")];
    await open();
    const takeBack = host.answers.take_back!;
    host.answers.take_back = async (request) => {
      if (request.intentId === "of-c2") throw refusal("take_back", "offline");
      return await takeBack(request);
    };
    const [first, second] = screen.getAllByRole("button", { name: "Undo" });
    await userEvent.click(second!);
    await userEvent.click(first!);
    await waitFor(() => expect(held.list.map((write) => write.intentId)).toEqual(["of-c2"]));
    await userEvent.click(within(await screen.findByRole("alert")).getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("says so when it had left already", async () => {
    await open();
    host.answers.take_back = () => ({ inTime: false });
    await press("Undo");
    await vi.waitFor(() => expect(toasts.list.map((toast) => toast.text)).toEqual(["Too late: it had left already."]));
  });

  it("leaves at once when told to", async () => {
    await open();
    await press("Send now");
    await waitFor(() => expect(host.sent("send_now")).toEqual([{ intentId: "of-c1" }]));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Send now" })).toBeNull());
  });

  it("that did not go through stays told until it is put away", async () => {
    await open();
    held.tell("A104, 09:20", refusal("cancel_appointment", "offline"));
    expect(await screen.findByText("A104, 09:20")).toBeTruthy();
    await userEvent.click(within(screen.getByRole("alert")).getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });
});
