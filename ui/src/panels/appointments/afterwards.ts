/** The board after a booking or a cancellation went through: the day is read again, and the keyboard stands where the act was. */
import { keptDrafts } from "../../state/kept-drafts.svelte";
import { bookingKey, headKey, minuteOf } from "./board";
import type { DayState } from "./day.svelte";
import type { BookingDraft, Sent } from "./draft.svelte";

export type Cancelled = { serviceId: string; cuIndex: number; start: number; caseId: string };

/** After a booking: the keyboard stands on the new appointment. */
export async function afterBooking(day: DayState, draft: BookingDraft, { booked, place }: Sent): Promise<void> {
  day.drafts.delete(draft.name);
  keptDrafts.drop(draft.name);
  if (day.beside?.kind === "booking" && day.beside.draft === draft) day.beside = undefined;
  day.finished = place;
  const { serviceId, cuIndex, start } = place;
  const service = day.part(serviceId);
  const board = await service?.reread();
  const part = board?.columns.find((column) => column.calendar.cuIndex === cuIndex)?.appointments;
  const found =
    part?.state === "loaded" &&
    part.value.find((entry) => (booked.caseId ? entry.caseId === booked.caseId : minuteOf(entry) === start));
  if (found) {
    day.freeOnly = false;
    service?.look({ caseId: found.caseId });
  }
  standOn(day, found ? bookingKey(found.caseId) : headKey(serviceId, cuIndex));
}

/** After a cancellation: the keyboard stands on the time that became free. */
export async function afterCancel(day: DayState, { serviceId, cuIndex, start, caseId }: Cancelled): Promise<void> {
  const part = day.part(serviceId);
  closeDetails(day, caseId);
  await part?.reread();
  part?.look({ caseId });
  const head = headKey(serviceId, cuIndex);
  const items = day.columns.find((column) => column.key === head)?.items ?? [];
  const nearest = items.toSorted((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))[0];
  standOn(day, nearest?.key ?? head);
}

/** After a cancellation that waited: the keyboard is wherever the clerk is by now, and moves only if it stood there. */
export async function afterLeaving(day: DayState, cancelled: Cancelled): Promise<void> {
  const { serviceId, caseId } = cancelled;
  const key = bookingKey(caseId);
  const stands = document.activeElement instanceof HTMLElement && document.activeElement.dataset.key === key;
  if (stands) return await afterCancel(day, cancelled);
  const part = day.part(serviceId);
  closeDetails(day, caseId);
  await part?.reread();
  part?.look({ caseId });
}

function closeDetails(day: DayState, caseId: string): void {
  if (day.beside?.kind === "appointment" && day.beside.caseId === caseId) day.beside = undefined;
}

/** Takes nobody away from what they have opened while the day was read. */
function standOn(day: DayState, key: string): void {
  if (!day.beside) day.focus(key);
}
