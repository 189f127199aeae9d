/**
 * A day as the board draws it: from the answers of the core to columns of free times and bookings, each with its place
 * beside others that overlap it, and the state of each calendar. Pure; words and pixels are made elsewhere.
 */
import type { Appointment, Calendar, CommandError, DayBoard, DayColumn } from "../../bindings";

export type Slot = {
  kind: "slot";
  key: string;
  serviceId: string;
  cuIndex: number;
  start: number;
  end: number;
  duration: number;
};
export type Booking = {
  kind: "booking";
  key: string;
  serviceId: string;
  cuIndex: number;
  start: number;
  end: number;
  appointment: Appointment;
  /** Overlaps another booking of the same calendar. */
  overbooked: boolean;
  /** The calendar demands a customer and this booking has none. */
  lacksCustomer: boolean;
  cancelled: boolean;
};
export type Item = Slot | Booking;
/**
 * `lane` of `lanes`, side by side: where it stands among the items that share its time. When they are too many to stand
 * side by side and still be pressed, they go on below, on `shelf` of `shelves`.
 */
export type Placed<T extends Item = Item> = T & { lane: number; lanes: number; shelf: number; shelves: number };

/** More than so many beside each other would be too narrow to read. */
export const MOST_LANES = 3;

/** Why a calendar offers what it offers, most telling first. */
export type Condition =
  "past" | "closed" | "outsideWindow" | "bookingOff" | "full" | "noneOfType" | "noType" | "reading" | "unread" | "open";

export type Column = {
  key: string;
  serviceId: string;
  cuIndex: number;
  calendar: Calendar;
  items: Placed[];
  free: number;
  booked: number;
  condition: Condition;
  vacanciesError: CommandError | null;
  appointmentsError: CommandError | null;
};

export type Show = { freeOnly: boolean };

export const slotKey = (serviceId: string, cuIndex: number, start: number): string =>
  `slot-${serviceId}-${cuIndex}-${start}`;
export const bookingKey = (caseId: string): string => `case-${caseId}`;
export const headKey = (serviceId: string, cuIndex: number): string => `calendar-${serviceId}-${cuIndex}`;

const laidOut = new WeakMap<DayColumn, { freeOnly: boolean; column: Column }>();

/** A column of which nothing has changed is the same object again, so that a poll that brings nothing draws nothing. */
export const columnsOf = ({ serviceId, date, today, nowMinute, columns }: DayBoard, { freeOnly }: Show): Column[] =>
  columns.map((column) => {
    const now = date === today ? nowMinute : undefined;
    const before = laidOut.get(column);
    const asBefore = before?.freeOnly === freeOnly && before.column.serviceId === serviceId;
    if (asBefore && before.column.condition === conditionOf(column, now)) return before.column;
    const laid = layOut(column, { freeOnly }, serviceId, now);
    laidOut.set(column, { freeOnly, column: laid });
    return laid;
  });

/** `now` is the minute it is at the unit, on today's board only. */
export function layOut(column: DayColumn, { freeOnly }: Show, serviceId: string, now?: number): Column {
  const { calendar } = column;
  const slots = slotsOf(column, serviceId);
  const bookings = bookingsOf(column, serviceId);
  return {
    key: headKey(serviceId, calendar.cuIndex),
    serviceId,
    cuIndex: calendar.cuIndex,
    calendar,
    items: inLanes(freeOnly ? slots : [...slots, ...bookings]),
    free: slots.length,
    booked: bookings.filter((booking) => !booking.cancelled).length,
    condition: conditionOf(column, now),
    vacanciesError: column.vacancies.state === "failed" ? column.vacancies.error : null,
    appointmentsError: column.appointments.state === "failed" ? column.appointments.error : null,
  };
}

/** Free start times may overlap (a 40-minute type every 10 minutes); each is drawn up to the next. */
function slotsOf(column: DayColumn, serviceId: string): Slot[] {
  if (column.vacancies.state !== "loaded" || !column.vacancies.value) return [];
  const { slots, duration } = column.vacancies.value;
  const starts = [...new Set(slots)].sort((a, b) => a - b);
  const length = Math.max(1, duration ?? 10);
  const cuIndex = column.calendar.cuIndex;
  return starts.map((start, index) => ({
    kind: "slot",
    key: slotKey(serviceId, cuIndex, start),
    serviceId,
    cuIndex,
    start,
    end: Math.min(start + length, starts[index + 1] ?? Infinity),
    duration: length,
  }));
}

function bookingsOf(column: DayColumn, serviceId: string): Booking[] {
  if (column.appointments.state !== "loaded") return [];
  const bookings = column.appointments.value.map((appointment): Booking => {
    const start = minuteOf(appointment);
    return {
      kind: "booking",
      key: bookingKey(appointment.caseId),
      serviceId,
      cuIndex: column.calendar.cuIndex,
      start,
      end: start + Math.max(1, appointment.appointment?.duration ?? 10),
      appointment,
      overbooked: false,
      lacksCustomer: column.calendar.isCustomerRequired === true && !appointment.customer,
      cancelled: isCancelled(appointment),
    };
  });
  const live = bookings.filter((booking) => !booking.cancelled);
  for (const booking of live) {
    booking.overbooked = live.some(
      (other) => other !== booking && other.start < booking.end && booking.start < other.end,
    );
  }
  return bookings.sort((a, b) => a.start - b.start || a.key.localeCompare(b.key));
}

/** `timeLocal` is what people were told; `start` is only the key of the slot (the vendor's own sample has them differ). */
export function minuteOf(appointment: Appointment): number {
  const clock = /T(\d\d):(\d\d)/.exec(appointment.appointment?.timeLocal ?? "");
  return clock ? Number(clock[1]) * 60 + Number(clock[2]) : (appointment.appointment?.start ?? 0);
}

export const isCancelled = (appointment: Appointment): boolean => /cancel/i.test(appointment.status ?? "");

/** Items that share a time stand side by side. Bookings come first, so that a free time beside them never hides one. */
export function inLanes(items: Item[]): Placed[] {
  const sorted = [...items].sort(
    (a, b) => a.start - b.start || a.kind.localeCompare(b.kind) || a.key.localeCompare(b.key),
  );
  const placed: Placed[] = [];
  let group: Placed[] = [];
  let ends: number[] = [];
  const close = () => {
    const shelves = Math.ceil(ends.length / MOST_LANES);
    const lanes = Math.min(ends.length, MOST_LANES);
    for (const item of group) {
      item.lanes = lanes;
      item.shelves = shelves;
      item.shelf = Math.floor(item.lane / MOST_LANES);
      item.lane %= MOST_LANES;
    }
    group = [];
    ends = [];
  };
  for (const item of sorted) {
    if (group.length > 0 && ends.every((end) => end <= item.start)) close();
    const free = ends.findIndex((end) => end <= item.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.end;
    const entry: Placed = { ...item, lane, lanes: 1, shelf: 0, shelves: 1 };
    group.push(entry);
    placed.push(entry);
  }
  close();
  return placed;
}

export function conditionOf({ calendar, vacancies }: DayColumn, now?: number): Condition {
  if (calendar.isPastDate === true) return "past";
  if (calendar.workingHours.length === 0) return "closed";
  if (calendar.isInAgentsBookingWindow === false) return "outsideWindow";
  if (calendar.agentsBookingActive === false) return "bookingOff";
  if (vacancies.state === "expected") return "reading";
  if (vacancies.state !== "loaded") return "unread";
  const free = vacancies.value?.slots.length ?? 0;
  if (free > 0) return "open";
  if (now !== undefined && calendar.workingHours.every((hours) => hours.end <= now)) return "past";
  if (calendar.stats?.isFullyBooked === true) return "full";
  return vacancies.value ? "noneOfType" : "noType";
}

/** What keeps the whole day from being booked, when it is the same for every calendar. */
export function dayNotice(columns: Column[]): "past" | "outsideWindow" | undefined {
  for (const condition of ["past", "outsideWindow"] as const) {
    if (columns.length > 0 && columns.every((column) => column.condition === condition)) return condition;
  }
  return undefined;
}

export type Requirement = "customer" | "phone" | "email";

export function requirementsOf(calendar: Calendar): Requirement[] {
  const required: Requirement[] = [];
  if (calendar.isCustomerRequired) required.push("customer");
  if (calendar.isPhoneNumberRequired) required.push("phone");
  if (calendar.isEmailRequired) required.push("email");
  return required;
}

/** What Cubu says is wrong with a calendar; the shape of an issue is not documented. */
export const issuesOf = (calendar: Calendar): string[] =>
  calendar.issues.map((issue) => (typeof issue === "string" ? issue : JSON.stringify(issue)));

/** The three free times nearest to a wanted one: nearest first, the same calendar before another, later before earlier. */
export function nearestSlots(board: DayBoard, wanted: { cuIndex: number; start: number }, most = 3): Slot[] {
  const distance = (slot: Slot) => Math.abs(slot.start - wanted.start);
  return board.columns
    .flatMap((column) =>
      ["past", "outsideWindow", "bookingOff"].includes(conditionOf(column)) ? [] : slotsOf(column, board.serviceId),
    )
    .filter((slot) => slot.cuIndex !== wanted.cuIndex || slot.start !== wanted.start)
    .sort(
      (a, b) =>
        distance(a) - distance(b) ||
        Number(b.cuIndex === wanted.cuIndex) - Number(a.cuIndex === wanted.cuIndex) ||
        b.start - a.start ||
        a.cuIndex - b.cuIndex,
    )
    .slice(0, most);
}

/** The same customer's other bookings of the day, in any calendar of any service that is on the board. */
export function sameCustomer(boards: DayBoard[], customerRecordId: string): Booking[] {
  return boards
    .flatMap((board) => board.columns.flatMap((column) => bookingsOf(column, board.serviceId)))
    .filter((booking) => !booking.cancelled && booking.appointment.customer?.recordId === customerRecordId);
}

/** The minute it is now at the unit, some time after the day was read; null when the board shows another day. */
export function nowOn(board: DayBoard, now: number): number | null {
  if (board.date !== board.today) return null;
  const since = Math.max(0, Math.floor((now - Date.parse(board.loadedAt)) / 60_000));
  const minute = board.nowMinute + (Number.isFinite(since) ? since : 0);
  return minute < 24 * 60 ? minute : null;
}

/** A share from a number whose scale Cubu does not document: above 1 it can only be per cent. */
export function noShowShare(appointment: Appointment): number | null {
  const value = appointment.appointment?.noShowProbability ?? 0;
  if (value <= 0) return null;
  return Math.min(1, value > 1 ? value / 100 : value);
}

export const LIKELY_NO_SHOW = 0.25;
