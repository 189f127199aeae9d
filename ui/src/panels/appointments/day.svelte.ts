/**
 * The Appointments panel's state: which service, type and day, what was read of it, what is open beside the board, the
 * drafts of bookings by slot, and where the keyboard stands.
 */
import { SvelteMap } from "svelte/reactivity";
import type {
  Catalogue,
  CatalogueService,
  CatalogueServiceType,
  Customer,
  DayBoard,
  DayColumn,
  GetToday,
  LoadDay,
  Part,
  Today,
} from "../../bindings";
import { asCommandError, call } from "../../host";
import { addDays } from "../../l10n/format";
import { Resource } from "../../state/resource.svelte";
import { bookingKey, columnsOf, headKey, minuteOf, slotKey, type Column } from "./board";
import { BookingDraft, placeKey, type Place, type Sent } from "./draft.svelte";

export type Beside =
  | { kind: "booking"; draft: BookingDraft }
  | { kind: "appointment"; caseId: string; cuIndex: number }
  | { kind: "calendar"; cuIndex: number };

export type Wish = { serviceId?: string; date?: string; customerRecordId?: string; customerName?: string };

/** After this long without a new answer the board is amber. */
const STALE_AFTER = 120_000;

export class DayState {
  serviceId = $state("");
  typeId = $state("");
  date = $state("");
  freeOnly = $state(false);
  beside = $state.raw<Beside | undefined>();
  focusKey = $state<string | undefined>();
  /** A customer brought along from another panel, to be booked in. */
  carried = $state.raw<Customer | undefined>();
  drafts = new SvelteMap<string, BookingDraft>();
  /** Calendars being read again one by one. */
  rereading = $state.raw<number[]>([]);
  /** Asks the board to move the keyboard focus; a new object each time. */
  focusWish = $state.raw<{ key: string } | undefined>();

  today = new Resource<Today, GetToday>((request) => call("get_today", request));
  day = new Resource<DayBoard, LoadDay>((request) => call("load_day", request), {
    keyOf: ({ serviceId, date, serviceTypeId }) => `${serviceId}|${date}|${serviceTypeId ?? ""}`,
    staleAfter: STALE_AFTER,
  });

  board: DayBoard | undefined = $derived(this.day.value);
  columns: Column[] = $derived(this.board ? columnsOf(this.board, { freeOnly: this.freeOnly }) : []);
  free: number = $derived(this.columns.reduce((sum, column) => sum + column.free, 0));
  booked: number = $derived(this.columns.reduce((sum, column) => sum + column.booked, 0));
  /** Today at the unit, as far as read. */
  todayDate: string = $derived(this.board?.today ?? this.today.value?.today ?? "");

  /** Settles on a service, a type and a day that exist, and reads the day when any of them changed. */
  async adopt(catalogue: Catalogue, unitId: string | null): Promise<void> {
    const before = `${this.serviceId}|${this.typeId}`;
    const services = bookableServices(catalogue);
    if (!services.some((service) => service.serviceId === this.serviceId)) {
      const first = services.find((service) => unitId !== null && service.unitId === unitId) ?? services[0];
      this.serviceId = first?.serviceId ?? "";
      this.close();
    }
    const types = typesOf(catalogue, this.serviceId);
    if (!types.some((type) => type.serviceTypeId === this.typeId)) this.typeId = types[0]?.serviceTypeId ?? "";
    if (this.serviceId && (before !== `${this.serviceId}|${this.typeId}` || !this.board)) await this.load();
  }

  async chooseService(serviceId: string, catalogue: Catalogue): Promise<void> {
    this.close();
    this.serviceId = serviceId;
    const types = typesOf(catalogue, serviceId);
    if (!types.some((type) => type.serviceTypeId === this.typeId)) this.typeId = types[0]?.serviceTypeId ?? "";
    await this.load();
  }

  async chooseType(typeId: string): Promise<void> {
    this.close();
    this.typeId = typeId;
    await this.load();
  }

  async chooseDate(date: string): Promise<void> {
    if (!/^2\d{3}-\d\d-\d\d$/.test(date) || date === this.date) return;
    this.close();
    this.date = date;
    await this.load();
  }

  async shiftDay(days: number): Promise<void> {
    if (this.date) await this.chooseDate(addDays(this.date, days));
  }

  async goToToday(): Promise<void> {
    await this.today.load({ serviceId: this.serviceId });
    const today = this.today.value?.today;
    if (!today) return;
    if (today === this.date) await this.load();
    else await this.chooseDate(today);
  }

  /** Reads the day; the first time, the day is today at the unit. */
  async load(): Promise<void> {
    if (!this.serviceId) return;
    if (!this.date) {
      await this.today.load({ serviceId: this.serviceId });
      this.date ||= this.today.value?.today ?? "";
      if (!this.date) return;
    }
    await this.day.load({
      serviceId: this.serviceId,
      date: this.date,
      ...(this.typeId && { serviceTypeId: this.typeId }),
    });
  }

  /** The day read anew, or undefined when that failed (the old one stays on the screen). */
  reread = async (): Promise<DayBoard | undefined> => {
    await this.day.reload();
    return this.day.error ? undefined : this.day.value;
  };

  /** One calendar alone: its state, its bookings, its free times. */
  async rereadColumn(cuIndex: number): Promise<void> {
    const board = this.board;
    if (!board || this.rereading.includes(cuIndex)) return;
    this.rereading = [...this.rereading, cuIndex];
    const at = { serviceId: board.serviceId, date: board.date, cuIndex };
    const typeId = this.typeId;
    const [calendars, appointments, vacancies] = await Promise.all([
      part("list_calendars", call("list_calendars", { serviceId: at.serviceId, date: at.date })),
      part("list_appointments", call("list_appointments", at)),
      part("list_vacancies", typeId ? call("list_vacancies", { ...at, serviceTypeId: typeId }) : Promise.resolve(null)),
    ]);
    this.rereading = this.rereading.filter((entry) => entry !== cuIndex);
    const current = this.day.value;
    if (current?.serviceId !== at.serviceId || current.date !== at.date || this.typeId !== typeId) return;
    const fresh =
      calendars.state === "loaded" ? calendars.value.find((calendar) => calendar.cuIndex === cuIndex) : undefined;
    const columns = current.columns.map((column): DayColumn =>
      column.calendar.cuIndex === cuIndex ? { calendar: fresh ?? column.calendar, appointments, vacancies } : column,
    );
    this.day.value = { ...current, columns };
  }

  calendar(cuIndex: number) {
    return this.board?.columns.find((column) => column.calendar.cuIndex === cuIndex)?.calendar;
  }

  appointment(caseId: string) {
    for (const column of this.board?.columns ?? []) {
      const found =
        column.appointments.state === "loaded" && column.appointments.value.find((entry) => entry.caseId === caseId);
      if (found) return found;
    }
    return undefined;
  }

  place(cuIndex: number, start: number, duration: number | null): Place {
    return { serviceId: this.serviceId, date: this.date, cuIndex, start, serviceTypeId: this.typeId, duration };
  }

  /** Opens the booking of a slot: its draft where one was left, else a new one. */
  openBooking(place: Place): void {
    if (this.busyBeside) return;
    const draft = this.drafts.get(placeKey(place)) ?? new BookingDraft(place);
    const calendar = this.calendar(place.cuIndex);
    if (this.carried && !draft.customer && calendar) draft.choose(this.carried, calendar);
    this.#keepDraft();
    this.drafts.delete(draft.key);
    this.beside = { kind: "booking", draft };
  }

  /** A free time of another type than the board shows: the board follows, so that what it offers fits the booking. */
  async openOtherType(cuIndex: number, start: number, duration: number | null, typeId: string): Promise<void> {
    if (typeId !== this.typeId) await this.chooseType(typeId);
    this.openBooking(this.place(cuIndex, start, duration));
  }

  /** A booking at a time that is not offered. It starts where the calendar's day does and is off until switched on. */
  openOutside(cuIndex: number): void {
    const calendar = this.calendar(cuIndex);
    const type = this.board?.columns.find((column) => column.calendar.cuIndex === cuIndex)?.vacancies;
    const duration = type?.state === "loaded" ? (type.value?.duration ?? null) : null;
    this.openBooking(this.place(cuIndex, calendar?.workingHours[0]?.start ?? 540, duration));
    if (this.beside?.kind === "booking") this.beside.draft.showOutside = true;
  }

  openAppointment(caseId: string, cuIndex: number): void {
    if (this.busyBeside) return;
    this.#keepDraft();
    this.beside = { kind: "appointment", caseId, cuIndex };
  }

  openCalendar(cuIndex: number): void {
    if (this.busyBeside) return;
    this.#keepDraft();
    this.beside = { kind: "calendar", cuIndex };
  }

  /** A booking on its way stays in sight until its answer is there. */
  get busyBeside(): boolean {
    return this.beside?.kind === "booking" && this.beside.draft.busy;
  }

  /** Closes what stands beside the board; what was typed stays as the slot's draft. */
  close(): void {
    if (!this.beside || this.busyBeside) return;
    const key = this.#besideKey();
    this.#keepDraft();
    this.beside = undefined;
    if (key) this.focus(key);
  }

  discard(draft: BookingDraft): void {
    this.drafts.delete(draft.key);
    if (this.beside?.kind === "booking" && this.beside.draft === draft) {
      const key = slotKey(draft.place.cuIndex, draft.place.start);
      this.beside = undefined;
      this.focus(key);
    }
  }

  /** Moves an open draft to another free time with everything typed. */
  moveDraft(draft: BookingDraft, place: Place): void {
    this.drafts.delete(draft.key);
    draft.moveTo(place);
  }

  /** After a booking went through: the day is read again and the keyboard stands on the new appointment. */
  async finish(draft: BookingDraft, sent: Sent): Promise<void> {
    this.drafts.delete(draft.key);
    if (this.beside?.kind === "booking" && this.beside.draft === draft) this.beside = undefined;
    if (draft.customer?.recordId === this.carried?.recordId) this.carried = undefined;
    const board = await this.reread();
    const part = board?.columns.find((column) => column.calendar.cuIndex === sent.place.cuIndex)?.appointments;
    const found =
      part?.state === "loaded" &&
      part.value.find((entry) =>
        sent.booked.caseId ? entry.caseId === sent.booked.caseId : minuteOf(entry) === sent.place.start,
      );
    if (found) this.freeOnly = false;
    this.focus(found ? bookingKey(found.caseId) : headKey(sent.place.cuIndex));
  }

  /** After a cancellation: the day again, and the keyboard on the time that became free. */
  async afterCancel(cuIndex: number, start: number): Promise<void> {
    this.beside = undefined;
    await this.reread();
    const items = this.columns.find((column) => column.cuIndex === cuIndex)?.items ?? [];
    const nearest = items.toSorted((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))[0];
    this.focus(nearest?.key ?? headKey(cuIndex));
  }

  /** After a cancellation that waited: the keyboard is wherever the clerk is by now, and moves only if it stood there. */
  async afterLeaving(cuIndex: number, start: number, caseId: string): Promise<void> {
    const key = bookingKey(caseId);
    const stands = document.activeElement instanceof HTMLElement && document.activeElement.dataset.key === key;
    if (stands) return await this.afterCancel(cuIndex, start);
    if (this.beside?.kind === "appointment" && this.beside.caseId === caseId) this.beside = undefined;
    await this.reread();
  }

  focus(key: string): void {
    this.focusKey = key;
    this.focusWish = { key };
  }

  #besideKey(): string | undefined {
    const beside = this.beside;
    if (beside?.kind === "booking") return slotKey(beside.draft.place.cuIndex, beside.draft.place.start);
    if (beside?.kind === "appointment") return bookingKey(beside.caseId);
    return beside && headKey(beside.cuIndex);
  }

  #keepDraft(): void {
    const beside = this.beside;
    if (beside?.kind !== "booking") return;
    if (beside.draft.dirty) this.drafts.set(beside.draft.key, beside.draft);
    else this.drafts.delete(beside.draft.key);
  }
}

async function part<T>(command: string, answer: Promise<T>): Promise<Part<T>> {
  try {
    return { state: "loaded", value: await answer };
  } catch (problem) {
    return { state: "failed", error: asCommandError(problem, command) };
  }
}

export const bookableServices = (catalogue: Catalogue): CatalogueService[] =>
  catalogue.services.filter((service) => service.kind !== "walkIn");

export const typesOf = (catalogue: Catalogue, serviceId: string): CatalogueServiceType[] =>
  catalogue.serviceTypes.filter((type) => type.serviceIds.includes(serviceId));
