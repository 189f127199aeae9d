/**
 * Walking the list of a calendar that is emptied: which booking is in front, what is proposed for it, and what somebody
 * did about it. Moving and cancelling go where they always go; how a booking stands is read back from the core.
 */
import type {
  Appointment,
  Calendar,
  CalendarDay,
  CommandError,
  ContactOnCard,
  Customer,
  EmptiedBooking,
  EmptiedMark,
  Emptying,
  Proposal,
  Proposals,
} from "../../bindings";
import { asCommandError, call } from "../../host";
import { emptyings, isOpen, isSame } from "../../state/emptyings.svelte";
import { held } from "../../state/held.svelte";
import { Resource } from "../../state/resource.svelte";
import { onCard, type Place } from "../appointments/draft.svelte";
import { demandedOf, Moving } from "../appointments/moving.svelte";
import { nameText } from "./words";

const keyOf = ({ serviceId, date, cuIndex }: CalendarDay): string => `${serviceId}|${date}|${cuIndex}`;
const PHONE = /phone|mobile/i;

/** Someone's number, and where it stands. */
export type Phone = { name: string; value: string };

export class Walk {
  readonly reading = new Resource<Emptying, CalendarDay>((at) => call("empty_calendar", at), { keyOf });
  readonly proposing = new Resource<Proposals, CalendarDay>((at) => call("propose_times", at), { keyOf });
  readonly calendars = new Resource<Calendar[], CalendarDay>(({ serviceId, date }) =>
    call("list_calendars", { serviceId, date }),
  );
  readonly customer = new Resource<Customer, string>((customerRecordId) => call("get_customer", { customerRecordId }));
  readonly moving = new Moving();
  at = $state.raw<CalendarDay | undefined>();
  chosen = $state("");
  markError = $state.raw<CommandError | undefined>();
  /** How to reach the person, as they said on the telephone. */
  said: Required<ContactOnCard> = $state({ phone: "", email: "" });

  emptying: Emptying | undefined = $derived(this.reading.value);
  rows: EmptiedBooking[] = $derived(this.emptying?.rows ?? []);
  current: EmptiedBooking | undefined = $derived(
    this.rows.find((row) => row.caseId === this.chosen) ??
      this.rows.find((row) => row.state === "toDo") ??
      this.rows[0],
  );
  appointment: Appointment | undefined = $derived(
    this.emptying?.appointments.find((listed) => listed.caseId === this.current?.caseId),
  );
  calendar: Calendar | undefined = $derived(
    this.calendars.value?.find((calendar) => calendar.cuIndex === this.at?.cuIndex),
  );
  proposal: Proposal | undefined = $derived(this.current && this.proposalFor(this.current));

  /** The numbers of the booking in front: the one given for it, then those on the customer's card. */
  phones: Phone[] = $derived.by(() => {
    const given = this.appointment?.contactPhoneNumber;
    const fields = this.customer.value?.recordId === this.current?.customerRecordId ? this.customer.value?.fields : [];
    const kept = (fields ?? []).flatMap((field): Phone[] => {
      const isPhone =
        field.fieldTypeId === this.calendar?.phoneNumberFieldTypeId ||
        PHONE.test(`${field.dataType ?? ""} ${field.slug ?? ""}`);
      return isPhone && typeof field.value === "string" && field.value !== ""
        ? [{ name: field.fieldName ?? "", value: field.value }]
        : [];
    });
    const all = given ? [{ name: "", value: given }, ...kept] : kept;
    return all.filter((phone, place) => all.findIndex((other) => other.value === phone.value) === place);
  });

  #onCard: ContactOnCard = $derived.by(() => {
    const customer = this.customer.value;
    return customer && customer.recordId === this.current?.customerRecordId ? onCard(customer, this.calendar) : {};
  });

  /** What is to be asked on the telephone: what a new booking demands and nothing tells, or what may have been refused. */
  missing: (keyof ContactOnCard)[] = $derived.by(() => {
    const { calendar, current, appointment, moving } = this;
    if (!calendar || !current || this.customer.pending) return [];
    const isRefused = moving.isAbout(current.caseId) && moving.refusal !== undefined;
    const listed = { phone: appointment?.contactPhoneNumber, email: appointment?.contactEmail };
    return demandedOf(calendar).filter((what) => isRefused || !(listed[what] || this.#onCard[what]));
  });

  /** Opens a list where it was left. */
  async go(at: CalendarDay): Promise<void> {
    if (!this.at || keyOf(this.at) !== keyOf(at)) {
      this.chosen = "";
      this.said = { phone: "", email: "" };
      this.proposing.clear();
      this.moving.drop();
    }
    this.at = at;
    void this.calendars.load(at);
    await this.read();
    if (this.reading.value) await this.propose();
  }

  async read(): Promise<void> {
    if (this.at) await this.reading.load(this.at);
    await emptyings.read();
  }

  async propose(): Promise<void> {
    if (this.at && this.rows.some(isOpen)) await this.proposing.load(this.at);
  }

  proposalFor(row: EmptiedBooking): Proposal | undefined {
    if (!isOpen(row)) return undefined;
    return this.proposing.value?.proposals.find((proposal) => proposal.caseId === row.caseId);
  }

  choose(caseId: string): void {
    if (this.moving.busy) return;
    if (caseId !== this.chosen) this.said = { phone: "", email: "" };
    this.chosen = caseId;
    this.moving.drop();
    this.markError = undefined;
  }

  step(by: number): void {
    const at = this.rows.findIndex((row) => row === this.current);
    const row = this.rows[Math.min(Math.max(at + by, 0), this.rows.length - 1)];
    if (row) this.choose(row.caseId);
  }

  /** The next booking nobody has seen to, after the one in front and then from the top. */
  next(): void {
    const at = this.rows.findIndex((row) => row === this.current);
    const order = [...this.rows.slice(at + 1), ...this.rows.slice(0, at + 1)];
    const next = order.find((row) => row.state === "toDo");
    if (next) this.choose(next.caseId);
  }

  /** Asks the core to move the booking in front. True once it is moved. */
  async move(to: Place, order: "bookFirst" | "cancelFirst" = "bookFirst"): Promise<boolean> {
    const { at, appointment, current } = this;
    if (!at || !appointment || !current || this.moving.busy) return false;
    const { serviceId, date, cuIndex } = at;
    if (!this.moving.isAbout(current.caseId)) {
      const serviceTypeId = current.serviceTypeId ?? to.serviceTypeId;
      this.moving.cutOut(appointment, { serviceId, date, cuIndex, serviceTypeId });
    }
    this.moving.onCard = this.#onCard;
    this.moving.phone = this.said.phone || (appointment.contactPhoneNumber ?? "");
    this.moving.email = this.said.email || (appointment.contactEmail ?? "");
    const proposed = this.proposal;
    this.chosen = current.caseId;
    this.moving.aim(to);
    const outcome = await this.moving.run(order);
    const isMoved = outcome?.state === "moved";
    // Another list may have been opened meanwhile: its bookings have nothing to do with this.
    const isInFront = this.#isAt(at) && this.current?.caseId === current.caseId;
    if (!isInFront && this.moving.error) held.tell(nameText(current), this.moving.error);
    if (isMoved || !isInFront) this.moving.drop();
    // The next call is in front at once: what is marked while the list is read again must not be this one.
    if (isMoved && isInFront) this.next();
    await this.read();
    const wasProposed =
      proposed?.startTime === to.start && proposed.cuIndex === to.cuIndex && proposed.date === to.date;
    // A time that was proposed to somebody else may be gone by this.
    if (isMoved ? !wasProposed : this.moving.phase === "taken") void this.propose();
    return isMoved;
  }

  #isAt(at: CalendarDay): boolean {
    return this.at !== undefined && isSame(this.at, at);
  }

  async mark(mark: EmptiedMark): Promise<void> {
    const { at, current } = this;
    if (!at || !current || this.moving.busy) return;
    this.markError = undefined;
    try {
      const said = await call("mark_emptied", { at, caseId: current.caseId, mark });
      if (this.#isAt(at)) {
        this.reading.put({ ...said, appointments: this.emptying?.appointments ?? [] });
        this.chosen = current.caseId;
        if (mark !== "toDo") this.next();
        else void this.propose();
      }
    } catch (problem) {
      const error = asCommandError(problem, "mark_emptied");
      if (this.#isAt(at)) this.markError = error;
      else held.tell(nameText(current), error);
    }
    await emptyings.read();
  }

  async end(): Promise<void> {
    const { at } = this;
    if (!at) return;
    const said = await call("end_emptying", at);
    if (this.#isAt(at)) this.reading.put({ ...said, appointments: this.emptying?.appointments ?? [] });
    await emptyings.read();
  }
}

export const placeOf = (proposal: Proposal): Place => {
  const { serviceId, date, cuIndex, startTime: start, serviceTypeId, duration } = proposal;
  return { serviceId, date, cuIndex, start, serviceTypeId, duration };
};
