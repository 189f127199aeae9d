import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import type { EmptiedState } from "../../bindings";
import { app } from "../../state/app.svelte";
import { held } from "../../state/held.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { toasts } from "../../state/toasts.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { connected } from "../../testing/samples";
import CallCard from "./CallCard.svelte";
import { at, emptying } from "./testing";
import { Walk } from "./walk.svelte";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };
let host: FakeHost;
let states: EmptiedState[];

beforeEach(() => {
  states = ["toDo", "toDo", "toDo"];
  host = fakeHost({
    get_catalogue: () => catalogue,
    empty_calendar: () => {
      const list = emptying(...states);
      return { ...list, rows: list.rows.map((row, number) => ({ ...row, customerName: `Person ${number}` })) };
    },
    propose_times: () => ({ proposals: [], lookedTo: at.date, missed: [] }),
    list_calendars: () => [],
    list_emptyings: () => [],
    list_held: () => [],
    list_unsettled: () => [],
  });
  held.clear();
  toasts.list = [];
  app.take(connected);
  app.panel = "emptying";
});

/** The first booking's cancellation is on its way, and the clerk is about to cancel the second one. */
async function cancellingTheNext() {
  const walk = new Walk();
  await walk.go(at);
  render(CallCard, { walk });
  let answer: (outcome?: "cancelled") => void = () => undefined;
  host.answers.cancel_appointment = () =>
    new Promise((resolve, reject) => {
      answer = (outcome) => (outcome ? resolve({ outcome }) : reject(refusal("cancel_appointment", "offline")));
    });
  await ask("Person 0");
  await userEvent.click(screen.getByRole("button", { name: "Cancel appointment" }));
  await waitFor(() => expect(walk.current?.caseId).toBe("case-1"));
  await ask("Person 1");
  await userEvent.type(screen.getByRole("textbox", { name: "Reason" }), "Is ill");
  return { walk, answer: (outcome?: "cancelled") => answer(outcome) };
}

async function ask(name: string) {
  await screen.findByRole("heading", { name });
  shortcuts.handle(new KeyboardEvent("keydown", { key: "c", code: "KeyC", altKey: true }));
  await within(await screen.findByRole("dialog")).findByText(name);
}

async function expectTheNextStillAsked(walk: Walk) {
  await tick();
  expect(walk.current?.caseId).toBe("case-1");
  const dialog = screen.getByRole("dialog", { name: "Cancel this appointment?" });
  expect(within(dialog).getByText("Person 1")).toBeTruthy();
  expect(within(dialog).getByRole<HTMLInputElement>("textbox", { name: "Reason" }).value).toBe("Is ill");
}

describe("cancelling a booking while an earlier cancellation is on its way", () => {
  it("stays with the booking in front and keeps its reason when the earlier one went through", async () => {
    const { walk, answer } = await cancellingTheNext();
    states[0] = "cancelled";
    answer("cancelled");
    await waitFor(() => expect(toasts.list.map((toast) => toast.text)).toEqual(["Cancelled: Person 0, 09:00."]));
    await expectTheNextStillAsked(walk);
    expect(host.sent("cancel_appointment")).toHaveLength(1);
  });

  it("tells under its own name that the earlier one was refused", async () => {
    const { walk, answer } = await cancellingTheNext();
    answer();
    await waitFor(() => expect(held.fallen.map((entry) => entry.name)).toEqual(["Person 0, 09:00"]));
    await expectTheNextStillAsked(walk);
  });

  it("has each name with its own booking in the bar of what waits", async () => {
    await cancellingTheNext();
    const waiting = (caseId: string) => ({
      intentId: "i",
      command: "cancel_appointment",
      request: { caseId },
      leavesAt: "2026-11-24T09:20:08Z",
      millisecondsLeft: 6_400,
    });
    expect(held.nameOf(waiting("case-0"))).toBe("Person 0, 09:00");
    expect(held.nameOf(waiting("case-1"))).toBeUndefined();
  });
});
