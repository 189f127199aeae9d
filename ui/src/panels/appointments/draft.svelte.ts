/**
 * One booking being written: what was typed, what the calendar still needs, and how the sending went. Everything typed
 * survives every failure. It never sends twice by itself: when the answer was lost, the core finds out what became of it.
 */
import type {
  BookAppointment,
  BookedAppointment,
  Calendar,
  Channel,
  CommandError,
  Customer,
  DayBoard,
  FreeSlot,
} from "../../bindings";
import { asCommandError } from "../../host";
import { IntentDraft } from "../../state/intent";
import { unsettled } from "../../state/unsettled.svelte";
import { nearestSlots, requirementsOf, slotKey, type Requirement } from "./board";

export type Place = {
  serviceId: string;
  date: string;
  cuIndex: number;
  start: number;
  serviceTypeId: string;
  duration: number | null;
};

export const placeKey = (place: Place): string =>
  [place.serviceId, place.date, place.cuIndex, place.start, place.serviceTypeId].join("|");

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
  place: Place = $state.raw() as Place;
  customer = $state.raw<Customer | undefined>();
  phone = $state("");
  email = $state("");
  language = $state("");
  channel = $state<Channel>("FaceToFace");
  preventSelfCheckIn = $state(false);
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
  readonly intent = new IntentDraft();

  constructor(place: Place) {
    this.place = place;
  }

  get key(): string {
    return placeKey(this.place);
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
      this.outside ||
      this.error
    );
  }

  get start(): number | null {
    return this.outside ? parseTime(this.outsideTime) : this.place.start;
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
    if (this.missing(calendar).length > 0) return false;
    return !this.outside || (this.start !== null && this.confirmed(outsideWord));
  }

  confirmed(word: string): boolean {
    return this.outsideWord.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  }

  /** Takes the customer, and the contact the calendar asks for where nothing was typed yet. */
  choose(customer: Customer, calendar: Calendar): void {
    this.customer = customer;
    this.phone ||= contactOf(customer, calendar.phoneNumberFieldTypeId);
    this.email ||= contactOf(customer, calendar.emailFieldTypeId);
  }

  moveTo(place: Place): void {
    this.place = place;
    this.outside = false;
    this.phase = "typing";
    this.error = undefined;
    this.alternatives = [];
  }

  request(): BookAppointment {
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
    };
  }

  /** Sends once. The caller has checked `ready`; the core looks at the free times right before it books. */
  async send(reread: Reread): Promise<Sent | undefined> {
    if (this.busy || this.phase === "unknown") return undefined;
    this.phase = "sending";
    this.error = undefined;
    this.alternatives = [];
    const request = this.request();
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
    if (verdict.is !== "happened") return undefined;
    const booked = verdict.answer as Sent["booked"];
    return { booked, place: { ...this.place, start: this.start ?? this.place.start } };
  }

  async #offer(slots: FreeSlot[], reread: Reread): Promise<void> {
    await reread();
    const { serviceId, duration } = this.place;
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
    if (this.error && (this.outside || (board && offers(board, this.place)))) {
      this.phase = "typing";
      return;
    }
    this.alternatives = board ? nearestSlots(board, this.place) : [];
    this.phase = "taken";
  }
}

function offers(board: DayBoard, { cuIndex, start }: Place): boolean {
  const part = board.columns.find((column) => column.calendar.cuIndex === cuIndex)?.vacancies;
  return part?.state === "loaded" && part.value?.slots.includes(start) === true;
}

export function contactOf(customer: Customer, fieldTypeId: string | null): string {
  const value = customer.fields.find((field) => field.fieldTypeId === fieldTypeId)?.value;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** "9:05", "09:05" or "905" as minutes since midnight; null for anything else. */
export function parseTime(typed: string): number | null {
  const match = /^\s*(\d{1,2})[:.]?(\d\d)\s*$/.exec(typed);
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
