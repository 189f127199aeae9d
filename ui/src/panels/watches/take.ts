/** From a time that became free to having it: the appointment is put there and asked about, or the booking opens. */
import type { Catalogue, FreedTime, Watch } from "../../bindings";
import { call } from "../../host";
import { hostError } from "../../host/host";
import { app } from "../../state/app.svelte";
import type { DayState } from "../appointments/day.svelte";
import { onCard, type Place } from "../appointments/draft.svelte";
import { moving } from "../appointments/moving.svelte";

/** Goes to the board with it. */
export function takeFreed(watch: Watch, freed: FreedTime): void {
  app.ask({ panel: "appointments", freed, ...(watch.appointment && { moved: watch.appointment }) });
}

export type FreedWish = { freed: FreedTime; moved?: NonNullable<Watch["appointment"]> };

/** Shows the day of the time, and there the question whether the appointment is moved; or the booking of it. */
export async function showFreed(day: DayState, known: Catalogue, { freed, moved }: FreedWish): Promise<void> {
  const { serviceId, date, cuIndex, startTime: start, serviceTypeId, duration } = freed;
  if (!(await day.sent())) throw hostError("book_appointment", "appointments-see-to-it", false);
  if (!day.unplaced) day.putAside();
  day.turnTo(date);
  const { beside } = day;
  /** Another day was chosen meanwhile, or something else opened. */
  const leftBehind = () => day.date !== date || day.beside !== beside;
  if (day.part(serviceId)) await day.load();
  else await day.chooseService(serviceId, known);
  const place: Place = { serviceId, date, cuIndex, start, serviceTypeId, duration };
  if (!moved) {
    if (day.part(serviceId)?.typeId !== serviceTypeId) await day.chooseType(serviceTypeId, serviceId);
    if (!leftBehind()) day.openBooking(place);
    return;
  }
  const listed = await call("list_appointments", moved.at);
  const appointment = listed.find((entry) => entry.caseId === moved.caseId);
  if (!appointment) throw hostError("list_appointments", "watches-appointment-gone", false);
  const record = appointment.customer?.recordId;
  // Without a contact the clerk is asked for what the calendar demands.
  const customer = record ? await call("get_customer", { customerRecordId: record }).catch(() => undefined) : undefined;
  if (leftBehind()) return;
  const calendar = day.calendar(cuIndex, serviceId);
  day.putAside();
  moving.cutOut(appointment, { ...moved.at, serviceTypeId }, customer && onCard(customer, calendar));
  moving.aim(place);
}
