/**
 * What changed on a board since somebody looked: appointments that are new, moved or cancelled, by calendar. Pure: two
 * snapshots of a day in, a list for each calendar out.
 */
import type { Appointment, DayBoard } from "../../bindings";
import { isCancelled, minuteOf } from "./board";

export type Seen = { caseId: string; cuIndex: number; start: number; customerId: string | null; name: string };
/** The live appointments of a day by case. A calendar whose bookings could not be read is left out of `calendars`. */
export type Snapshot = { cases: Map<string, Seen>; calendars: Set<number> };

export type Change =
  | { kind: "new"; at: Seen }
  /** The same case at another time, or the same customer's booking gone here and new there. */
  | { kind: "moved"; at: Seen; from: Seen }
  | { kind: "cancelled"; at: Seen };

export function snapshotOf(board: DayBoard): Snapshot {
  const cases = new Map<string, Seen>();
  const calendars = new Set<number>();
  for (const { calendar, appointments } of board.columns) {
    if (appointments.state !== "loaded") continue;
    calendars.add(calendar.cuIndex);
    for (const appointment of appointments.value) {
      if (!isCancelled(appointment)) cases.set(appointment.caseId, seenOf(appointment, calendar.cuIndex));
    }
  }
  return { cases, calendars };
}

const seenOf = (appointment: Appointment, cuIndex: number): Seen => ({
  caseId: appointment.caseId,
  cuIndex,
  start: minuteOf(appointment),
  customerId: appointment.customer?.recordId ?? null,
  name: appointment.customer?.displayName ?? "",
});

/** The changes by calendar; what only one of the two could read is no change. */
export function changesBetween(before: Snapshot, now: Snapshot): Map<number, Change[]> {
  const added = [...now.cases.values()].filter(
    (one) => !before.cases.has(one.caseId) && before.calendars.has(one.cuIndex),
  );
  const gone = [...before.cases.values()].filter((one) => !now.cases.has(one.caseId) && now.calendars.has(one.cuIndex));
  const found: Change[] = [];
  for (const at of now.cases.values()) {
    const from = before.cases.get(at.caseId);
    if (from && (from.start !== at.start || from.cuIndex !== at.cuIndex)) found.push({ kind: "moved", at, from });
  }
  for (const at of added) {
    const left = at.customerId === null ? -1 : gone.findIndex((one) => one.customerId === at.customerId);
    const [from] = left < 0 ? [] : gone.splice(left, 1);
    found.push(from ? { kind: "moved", at, from } : { kind: "new", at });
  }
  for (const at of gone) found.push({ kind: "cancelled", at });
  const byCalendar = new Map<number, Change[]>();
  for (const change of found.sort((a, b) => a.at.start - b.at.start)) {
    byCalendar.set(change.at.cuIndex, [...(byCalendar.get(change.at.cuIndex) ?? []), change]);
  }
  return byCalendar;
}

/** What was seen, with everything of one calendar taken over from now. */
export function seenCalendar(before: Snapshot, now: Snapshot, cuIndex: number): Snapshot {
  const changed = changesBetween(before, now).get(cuIndex) ?? [];
  const cases = new Map(before.cases);
  for (const change of changed) {
    if (change.kind === "moved") cases.delete(change.from.caseId);
    if (change.kind === "cancelled") cases.delete(change.at.caseId);
    else cases.set(change.at.caseId, change.at);
  }
  return { cases, calendars: new Set([...before.calendars, cuIndex]) };
}

/** What was seen, with one case as it is now: what somebody did at this desk is no news to them. */
export function seenCase(before: Snapshot, now: Snapshot, caseId: string): Snapshot {
  const cases = new Map(before.cases);
  const at = now.cases.get(caseId);
  if (at) cases.set(caseId, at);
  else cases.delete(caseId);
  return { ...before, cases };
}
