/**
 * Moving an appointment on the board itself: lifted off its place, carried over calendars and days by keyboard or pointer,
 * put on a free time, and moved there once somebody says yes. What a move is and how it went is `moving`'s.
 */
import type { MoveOrder } from "../../bindings";
import { call } from "../../host";
import { formatDate, formatMinute } from "../../l10n/format";
import { t } from "../../l10n/l10n.svelte";
import { held } from "../../state/held.svelte";
import { toasts } from "../../state/toasts.svelte";
import { bookingKey, slotKey, type Booking, type Item, type Slot } from "./board";
import type { DayState } from "./day.svelte";
import { BookingDraft, onCard, type Place } from "./draft.svelte";
import { moving, type Cut } from "./moving.svelte";
import type { ServiceDay } from "./service-day.svelte";
import { calendarName, customerName } from "./words";

/** Why something can't be lifted, or put where somebody wanted it. */
export type Hindrance = "down" | "sending" | "cancelled" | "leaving" | "begun" | "not-free" | "other-service";

/** Cubu lists what was booked; only what nobody has begun to serve can be booked anew. */
export function hindranceOf({ cancelled, appointment }: Booking): Hindrance | undefined {
  if (cancelled) return "cancelled";
  if (held.isLeaving(appointment.caseId)) return "leaving";
  return appointment.status && appointment.status !== "Planned" ? "begun" : undefined;
}

export class Lifting {
  readonly #day: DayState;
  /** A pointer carries it; else the keyboard does. */
  dragged = $state(false);
  /** The key of what is under that pointer. */
  over = $state<string | undefined>();
  hindrance = $state<Hindrance | undefined>();
  /** The board still shows the free times of another type. */
  #fitting = $state(false);
  /** Until it shows those that fit. */
  fitted: Promise<void> | undefined;
  /** What a new booking is being made of. */
  #gathering: Cut | undefined;
  #lent: { caseId: string; part: ServiceDay; typeId: string; before: string } | undefined;

  constructor(day: DayState) {
    this.#day = day;
  }

  /** What is carried over the board; nothing while a form beside it is about the move. */
  get cut(): Cut | undefined {
    const { beside } = this.#day;
    const inForm = beside?.kind === "booking" || (beside?.kind === "appointment" && moving.isAbout(beside.caseId));
    return inForm ? undefined : moving.cut;
  }

  /** Where it was put, while that is asked about. */
  get target(): Place | undefined {
    return this.cut && moving.target;
  }

  /** The free time it would go to now. */
  candidate: Slot | undefined = $derived.by(() => {
    if (!this.cut) return undefined;
    const { target } = moving;
    const slot = target
      ? target.date === this.#day.date && this.#slot(slotKey(target.serviceId, target.cuIndex, target.start))
      : this.#slot(this.dragged ? this.over : this.#day.focusKey);
    return slot && this.fits(slot) ? slot : undefined;
  });

  fits(item: Item): boolean {
    return !this.#fitting && item.kind === "slot" && item.serviceId === this.cut?.from.booking.serviceId;
  }

  /** The old time, for the free time that it would go to. */
  fromFor(item: Item): string | undefined {
    return this.cut && this.candidate?.key === item.key ? formatMinute(this.cut.start) : undefined;
  }

  /** Takes an appointment off its place; false when it has to stay there. */
  lift(booking: Booking): boolean {
    const sending = moving.busy || this.#day.busyBeside;
    this.hindrance = sending ? "sending" : this.#day.down ? "down" : hindranceOf(booking);
    if (this.hindrance) return false;
    const { appointment, serviceId, cuIndex } = booking;
    const part = this.#day.part(serviceId);
    const date = part?.board?.date ?? this.#day.date;
    moving.cutOut(appointment, { serviceId, date, cuIndex, serviceTypeId: part?.typeId ?? "" });
    this.#day.putAside();
    void this.#learnContact(part);
    return true;
  }

  /** Asks whether it is to go to a time; what is no free time of its service is only named. */
  put(at: Pick<Place, "serviceId" | "date" | "cuIndex" | "start" | "duration"> | undefined): void {
    const { cut } = this;
    if (!cut || moving.busy) return;
    const fits = at?.serviceId === cut.from.booking.serviceId;
    this.hindrance = !at ? "not-free" : fits ? undefined : "other-service";
    this.dragged = false;
    if (!at || !fits) return;
    const { serviceId, date, cuIndex, start, duration } = at;
    moving.aim({ serviceId, date, cuIndex, start, duration, serviceTypeId: this.#day.part(serviceId)?.typeId ?? "" });
  }

  /** The same, to a free time of the board. */
  putOn(slot: Slot | undefined): void {
    this.put(slot && { ...slot, date: this.#day.date });
  }

  /** Puts it on what the keyboard stands on, once that is among what fits. */
  async putHere(): Promise<void> {
    await this.fitted;
    this.putOn(this.#slot(this.#day.focusKey));
  }

  /** One step back: from the question to carrying it, and from carrying it to where it was. */
  back(): void {
    if (moving.busy) return;
    const { target } = this;
    if (!target) return this.layBack();
    moving.reconsider();
    this.#day.focus(slotKey(target.serviceId, target.cuIndex, target.start));
  }

  /** Leaves it where it was. */
  layBack(): void {
    const caseId = moving.cut?.appointment.caseId;
    if (moving.busy || !caseId) return;
    moving.drop();
    this.dragged = false;
    this.hindrance = undefined;
    this.#day.focus(bookingKey(caseId));
  }

  /** Has it moved to where it was put. The day is read again whatever came of it. */
  async run(order: MoveOrder = "bookFirst"): Promise<void> {
    const day = this.#day;
    const { cut, target } = moving;
    if (!cut || !target) return;
    const asked = day.beside;
    const outcome = await moving.run(order);
    const part = day.part(target.serviceId);
    if (outcome?.state !== "moved") {
      await part?.reread();
      return;
    }
    moving.drop();
    toasts.show(t("move-moved", { customer: customerName(cut.appointment), when: whenOf(target) }));
    // Whoever has opened something else meanwhile stays with it.
    if (day.beside && day.beside !== asked) return await part?.reread().then(() => undefined);
    day.putAside();
    day.finished = target;
    day.focus(slotKey(target.serviceId, target.cuIndex, target.start));
    if (target.date === day.date) await part?.reread();
    else await day.chooseDate(target.date);
    part?.look({ caseId: cut.appointment.caseId });
    if (!outcome.newCaseId) return;
    part?.look({ caseId: outcome.newCaseId });
    day.focus(bookingKey(outcome.newCaseId));
  }

  /** None is held: everything known of the appointment goes into a new booking. */
  async bookInstead(): Promise<void> {
    const day = this.#day;
    const { cut, target, phone, email, onCard } = moving;
    if (!cut || this.#gathering === cut) return;
    this.#gathering = cut;
    const { channel, language, customer } = cut.appointment;
    const { serviceId, date, cuIndex, serviceTypeId } = cut.from.booking;
    const draft = new BookingDraft(
      target ?? { serviceId, date, cuIndex, serviceTypeId, start: cut.start, duration: cut.duration },
    );
    draft.phone = phone || (onCard.phone ?? "");
    draft.email = email || (onCard.email ?? "");
    draft.language = language ?? "";
    if (channel) draft.channel = channel;
    draft.customer = customer
      ? await call("get_customer", { customerRecordId: customer.recordId }).catch(() => undefined)
      : undefined;
    this.#gathering = undefined;
    if (moving.cut !== cut) return;
    moving.drop();
    day.putAside();
    if (draft.place) await day.chooseDate(draft.place.date);
    day.open(draft);
  }

  /** The board offers what fits the appointment in hand, and what it offered before once that is over. */
  async fit(cut: Cut | undefined): Promise<void> {
    if (this.#lent && this.#lent.caseId === cut?.appointment.caseId) return this.fitted;
    const fitted = this.#fit(cut);
    this.fitted = fitted;
    await fitted;
    if (this.fitted === fitted) this.fitted = undefined;
  }

  async #fit(cut: Cut | undefined): Promise<void> {
    const lent = this.#lent;
    const caseId = cut?.appointment.caseId;
    this.#lent = undefined;
    this.#fitting = false;
    if (lent && lent.part.typeId === lent.typeId) void lent.part.showType(lent.before);
    const part = cut && this.#day.part(cut.from.booking.serviceId);
    const typeId = cut?.from.booking.serviceTypeId;
    if (!part || !typeId || !caseId || part.typeId === typeId) return;
    this.#lent = { caseId, part, typeId, before: part.typeId };
    this.#fitting = true;
    const shown = await part.showType(typeId);
    if (moving.cut === cut) this.#fitting = !shown;
  }

  /** What a calendar may demand of the new booking and Cubu's list of the day does not tell. */
  async #learnContact(part: ServiceDay | undefined): Promise<void> {
    const { cut } = moving;
    const customerRecordId = cut?.appointment.customer?.recordId;
    const demanding = part?.board?.columns.find(
      ({ calendar }) => calendar.isPhoneNumberRequired || calendar.isEmailRequired,
    )?.calendar;
    if (!cut || !customerRecordId || !demanding) return;
    // Without it the clerk is asked for what is missing.
    const customer = await call("get_customer", { customerRecordId }).catch(() => undefined);
    if (!customer || moving.cut !== cut) return;
    moving.onCard = onCard(customer, demanding);
  }

  #slot(key: string | undefined): Slot | undefined {
    const item = key ? this.#day.item(key) : undefined;
    return item?.kind === "slot" ? item : undefined;
  }
}

/** A time in full, as people say it. */
export const whenOf = ({ date, start, cuIndex }: Pick<Place, "date" | "start" | "cuIndex">): string =>
  t("move-when", { date: formatDate(date, "long"), time: formatMinute(start), calendar: calendarName(cuIndex) });
