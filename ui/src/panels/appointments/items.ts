/** What board and agenda ask of an item, and do with it. */
import type { DayBoard } from "../../bindings";
import type { Item } from "./board";
import type { DayState } from "./day.svelte";

export const isPast = (item: Item, { date, today }: Pick<DayBoard, "date" | "today">, now: number | null): boolean =>
  date < today || (now !== null && item.end <= now);

export const draftOf = (day: DayState, item: Item): boolean =>
  day.draftAt(day.place(item.cuIndex, item.start, null, item.serviceId)) !== undefined;

/** An appointment in hand goes to the free time that is pressed. */
export function open(day: DayState, item: Item): void {
  if (item.kind === "booking") day.openAppointment(item.appointment.caseId, item.cuIndex, item.serviceId);
  else if (day.lifting.cut) day.lifting.putOn(item);
  else day.openBooking(day.place(item.cuIndex, item.start, item.duration, item.serviceId));
}
