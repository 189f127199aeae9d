import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { app } from "../../state/app.svelte";
import { emptyings } from "../../state/emptyings.svelte";
import { held } from "../../state/held.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { connected } from "../../testing/samples";
import EmptyingPanel from "./EmptyingPanel.svelte";
import { at, emptying, proposal } from "./testing";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };
const list = () => {
  const whole = emptying("toDo", "toDo");
  return { ...whole, rows: whole.rows.map((row, number) => ({ ...row, customerName: `Person ${number}` })) };
};
let host: FakeHost;

beforeEach(() => {
  const both = [list(), { ...list(), cuIndex: 1 }];
  host = fakeHost({
    get_catalogue: () => catalogue,
    empty_calendar: () => list(),
    propose_times: () => ({ proposals: [proposal(0), proposal(1)], lookedTo: at.date, missed: [] }),
    list_calendars: () => [],
    list_emptyings: () => both,
    list_held: () => [],
    list_moves: () => [],
    list_unsettled: () => [],
  });
  held.clear();
  emptyings.list = both;
  app.take(connected);
  app.panel = "emptying";
});

const press = (key: string) => shortcuts.handle(new KeyboardEvent("keydown", { key, altKey: true }));

it("says of every act that would leave the booking that it waits for the move being sent", async () => {
  let refuse: () => void = () => undefined;
  host.answers.move_appointment = () =>
    new Promise((_, reject) => (refuse = () => reject(refusal("move_appointment", "offline"))));
  render(EmptyingPanel);
  const bookings = await screen.findByRole("listbox");
  const acts = () =>
    ["Could not reach", "Leave as it is", "Cancel…"].map((name) =>
      screen.getByRole("button", { name: new RegExp(`^${name}`) }),
    );
  const which = screen.getByRole<HTMLSelectElement>("combobox", { name: "Calendar" });
  const waits = () => [...acts(), bookings].map((element) => element.getAttribute("aria-disabled"));
  expect(waits()).toEqual([null, null, null, null]);
  await userEvent.click(await screen.findByRole("button", { name: /^Move to / }));
  await waitFor(() => expect(waits()).toEqual(["true", "true", "true", "true"]));
  expect(which.disabled).toBe(true);
  for (const act of acts()) await userEvent.click(act);
  for (const key of ["n", "s", "c"]) press(key);
  expect(screen.queryByRole("dialog")).toBeNull();
  refuse();
  await waitFor(() => expect(waits()).toEqual([null, null, null, null]));
  expect(which.disabled).toBe(false);
  await userEvent.click(within(bookings).getByText("Person 1"));
  expect(await screen.findByRole("heading", { name: "Person 1" })).toBeTruthy();
});
