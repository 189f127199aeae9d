/**
 * One booking being written: what was typed, what the calendar still needs, and how the sending went. Everything typed
 * survives every failure. It never sends twice by itself: when the answer was lost, only a look at the day settles it.
 */
import type {
  Appointment,
  BookAppointment,
  BookedAppointment,
  Calendar,
  Channel,
  CommandError,
  Customer,
  DayBoard,
} from "../../bindings";
import { asCommandError, call } from "../../host";
import { nearestSlots, requirementsOf, type Requirement, type Slot } from "./board";

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
 * `taken`: the time went to someone else. `unknown`: it is not known whether the booking reached Cubu. `absent`: a look
 * at the day has shown that it did not.
 */
export type Phase = "typing" | "sending" | "taken" | "unknown" | "looking" | "absent";

export type Sent = { booked: Pick<BookedAppointment, "caseId" | "ticket">; place: Place };
/** The day, read again; undefined when it could not be read. */
export type Reread = () => Promise<DayBoard | undefined>;

/** Times read longer ago than this are read again before a booking is sent. */
const FRESH_MILLISECONDS = 2000;

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
  alternatives = $state.raw<Slot[]>([]);
  /** Set by the first press of the button: from then on what is missing is marked. */
  tried = $state(false);
  #knownBefore = new Set<string>();

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

  /** Sends once. The caller has checked `ready`. */
  async send(board: DayBoard, reread: Reread, now: number): Promise<Sent | undefined> {
    if (this.busy || this.phase === "unknown") return undefined;
    this.phase = "sending";
    this.error = undefined;
    this.alternatives = [];
    this.#knownBefore = new Set(bookingsAt(board, this.place.cuIndex).map((appointment) => appointment.caseId));
    const request = this.request();
    const place = { ...this.place, start: request.startTime };
    if (!this.outside && (await this.#goneMeanwhile(board, now))) {
      await this.#offerOthers(reread);
      return undefined;
    }
    try {
      const booked = await call("book_appointment", request);
      this.phase = "typing";
      return { booked, place };
    } catch (problem) {
      this.error = asCommandError(problem, "book_appointment");
      if (this.error.outcomeUnknown) this.phase = "unknown";
      else if (this.error.code === "conflict" || this.error.code === "slot_taken") await this.#offerOthers(reread);
      else this.phase = "typing";
      return undefined;
    }
  }

  /** After a lost answer: reads the day and looks for the booking there. */
  async look(reread: Reread): Promise<Sent | undefined> {
    if (this.phase !== "unknown") return undefined;
    this.phase = "looking";
    const start = this.start ?? this.place.start;
    const board = await reread();
    const column = board?.columns.find((entry) => entry.calendar.cuIndex === this.place.cuIndex);
    if (column?.appointments.state !== "loaded") {
      this.phase = "unknown";
      return undefined;
    }
    const found = column.appointments.value.find((appointment) => this.#isThis(appointment, start));
    if (found) {
      this.phase = "typing";
      return {
        booked: found,
        place: { ...this.place, start },
      };
    }
    this.phase = "absent";
    return undefined;
  }

  #isThis(appointment: Appointment, start: number): boolean {
    return (
      !this.#knownBefore.has(appointment.caseId) &&
      appointment.appointment?.start === start &&
      (appointment.serviceTypeId === null || appointment.serviceTypeId === this.place.serviceTypeId) &&
      (appointment.customer?.recordId ?? null) === (this.customer?.recordId ?? null)
    );
  }

  /** A read that fails decides nothing: Cubu checks the time itself. */
  async #goneMeanwhile(board: DayBoard, now: number): Promise<boolean> {
    if (now - Date.parse(board.loadedAt) <= FRESH_MILLISECONDS) return false;
    const { serviceId, date, cuIndex, serviceTypeId, start } = this.place;
    try {
      const vacancies = await call("list_vacancies", { serviceId, date, cuIndex, serviceTypeId });
      return !vacancies.slots.includes(start);
    } catch {
      return false;
    }
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

const bookingsAt = (board: DayBoard, cuIndex: number): Appointment[] => {
  const part = board.columns.find((column) => column.calendar.cuIndex === cuIndex)?.appointments;
  return part?.state === "loaded" ? part.value : [];
};

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
