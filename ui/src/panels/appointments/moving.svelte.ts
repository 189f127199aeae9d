/**
 * Moving one appointment: what was cut out, where it is to go, and how the core's move of it went. It knows nothing of how
 * the board is drawn: a form, a paste and a drop all say `cutOut`, `aim` and `run`.
 */
import type {
  Appointment,
  AppointmentMove,
  BookAppointment,
  Calendar,
  CommandError,
  ContactOnCard,
  FreeSlot,
  MovedFrom,
  MoveOrder,
} from "../../bindings";
import { asCommandError, call } from "../../host";
import { app } from "../../state/app.svelte";
import { isSettled } from "../../state/intent";
import { moves } from "../../state/moves.svelte";
import { minuteOf, requirementsOf } from "./board";
import type { Place } from "./draft.svelte";

export type Cut = {
  organisation: string;
  appointment: Appointment;
  from: MovedFrom;
  /** The time as people were told it. */
  start: number;
  duration: number | null;
};

/**
 * `asking`: the old time has to be given up first, and somebody must say so. `taken`: the new time is not free any more,
 * nothing was changed. `told`: the core has said how it stands, in `outcome`.
 */
export type MovingPhase = "aiming" | "sending" | "asking" | "taken" | "told";

/** How a calendar demands that people can be reached. */
export const demandedOf = (calendar: Calendar): (keyof ContactOnCard)[] =>
  requirementsOf(calendar).filter((what) => what !== "customer");

export class Moving {
  phase = $state<MovingPhase>("aiming");
  target = $state.raw<Place | undefined>();
  /** As Cubu lists them, or as they were typed here. The core knows them besides where this desk booked. */
  phone = $state("");
  email = $state("");
  /** What is taken where nobody knows better. */
  onCard = $state.raw<ContactOnCard>({});
  error = $state.raw<CommandError | undefined>();
  /** The free times nearest to one that was taken. */
  nearest = $state.raw<FreeSlot[]>([]);
  outcome = $state.raw<AppointmentMove | undefined>();
  #cut = $state.raw<Cut | undefined>();
  #id = crypto.randomUUID() as string;
  #content = "";

  /** What is being moved; nothing of another organisation. */
  get cut(): Cut | undefined {
    return this.#cut?.organisation === app.organisation ? this.#cut : undefined;
  }

  get busy(): boolean {
    return this.phase === "sending";
  }

  /** Why it was not moved, where other words may help: nothing was changed, and the same again would be refused again. */
  get refusal(): CommandError | undefined {
    const { error } = this;
    return this.phase === "aiming" && error && isSettled(error) && !error.retryable ? error : undefined;
  }

  isAbout(caseId: string): boolean {
    return this.cut?.appointment.caseId === caseId;
  }

  /** What a calendar demands and nobody has said yet; all that it demands once a move was refused, which may be why. */
  missing(calendar: Calendar): (keyof ContactOnCard)[] {
    return demandedOf(calendar).filter((what) => this.refusal || !(this[what] || this.onCard[what]));
  }

  /** Takes an appointment up. What Cubu's list does not show of it, the core knows where this desk booked it. */
  cutOut(
    appointment: Appointment,
    at: { serviceId: string; date: string; cuIndex: number; serviceTypeId: string },
    onCard: ContactOnCard = {},
  ): void {
    if (this.busy) return;
    this.drop();
    const start = minuteOf(appointment);
    const { serviceId, date, cuIndex } = at;
    const serviceTypeId = appointment.serviceTypeId ?? at.serviceTypeId;
    const customer = appointment.customer?.recordId;
    this.phone = appointment.contactPhoneNumber ?? "";
    this.email = appointment.contactEmail ?? "";
    this.onCard = onCard;
    const channel = appointment.channel;
    const booking: BookAppointment = {
      serviceId,
      date,
      cuIndex,
      serviceTypeId,
      startTime: appointment.appointment?.start ?? start,
      ...(channel && { channel }),
      ...(appointment.language && { language: appointment.language }),
      ...(customer && { customerRecordId: customer }),
    };
    this.#cut = {
      organisation: app.organisation,
      appointment,
      from: { caseId: appointment.caseId, booking },
      start,
      duration: appointment.appointment?.duration ?? null,
    };
  }

  /** Says where it is to go. */
  aim(place: Place): void {
    if (this.busy) return;
    this.target = place;
    this.#back();
  }

  /** Takes the target back; it is still in hand. */
  reconsider(): void {
    if (this.busy) return;
    this.target = undefined;
    this.#back();
  }

  /** Lets go of it; nothing is changed by that. */
  drop(): void {
    if (this.busy) return;
    this.#cut = undefined;
    this.target = undefined;
    this.#back();
    this.#renew();
  }

  /** Asks the core to move it. What comes back is also in `outcome`; a refusal, which changed nothing, in `error`. */
  async run(order: MoveOrder = "bookFirst"): Promise<AppointmentMove | undefined> {
    const { cut, target } = this;
    if (!cut || !target || this.busy) return undefined;
    const contact = {
      ...(this.phone.trim() && { contactPhoneNumber: this.phone.trim() }),
      ...(this.email.trim() && { contactEmail: this.email.trim() }),
    };
    const { serviceId, date, cuIndex, serviceTypeId, start } = target;
    const request = {
      from: { ...cut.from, booking: { ...cut.from.booking, ...contact } },
      to: { ...cut.from.booking, ...contact, serviceId, date, cuIndex, serviceTypeId, startTime: start },
      order,
      contactOnCard: this.onCard,
    };
    const content = JSON.stringify(request);
    if (this.#content !== content) this.#renew();
    this.#content = content;
    this.#back();
    this.phase = "sending";
    try {
      const outcome = await call("move_appointment", { moveId: this.#id, ...request });
      this.outcome = outcome;
      this.phase = "told";
      return outcome;
    } catch (problem) {
      this.#refused(asCommandError(problem, "move_appointment"));
      return undefined;
    } finally {
      void moves.read();
    }
  }

  #refused(error: CommandError): void {
    this.error = error;
    this.nearest = error.slots ?? [];
    this.phase = error.code === "move_needs_order" ? "asking" : error.code === "slot_taken" ? "taken" : "aiming";
    if (isSettled(error)) this.#renew();
  }

  #back(): void {
    this.phase = "aiming";
    this.error = undefined;
    this.nearest = [];
    this.outcome = undefined;
  }

  #renew(): void {
    this.#id = crypto.randomUUID();
    this.#content = "";
  }
}

export const moving = new Moving();
