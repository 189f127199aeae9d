import { afterEach, expect, it } from "vitest";
import { l10n } from "../../l10n/l10n.svelte";
import { held } from "../../state/held.svelte";
import { layOut, type Booking } from "./board";
import { appointment, calendar, column, SERVICE } from "./testing";
import { bookingName } from "./words";

afterEach(() => {
  l10n.pageDirection = "ltr";
  held.list = [];
});

it("a booking's name is put into words once, and again when anything of it changes", () => {
  const day = layOut(column(calendar(0), [], [appointment(0, 540)]), { freeOnly: false }, SERVICE);
  const booking = day.items[0] as Booking;
  const where = { date: "Tuesday", calendar: "Calendar 1" };
  const name = bookingName(booking, where);
  expect(name).toMatch(/^Booked, Tuesday 09:00, .*, Calendar 1$/);
  expect(bookingName(booking, where)).toBe(name);
  expect(bookingName(booking, { ...where, calendar: "Calendar 1, Yael Adler" })).toMatch(/Yael Adler$/);
  expect(bookingName(booking, where)).toBe(name);
  const request = { caseId: booking.appointment.caseId };
  held.list = [{ intentId: "i1", command: "cancel_appointment", request, leavesAt: "", millisecondsLeft: 900 }];
  expect(bookingName(booking, where)).toMatch(/, Being cancelled/);
  held.list = [];
  l10n.pageDirection = "rtl";
  expect(bookingName(booking, where)).not.toBe(name);
});
