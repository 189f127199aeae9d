/**
 * One booking being written: what was typed, what the calendar still needs, and how the sending went. Customer, type and
 * time come in any order, so there may be no time yet. Everything typed survives every failure. It never sends twice by
 * itself: when the answer was lost, the core finds out what became of it.
 */
import type {
  BookAppointment,
  BookedAppointment,
  Calendar,
  Channel,
  CommandError,
  ContactOnCard,
  Customer,
  DayBoard,
  FreeSlot,
} from "../../bindings";
import { asCommandError } from "../../host";
import { IntentDraft } from "../../state/intent";
import { unsettled } from "../../state/unsettled.svelte";
import { CaseParticulars } from "./case-particulars.svelte";
import { nearestSlots, requirementsOf, slotKey, type Requirement } from "./board";

export type Place = {
  serviceId: string;
  date: string;
  cuIndex: number;
  start: number;
  serviceTypeId: string;
  duration: number | null;
};

/** What is wanted, before it is known when. */
export type Wanted = Pick<Place, "serviceId" | "serviceTypeId">;

export const placeKey = (place: Place): string =>
  [place.serviceId, place.date, place.cuIndex, place.start, place.serviceTypeId].join("|");

/** The same time of the same calendar, whatever it is for. */
export const sameTime = (one: Place, other: Place): boolean =>
  one.serviceId === other.serviceId &&
  one.date === other.date &&
  one.cuIndex === other.cuIndex &&
  one.start === other.start;

/**
 * `taken`: the time went to someone else. `unknown`: it is not known whether the booking reached Cubu. `absent`: it is
 * proven that it did not.
 */
export type Phase = "typing" | "sending" | "taken" | "unknown" | "looking" | "absent";

export type Sent = { booked: Pick<BookedAppointment, "caseId" | "ticket">; place: Place };
/** The day, read again; undefined when it could not be read. */
export type Reread = () => Promise<DayBoard | undefined>;

/** A free time to take instead. */
export type Alternative = { key: string; cuIndex: number; start: number; duration: number | null };

export class BookingDraft {
  /** What it is called where it is kept. */
  readonly name: string;
  wanted: Wanted = $state.raw() as Wanted;
  /** Where and when; nothing while no time is chosen. */
  place = $state.raw<Place | undefined>();
  /** Ends when it is known whether the time can be had for what is wanted now. */
  fitting: Promise<void> = Promise.resolve();
  /** Ends when it is known what became of what was sent last. */
  sending: Promise<void> = Promise.resolve();
  /** The time that was given back because the type wanted now does not have it. */
  lost = $state.raw<Place | undefined>();
  /** When the last run kept it, for the line that says so. */
  restoredAt = $state<string | undefined>();
  customer = $state.raw<Customer | undefined>();
  phone = $state("");
  email = $state("");
  language = $state("");
  channel = $state<Channel>("FaceToFace");
  preventSelfCheckIn = $state(false);
  /** Its case fields and tags. */
  readonly particulars = new CaseParticulars(() => this.wanted.serviceId);
  /** Booking where no free time is offered: off unless asked for, and only with the word typed out. */
  outside = $state(false);
  outsideTime = $state("");
  outsideWord = $state("");
  /** Its part of the form is unfolded. */
  showOutside = $state(false);

  phase = $state<Phase>("typing");
  error = $state.raw<CommandError | undefined>();
  alternatives = $state.raw<Alternative[]>([]);
  /** Set by the first press of the button: from then on what is missing is marked. */
  tried = $state(false);
  readonly intent: IntentDraft;

  constructor(at: Place | Wanted, name = `${BOOKING}${crypto.randomUUID()}`, intent = new IntentDraft()) {
    this.name = name;
    this.intent = intent;
    this.wanted = wantedOf(at);
    if ("start" in at) this.place = at;
  }

  get key(): string {
    return this.place ? placeKey(this.place) : this.name;
  }

  /** Its answer is on its way, or nobody knows whether it came: what was sent must stay as it is. */
  get held(): boolean {
    return this.busy || this.phase === "unknown";
  }

  get busy(): boolean {
    return this.phase === "sending" || this.phase === "looking";
  }

  /** Worth keeping when the panel beside the board is closed. */
  get dirty(): boolean {
    return !!(
      this.customer ||
      this.phone ||
      this.email ||
      this.language ||
      this.preventSelfCheckIn ||
      this.particulars.dirty ||
      this.outside ||
      this.error
    );
  }

  get start(): number | null {
    return this.outside ? parseTime(this.outsideTime) : (this.place?.start ?? null);
  }

  missing(calendar: Calendar): Requirement[] {
    const typed: Record<Requirement, boolean> = {
      customer: this.customer !== undefined,
      phone: this.phone.trim() !== "",
      email: this.email.trim() !== "",
    };
    return requirementsOf(calendar).filter((requirement) => !typed[requirement]);
  }

  ready(calendar: Calendar, outsideWord: string): boolean {
    if (!this.place || !this.fits || this.missing(calendar).length > 0) return false;
    return !this.outside || (this.start !== null && this.confirmed(outsideWord));
  }

  confirmed(word: string): boolean {
    return this.outsideWord.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  }

  /** Takes the customer, and the contact the calendar asks for where nothing was typed yet. */
  choose(customer: Customer, calendar: Calendar | undefined): void {
    this.customer = customer;
    const { phone, email } = onCard(customer, calendar);
    this.phone ||= phone;
    this.email ||= email;
  }

  moveTo(place: Place): void {
    this.place = place;
    this.wanted = wantedOf(place);
    this.#begin();
  }

  /** Gives the time back; everything typed stays. */
  release(): void {
    if (this.held) return;
    this.place = undefined;
    this.#begin();
  }

  /** Whether the time is one of what is wanted. */
  get fits(): boolean {
    const { place, wanted } = this;
    return place?.serviceId === wanted.serviceId && place.serviceTypeId === wanted.serviceTypeId;
  }

  /** Something else is wanted. A time can't be booked any more until it was fitted to that. */
  want(wanted: Wanted): void {
    if (!this.held) this.wanted = wanted;
  }

  /** Keeps the time if it can be had for what is wanted, and gives it back if not: `board` is what is offered now. */
  fit(board: DayBoard | undefined): void {
    const { place } = this;
    if (this.held || !place || this.fits) return;
    const next = { ...place, ...this.wanted };
    if (place.serviceId === next.serviceId && board?.date === place.date && offers(board, next)) {
      this.moveTo({ ...next, duration: durationIn(board, next.cuIndex) });
    } else {
      this.release();
      this.lost = place;
    }
  }

  #begin(): void {
    this.lost = undefined;
    this.outside = false;
    this.phase = "typing";
    this.error = undefined;
    this.alternatives = [];
  }

  request(): BookAppointment | undefined {
    if (!this.place) return undefined;
    const { serviceId, date, cuIndex, serviceTypeId, start } = this.place;
    return {
      serviceId,
      date,
      cuIndex,
      serviceTypeId,
      startTime: this.start ?? start,
      channel: this.channel,
      ...(this.language.trim() && { language: this.language.trim() }),
      ...(this.customer && { customerRecordId: this.customer.recordId }),
      ...(this.phone.trim() && { contactPhoneNumber: this.phone.trim() }),
      ...(this.email.trim() && { contactEmail: this.email.trim() }),
      ...(this.outside && { bypassTimeslotCheck: true }),
      ...(this.preventSelfCheckIn && { preventSelfCheckIn: true }),
      ...this.particulars.request(),
    };
  }

  /** Sends once. The caller has checked `ready`; the core looks at the free times right before it books. */
  async send(reread: Reread): Promise<Sent | undefined> {
    const request = this.request();
    if (this.held || !this.place || !request) return undefined;
    this.phase = "sending";
    this.error = undefined;
    this.alternatives = [];
    const place = { ...this.place, start: request.startTime };
    try {
      const booked = await this.intent.send("book_appointment", request);
      this.phase = "typing";
      return { booked, place };
    } catch (problem) {
      this.error = asCommandError(problem, "book_appointment");
      if (this.error.outcomeUnknown) this.phase = "unknown";
      else if (this.error.code === "slot_taken" && this.error.slots) await this.#offer(this.error.slots, reread);
      else if (this.error.code === "conflict" || this.error.code === "slot_taken") await this.#offerOthers(reread);
      else this.phase = "typing";
      return undefined;
    }
  }

  /** After a lost answer: reads the day for whoever looks at it, and asks the core what became of the booking. */
  async look(reread: Reread): Promise<Sent | undefined> {
    if (this.phase !== "unknown") return undefined;
    this.phase = "looking";
    await Promise.all([unsettled.ask(this.intent.id), reread()]);
    this.phase = "unknown";
    return await this.hear();
  }

  /** After a lost answer: takes the core's verdict, once there is one. */
  async hear(): Promise<Sent | undefined> {
    const { id } = this.intent;
    const verdict = unsettled.verdictOn(id);
    if (this.phase !== "unknown" || verdict.is === "open") return undefined;
    // Closed by hand: the id stays, so that the core can still tell it from another wish.
    if (verdict.is !== "closed") this.intent.renew();
    this.phase = verdict.is === "didNotHappen" ? "absent" : "typing";
    this.error = undefined;
    await unsettled.told(id);
    if (verdict.is !== "happened" || !this.place) return undefined;
    const booked = verdict.answer as Sent["booked"];
    return { booked, place: { ...this.place, start: this.start ?? this.place.start } };
  }

  async #offer(slots: FreeSlot[], reread: Reread): Promise<void> {
    await reread();
    const { serviceId } = this.wanted;
    const duration = this.place?.duration ?? null;
    this.alternatives = slots.map(({ cuIndex, startTime }) => ({
      key: slotKey(serviceId, cuIndex, startTime),
      cuIndex,
      start: startTime,
      duration,
    }));
    this.phase = "taken";
  }

  /** Whatever the refusal was for: if the time is still free, it was not taken, and the refusal speaks for itself. */
  async #offerOthers(reread: Reread): Promise<void> {
    const board = await reread();
    const { place } = this;
    if (this.error && (this.outside || (board && place && board.date === place.date && offers(board, place)))) {
      this.phase = "typing";
      return;
    }
    this.alternatives = board && place && board.date === place.date ? nearestSlots(board, place) : [];
    this.phase = "taken";
  }
}

/** What the kept ones are called begins with this. */
export const BOOKING = "booking-";

const wantedOf = ({ serviceId, serviceTypeId }: Wanted): Wanted => ({ serviceId, serviceTypeId });

function vacanciesIn(board: DayBoard, cuIndex: number) {
  const part = board.columns.find((column) => column.calendar.cuIndex === cuIndex)?.vacancies;
  return part?.state === "loaded" ? part.value : null;
}

const offers = (board: DayBoard, { cuIndex, start }: Place): boolean =>
  vacanciesIn(board, cuIndex)?.slots.includes(start) === true;

const durationIn = (board: DayBoard, cuIndex: number): number | null => vacanciesIn(board, cuIndex)?.duration ?? null;

function contactOf(customer: Customer, fieldTypeId: string | null): string {
  const value = customer.fields.find((field) => field.fieldTypeId === fieldTypeId)?.value;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** How a customer is reached, by the fields that a calendar names for it. */
export const onCard = (
  customer: Customer,
  calendar: Pick<Calendar, "phoneNumberFieldTypeId" | "emailFieldTypeId"> | undefined,
): Required<ContactOnCard> => ({
  phone: contactOf(customer, calendar?.phoneNumberFieldTypeId ?? null),
  email: contactOf(customer, calendar?.emailFieldTypeId ?? null),
});

/** "9:05", "09:05" or "905" as minutes since midnight; null for anything else. */
export function parseTime(typed: string): number | null {
  const match = /^\s*(\d{1,2})[:.]?(\d\d)\s*$/.exec(typed);
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
