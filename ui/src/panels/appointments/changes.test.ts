import { expect, it } from "vitest";
import type { Appointment } from "../../bindings";
import { changesBetween, seenCalendar, seenCase, snapshotOf } from "./changes";
import { appointment, board, calendar, column } from "./testing";

const of = (name: string) => ({ customer: { dataTableId: null, recordId: name, displayName: name } });
const day = (first: Appointment[], second: Appointment[] = []) =>
  snapshotOf(board([column(calendar(0), [], first), column(calendar(1), [], second)]));
const told = (changes: ReturnType<typeof changesBetween>) =>
  [...changes].map(([cuIndex, list]) => [cuIndex, ...list.map((change) => `${change.kind} ${change.at.start}`)]);

const before = day([appointment(0, 540, of("Dana")), appointment(0, 560, of("Avi"))], [appointment(1, 600)]);

it("nothing changed is no news", () => expect(changesBetween(before, before).size).toBe(0));

it("tells what is new and what was cancelled, by calendar", () => {
  const now = day(
    [appointment(0, 540, of("Dana")), appointment(0, 560, { ...of("Avi"), status: "Cancelled" })],
    [appointment(1, 600), appointment(1, 610)],
  );
  expect(told(changesBetween(before, now))).toEqual([
    [0, "cancelled 560"],
    [1, "new 610"],
  ]);
});

it("a booking that went here and came there for the same customer was moved", () => {
  const now = day([appointment(0, 560, of("Avi"))], [appointment(1, 600), appointment(1, 650, of("Dana"))]);
  const changes = changesBetween(before, now);
  expect(told(changes)).toEqual([[1, "moved 650"]]);
  expect(changes.get(1)?.[0]).toMatchObject({ from: { cuIndex: 0, start: 540 } });
});

it("a calendar that could not be read has not lost its bookings", () => {
  const unread = board([column(calendar(0), [])]);
  unread.columns[0]!.appointments = { state: "failed", error: {} as never };
  const now = snapshotOf(unread);
  expect(changesBetween(before, now).get(0)).toBeUndefined();
  expect(changesBetween(now, before).get(0)).toBeUndefined();
});

it("looking at one calendar, or having done it oneself, takes it off the list", () => {
  const now = day([appointment(0, 540, of("Dana"))], [appointment(1, 600), appointment(1, 610)]);
  expect(told(changesBetween(seenCalendar(before, now, 0), now))).toEqual([[1, "new 610"]]);
  expect(told(changesBetween(seenCase(before, now, "case-1-610"), now))).toEqual([[0, "cancelled 560"]]);
});
