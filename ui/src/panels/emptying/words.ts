/** Emptying a calendar in words: how a booking stands, where it goes, how far the list is. */
import type { CalendarDay, EmptiedBooking, EmptiedState, Emptying, Proposal, UserRef } from "../../bindings";
import { formatDate, formatMinute, formatTicket } from "../../l10n/format";
import { t } from "../../l10n/l10n.svelte";
import { calendarName } from "../appointments/words";

export const TONES: Record<EmptiedState, "neutral" | "info" | "ok" | "warn" | "danger"> = {
  toDo: "info",
  notReached: "warn",
  skipped: "neutral",
  moving: "info",
  moved: "ok",
  cancelling: "info",
  cancelled: "ok",
  notPlanned: "neutral",
  gone: "neutral",
  noneHeld: "danger",
};

export const stateText = (state: EmptiedState): string => t(`emptying-state-${state}`);

export const whoText = (row: EmptiedBooking): string =>
  row.customerName || t(row.customerRecordId ? "appointments-customer-unnamed" : "appointments-no-customer");

/** What a booking is called away from its list. */
export const nameText = (row: EmptiedBooking): string =>
  [formatTicket(row.ticket) || whoText(row), formatMinute(row.startTime)].join(", ");

const withAgent = (cuIndex: number, user: UserRef | null | undefined): string =>
  user?.displayName
    ? t("appointments-calendar-agent", { calendar: calendarName(cuIndex), agent: user.displayName })
    : calendarName(cuIndex);

export const placeText = (place: { date: string; cuIndex: number; startTime: number; user?: UserRef | null }): string =>
  t("move-when", {
    date: formatDate(place.date, "long"),
    time: formatMinute(place.startTime),
    calendar: withAgent(place.cuIndex, place.user),
  });

export const titleText = (at: CalendarDay & { user?: UserRef | null }): string =>
  t("emptying-of", { calendar: withAgent(at.cuIndex, at.user), date: formatDate(at.date, "full") });

/** Where a booking went, or might go. On the same day the date says nothing new. */
export function goesText(at: CalendarDay, row: EmptiedBooking, proposal: Proposal | undefined): string {
  const place = row.movedTo ?? proposal;
  if (!place) return "";
  const time = formatMinute(place.startTime);
  const calendar = calendarName(place.cuIndex);
  return place.date === at.date
    ? t("emptying-goes-same-day", { time, calendar })
    : t("emptying-goes", { date: formatDate(place.date, "short"), time, calendar });
}

/** How many bookings are in each state that counts as seen to. */
export function countsOf({ rows }: Emptying): { total: number; seenTo: number; toDo: number; notReached: number } {
  const count = (...states: EmptiedState[]) => rows.filter((row) => states.includes(row.state)).length;
  return {
    total: rows.length,
    seenTo: count("moved", "cancelled", "skipped", "gone", "notPlanned"),
    toDo: count("toDo", "moving", "cancelling", "noneHeld"),
    notReached: count("notReached"),
  };
}

export const progressText = (emptying: Emptying): string => t("emptying-progress", countsOf(emptying));
