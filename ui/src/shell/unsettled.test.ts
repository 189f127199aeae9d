import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { UnsettledWrite } from "../bindings";
import { app } from "../state/app.svelte";
import { unsettled } from "../state/unsettled.svelte";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { connected } from "../testing/samples";
import { unsettledWrite } from "../testing/unsettled";
import Banners from "./Banners.svelte";
import StatusBar from "./StatusBar.svelte";
import UnsettledDialog from "./UnsettledDialog.svelte";
import { linesOf } from "./unsettled-words";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };
let host: FakeHost;
let listed: UnsettledWrite[];

beforeEach(() => {
  listed = [unsettledWrite("queue_up", "needsEyes", {}, { contactPhoneNumber: "0501234567" })];
  host = fakeHost({
    get_catalogue: () => catalogue,
    list_unsettled: () => listed,
    agent_desk: () => connected.agent,
  });
  unsettled.clear();
  app.take(connected);
});

async function open() {
  render(UnsettledDialog);
  await unsettled.read();
  unsettled.shown = true;
  return await screen.findByRole("dialog", { name: "Changes to see to" });
}
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("an unsettled change", () => {
  it("is said in the status bar and in a banner that open the list", async () => {
    render(StatusBar, { onshortcuts: vi.fn() });
    render(Banners);
    await userEvent.click(await screen.findByRole("button", { name: "1 change is not settled" }));
    expect(unsettled.shown).toBe(true);
    unsettled.shown = false;
    await press("Show");
    expect(unsettled.shown).toBe(true);
  });

  it("has no banner while it is being found out: nobody has to do anything", async () => {
    listed = [unsettledWrite("clock_in", "settling")];
    await unsettled.read();
    render(Banners);
    render(StatusBar, { onshortcuts: vi.fn() });
    await screen.findByRole("button", { name: "1 change is not settled" });
    expect(screen.queryByRole("button", { name: "Show" })).toBeNull();
    const dialog = await open();
    expect(within(dialog).queryByRole("button", { name: "Do it again" })).toBeNull();
  });

  it("is listed with what was asked, and made again only after a question", async () => {
    host.answers.retry_unsettled = () => {
      listed = [];
      return { answer: null };
    };
    const dialog = await open();
    expect(within(dialog).getByRole("heading", { name: "Queue up a walk-in" })).toBeTruthy();
    expect(within(dialog).getByText("0501234567")).toBeTruthy();
    await press("Do it again");
    expect(host.sent("retry_unsettled")).toEqual([]);
    await press("It is not there: do it again");
    await vi.waitFor(() => expect(unsettled.shown).toBe(false));
    expect(host.sent("retry_unsettled")).toEqual([{ intentId: "i1" }]);
  });

  it("is made again without a question when it is proven that it did not happen", async () => {
    listed = [unsettledWrite("clock_in", "didNotHappen")];
    host.answers.retry_unsettled = () => Promise.reject(refusal("retry_unsettled", "offline"));
    const dialog = await open();
    await press("Do it again");
    expect(await within(dialog).findByText("Could not make the change again")).toBeTruthy();
    expect(unsettled.list).toHaveLength(1);
  });

  it("says that it waits while another one is being made again", async () => {
    const second = { ...unsettledWrite("clock_in", "didNotHappen"), intentId: "i2" };
    listed = [unsettledWrite("clock_in", "didNotHappen"), second];
    let refuse: () => void = () => undefined;
    host.answers.retry_unsettled = () =>
      new Promise((_, reject) => (refuse = () => reject(refusal("retry_unsettled", "offline"))));
    const dialog = await open();
    const acts = () => [...dialog.querySelectorAll("li[data-state] button")];
    const say = (attribute: string) => acts().map((act) => act.getAttribute(attribute));
    expect(acts()).toHaveLength(4);
    expect(say("aria-disabled")).toEqual([null, null, null, null]);
    await userEvent.click(acts()[0]!);
    await vi.waitFor(() => expect(say("aria-busy")).toEqual(["true", null, null, null]));
    expect(say("aria-disabled")).toEqual(["true", "true", "true", "true"]);
    refuse();
    await vi.waitFor(() => expect(say("aria-disabled")).toEqual([null, null, null, null]));
  });

  it("keeps its question open while another one is being closed", async () => {
    listed.push({ ...unsettledWrite("clock_in", "didNotHappen"), intentId: "i2" });
    let answer: () => void = () => undefined;
    host.answers.drop_unsettled = () =>
      new Promise((resolve) => (answer = () => resolve((listed = listed.slice(0, 1)))));
    const dialog = await open();
    await userEvent.click(within(dialog).getAllByRole("button", { name: "Do it again" })[0]!);
    const really = await within(dialog).findByRole("button", { name: "It is not there: do it again" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Not wanted any more" }));
    await vi.waitFor(() => expect(really.getAttribute("aria-disabled")).toBe("true"));
    await userEvent.click(really);
    answer();
    await vi.waitFor(() => expect(really.getAttribute("aria-disabled")).toBeNull());
    expect(host.sent("retry_unsettled")).toEqual([]);
  });

  it("is closed when somebody says so", async () => {
    host.answers.drop_unsettled = () => (listed = []);
    await open();
    await press("Close without doing it again");
    await vi.waitFor(() => expect(unsettled.list).toEqual([]));
    expect(host.sent("drop_unsettled")).toEqual([{ intentId: "i1" }]);
  });

  it("names day, time, calendar and agent in words", () => {
    app.agent = { ...connected.agent, userId: "u", displayName: "Dana Frost" };
    const words = (request: UnsettledWrite["request"]) =>
      linesOf(unsettledWrite("book_appointment", "settling", {}, request)).map((line) => line.text);
    expect(words({ date: "2026-11-24", startTime: 560, cuIndex: 0, customerRecordId: "r1" })).toEqual([
      "Tuesday, 24 November 2026 · 09:20 · Calendar 1",
      "Customer r1",
    ]);
    expect(words({ userId: "u", caseId: "c1" })).toEqual(["Case c1", "Agent Dana Frost"]);
    expect(words({ fields: { f: "Alex" } })).toEqual(["Alex"]);
    expect(words({ fields: [{ fieldTypeId: "f", value: 8 }] })).toEqual(["8"]);
    expect(words(null)).toEqual([]);
  });
});
