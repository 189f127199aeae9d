/** Made-up bookings of a calendar that is emptied, for the tests of this panel. */
import type { Appointment, CalendarDay, EmptiedBooking, EmptiedState, Emptying, Proposal } from "../../bindings";

export const at: CalendarDay = { serviceId: "s1", date: "2026-11-24", cuIndex: 0 };

export const row = (number: number, state: EmptiedState = "toDo"): EmptiedBooking => ({
  caseId: `case-${number}`,
  startTime: 540 + number * 10,
  duration: 10,
  serviceTypeId: "t1",
  serviceTypeName: "Renewal",
  customerRecordId: null,
  customerName: null,
  ticket: null,
  state,
  movedTo: null,
  reason: null,
  trouble: null,
  hasChanged: false,
});

export const listed = (number: number): Appointment =>
  ({ caseId: `case-${number}`, appointment: { start: 540 + number * 10 }, customer: null }) as Appointment;

export const proposal = (number: number): Proposal => ({
  ...at,
  caseId: `case-${number}`,
  cuIndex: 1,
  startTime: 600 + number * 10,
  duration: 10,
  serviceTypeId: "t1",
  user: null,
});

export const emptying = (...states: EmptiedState[]): Emptying => ({
  ...at,
  user: null,
  begunAt: "2026-11-24T07:00:00Z",
  isOver: false,
  rows: states.map((state, number) => row(number, state)),
  appointments: states.map((_, number) => listed(number)),
  unread: null,
});
