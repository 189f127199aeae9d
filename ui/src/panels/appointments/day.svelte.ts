/**
 * The Appointments panel's state: which services and day, what is open beside the board, the drafts of bookings,
 * and where the keyboard stands. What was read of each service is its own (`ServiceDay`).
 */
import { SvelteMap } from "svelte/reactivity";
import type {
  BoardView,
  Catalogue,
  CommandError,
  Customer,
  DayBoard,
  GetToday,
  KeptDayEntry,
  Today,
} from "../../bindings";
import { call } from "../../host";
import { addDays } from "../../l10n/format";
import { keptDrafts } from "../../state/kept-drafts.svelte";
import { clock, Resource } from "../../state/resource.svelte";
import { steady } from "../../state/steady";
import { bookingKey, columnsOf, headKey, slotKey, type Column, type Item } from "./board";
import { BookingDraft, placeKey, type Place, type Wanted } from "./draft.svelte";
import { keptOf } from "./kept-booking";
import { Lifting } from "./lifting.svelte";
import { reading, type Reading } from "./reading";
import type { Standing } from "./roving";
import { ServiceDay } from "./service-day.svelte";
import { bookableServices, typesOf } from "./services";

export type Beside =
  | { kind: "booking"; draft: BookingDraft }
  /** `asksToCancel`: it was opened to be cancelled. */
  | { kind: "appointment"; caseId: string; serviceId: string; cuIndex: number; asksToCancel?: boolean }
  | { kind: "calendar"; serviceId: string; cuIndex: number };

export type Wish = { serviceId?: string; date?: string; customerRecordId?: string; customerName?: string };

/** One service of the board with its columns. */
export type Group = { part: ServiceDay; columns: Column[] };

/** More services than this side by side are no board any more. */
export const MOST_SERVICES = 8;

export class DayState {
  /** The services on the board, in their order. The first is the one that acts concern when nothing else says. */
  parts = $state.raw<ServiceDay[]>([]);
  date = $state("");
  freeOnly = $state(false);
  beside = $state.raw<Beside | undefined>();
  focusKey = $state<string | undefined>();
  /** Where `focusKey` stood, for when it is gone. */
  focusAt: Standing | undefined;
  /** Bookings that were begun and put aside, by the names under which they are kept. */
  drafts = new SvelteMap<string, BookingDraft>();
  /** Asks the board to move the keyboard focus; a new object each time. */
  focusWish = $state.raw<{ key: string } | undefined>();
  /** Asks the booking that is open to take the keyboard; a new object each time. */
  formWish = $state.raw<object | undefined>();

  today = new Resource<Today, GetToday>((request) => call("get_today", request));
  reading: Reading = $derived(reading(this.parts, () => this.load()));

  groups: Group[] = $derived(
    this.parts.map((part) => ({ part, columns: part.board ? columnsOf(part.board, this) : [] })),
  );
  #sameColumns = steady<Column>();
  columns: Column[] = $derived(this.#sameColumns(this.groups.flatMap((group) => group.columns)));
  boards: DayBoard[] = $derived(this.parts.flatMap((part) => part.board ?? []));
  free: number = $derived(this.columns.reduce((sum, column) => sum + column.free, 0));
  booked: number = $derived(this.columns.reduce((sum, column) => sum + column.booked, 0));
  /** Why nothing can be changed: Cubu can't be reached, and the board is what was last read. */
  down: CommandError | undefined = $derived(
    this.parts.map((part) => part.day.error).find((error) => error?.code === "offline"),
  );
  /** Today at the unit, as far as read. */
  todayDate: string = $derived(this.board?.today ?? this.today.value?.today ?? "");

  /** Where the last booking or move went: what it was looked for with has done its work. */
  finished = $state.raw<Place | undefined>();
  /** The appointment that is being moved over this board. */
  readonly lifting = new Lifting(this);
  #view: Promise<BoardView> | undefined;
  /** Ends when every reading that was asked for has come to an end, well or not. */
  settled: Promise<unknown> = Promise.resolve();

  /** The service that acts concern: that of what is open beside the board, else the first. */
  get serviceId(): string {
    const beside = this.beside;
    if (beside) return beside.kind === "booking" ? beside.draft.wanted.serviceId : beside.serviceId;
    return this.parts[0]?.serviceId ?? "";
  }

  get board(): DayBoard | undefined {
    return this.part()?.board;
  }

  get typeId(): string {
    return this.part()?.typeId ?? "";
  }

  part(serviceId: string = this.serviceId): ServiceDay | undefined {
    return this.parts.find((part) => part.serviceId === serviceId);
  }

  /** Settles on services, types and a day that exist, and reads the day when any of them changed. */
  async adopt(catalogue: Catalogue, unitId: string | null): Promise<void> {
    const known = bookableServices(catalogue);
    this.#view ??= call("board_view", {}).catch(() => ({ services: [] }));
    const view = await this.#view;
    const kept = this.parts.filter((part) => known.some((service) => service.serviceId === part.serviceId));
    if (kept.length === 0) {
      const remembered = view.services
        .filter(({ serviceId }) => known.some((service) => service.serviceId === serviceId))
        .map(({ serviceId, serviceTypeId }) => new ServiceDay(serviceId, serviceTypeId ?? ""));
      const first = known.find((service) => unitId !== null && service.unitId === unitId) ?? known[0];
      kept.push(...(remembered.length > 0 ? remembered : first ? [new ServiceDay(first.serviceId, "")] : []));
    }
    if (kept.length !== this.parts.length || kept.some((part, index) => part !== this.parts[index])) {
      this.close();
      this.parts = kept;
    }
    const unread = this.parts.filter((part) => this.#settleType(part, catalogue) || !part.board);
    await this.#read(unread);
  }

  /** Gives a service a type that it has; true when that changed it. */
  #settleType(part: ServiceDay, catalogue: Catalogue, wanted = part.typeId): boolean {
    const types = typesOf(catalogue, part.serviceId);
    const typeId = types.some((type) => type.serviceTypeId === wanted) ? wanted : (types[0]?.serviceTypeId ?? "");
    const changed = typeId !== part.typeId;
    part.typeId = typeId;
    return changed;
  }

  /** One service alone on the board. The type stays, if the service has it. */
  async chooseService(serviceId: string, catalogue: Catalogue): Promise<void> {
    const wanted = this.parts[0]?.typeId;
    const part = this.part(serviceId) ?? new ServiceDay(serviceId, "");
    if (!this.unplaced) this.close();
    this.parts = [part];
    this.#settleType(part, catalogue, part.typeId || wanted);
    this.unplaced?.want({ serviceId, serviceTypeId: part.typeId });
    void this.#remember();
    await this.load();
  }

  /** Puts a service on the board beside the others, or takes it off; the last one stays. */
  async toggleService(serviceId: string, catalogue: Catalogue): Promise<void> {
    const there = this.part(serviceId);
    if (there && this.parts.length === 1) return;
    if (!there && this.parts.length >= MOST_SERVICES) return;
    this.close();
    const part = there ?? new ServiceDay(serviceId, "");
    this.parts = there ? this.parts.filter((other) => other !== there) : [...this.parts, part];
    this.#settleType(part, catalogue);
    void this.#remember();
    if (!there) await this.#read([part]);
  }

  async chooseType(typeId: string, serviceId: string = this.serviceId): Promise<void> {
    const part = this.part(serviceId);
    if (!part) return;
    if (!this.unplaced) this.close();
    else if (this.unplaced.wanted.serviceId === serviceId) this.unplaced.want({ serviceId, serviceTypeId: typeId });
    part.typeId = typeId;
    void this.#remember();
    await this.#read([part]);
  }

  /** Another desk of the organisation may look at something else: this is kept on this computer. */
  async #remember(): Promise<void> {
    const services = this.parts.map(({ serviceId, typeId }) => ({ serviceId, serviceTypeId: typeId || null }));
    // Without it the next start shows another service first; nothing is lost by that.
    await call("keep_board_view", { services }).catch(() => undefined);
  }

  async chooseDate(date: string, onTheWay = false): Promise<void> {
    if (!/^2\d{3}-\d\d-\d\d$/.test(date) || date === this.date) return;
    this.turnTo(date);
    await this.#read(this.parts, onTheWay);
  }

  /** Puts a day up that is still to be read. A booking that waits for its time stays open; anything else was the old day's. */
  turnTo(date: string): void {
    if (date !== this.date && !this.unplaced) this.close();
    this.date = date;
  }

  /** Some days on or back; perhaps not the last of these steps. */
  async shiftDay(days: number): Promise<void> {
    if (this.date) await this.chooseDate(addDays(this.date, days), true);
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
    await this.#read(this.parts);
  }

  /** Reads all of the day, whatever is known of it. */
  async readAll(): Promise<void> {
    if (this.date) await this.#follow(Promise.all(this.parts.map((part) => part.readAll())));
    else await this.load();
  }

  /** Goes to a day that this PC has kept. */
  async openKept({ serviceId, date }: KeptDayEntry, catalogue: Catalogue): Promise<void> {
    this.turnTo(date);
    if (this.part(serviceId)) await this.load();
    else await this.chooseService(serviceId, catalogue);
  }

  #read(parts: ServiceDay[], onTheWay = false): Promise<void> {
    return this.#follow(this.#readNow(parts, onTheWay));
  }

  #follow<T>(read: Promise<T>): Promise<T> {
    this.settled = Promise.all([this.settled, read]);
    return read;
  }

  async #readNow(parts: ServiceDay[], onTheWay: boolean): Promise<void> {
    if (parts.length === 0) return;
    if (!this.date) {
      await this.today.load({ serviceId: this.serviceId });
      this.date ||= this.today.value?.today ?? "";
      if (!this.date) return;
    }
    await Promise.all(parts.map((part) => part.load(this.date, onTheWay)));
  }

  /** Reads what moved since, service by service. */
  async refresh(): Promise<void> {
    if (!this.date || this.busyBeside) return;
    await Promise.all(this.parts.map((part) => part.refresh(clock.read())));
  }

  /** The service's day read anew, or undefined when that failed (the old one stays on the screen). */
  reread = async (): Promise<DayBoard | undefined> => this.part()?.reread();

  /** One calendar alone: its state, its bookings, its free times. */
  async rereadColumn(cuIndex: number, serviceId: string = this.serviceId): Promise<void> {
    await this.part(serviceId)?.rereadColumn(cuIndex);
  }

  calendar(cuIndex: number, serviceId: string = this.serviceId) {
    return this.part(serviceId)?.calendar(cuIndex);
  }

  appointment(caseId: string) {
    for (const part of this.parts) {
      const found = part.appointment(caseId);
      if (found) return found;
    }
    return undefined;
  }

  /** What stands on the board under a key. */
  item(key: string): Item | undefined {
    for (const column of this.columns) {
      const found = column.items.find((item) => item.key === key);
      if (found) return found;
    }
    return undefined;
  }

  place(cuIndex: number, start: number, duration: number | null, serviceId: string = this.serviceId): Place {
    const serviceTypeId = this.part(serviceId)?.typeId ?? "";
    return { serviceId, date: this.date, cuIndex, start, serviceTypeId, duration };
  }

  /** The booking that is open and waits for its time: whatever day or type the board goes to, it stays. */
  get unplaced(): BookingDraft | undefined {
    const beside = this.beside;
    return beside?.kind === "booking" && !beside.draft.place ? beside.draft : undefined;
  }

  /** Opens the booking of a slot: its draft where one was left, else the one that waits for a time, else a new one. */
  openBooking(place: Place): void {
    const open = this.beside?.kind === "booking" ? this.beside.draft : undefined;
    if (this.busyBeside) return;
    if (open?.key === placeKey(place)) {
      this.formWish = {};
      return;
    }
    const kept = this.draftAt(place);
    const draft = kept ?? this.unplaced ?? new BookingDraft(place);
    if (draft === this.unplaced) draft.moveTo(place);
    else this.open(draft);
  }

  /** The draft that was left at a time. */
  draftAt(place: Place): BookingDraft | undefined {
    const key = placeKey(place);
    return [...this.drafts.values()].find((draft) => draft.key === key);
  }

  /** Opens a booking without a time, for a customer if one is brought along. One that is open waits for them too. */
  openNew(customer?: Customer): void {
    if (this.busyBeside) return;
    const part = this.part();
    if (!part) return;
    const open = this.beside?.kind === "booking" ? this.beside.draft : undefined;
    if (customer && open && !open.customer && !open.held) return this.#choose(open, customer);
    const waiting = open && !open.place ? open : [...this.drafts.values()].find((draft) => !draft.place);
    const fits = waiting && (!customer || !waiting.customer || waiting.customer.recordId === customer.recordId);
    const draft = fits ? waiting : new BookingDraft({ serviceId: part.serviceId, serviceTypeId: part.typeId });
    if (customer) this.#choose(draft, customer);
    if (draft !== open) this.open(draft);
  }

  /** Opens a draft that was left, on the day and with the type that it is about. */
  async openDraft(draft: BookingDraft, catalogue: Catalogue): Promise<void> {
    if (this.busyBeside) return;
    const { serviceId, serviceTypeId } = draft.wanted;
    this.close();
    const elsewhere = draft.place !== undefined && draft.place.date !== this.date;
    const unread = !this.date;
    if (draft.place && elsewhere) this.date = draft.place.date;
    this.open(draft);
    const part = this.part(serviceId);
    if (!part) {
      this.parts = [new ServiceDay(serviceId, serviceTypeId)];
      void this.#remember();
      await this.load();
    } else if (this.#settleType(part, catalogue, serviceTypeId) || (elsewhere && !unread)) {
      await this.load();
    }
  }

  /** Another service or type for a booking: the board follows, and a time that this one does not have is given back. */
  changeWanted(draft: BookingDraft, wanted: Wanted): Promise<void> {
    draft.fitting = this.#fit(draft, wanted);
    return draft.fitting;
  }

  async #fit(draft: BookingDraft, wanted: Wanted): Promise<void> {
    const part = this.part(wanted.serviceId);
    if (!part || draft.held) return;
    draft.want(wanted);
    if (part.typeId !== wanted.serviceTypeId) {
      part.typeId = wanted.serviceTypeId;
      void this.#remember();
      await this.#read([part]);
    }
    if (draft.wanted === wanted) draft.fit(part.day.error ? undefined : part.board);
  }

  #choose(draft: BookingDraft, customer: Customer): void {
    draft.choose(customer, this.calendarOf(draft));
  }

  /** Opens a booking; one that is open is put aside. */
  open(draft: BookingDraft): void {
    this.#keepDraft();
    this.drafts.delete(draft.name);
    this.beside = { kind: "booking", draft };
  }

  /** The calendar of a booking; while it has no time, any of its service, for what the service demands. */
  calendarOf({ place, wanted }: BookingDraft) {
    if (place) return place.date === this.date ? this.calendar(place.cuIndex, place.serviceId) : undefined;
    return this.part(wanted.serviceId)?.board?.columns[0]?.calendar;
  }

  /** Goes back to the day of a booking that stays open, and reads it. */
  async showDayOf({ place }: BookingDraft): Promise<void> {
    if (place) this.date = place.date;
    await this.load();
  }

  /** A free time of another type than the board shows: the board follows, so that what it offers fits the booking. */
  async openOtherType(cuIndex: number, start: number, duration: number | null, typeId: string): Promise<void> {
    const { serviceId, date } = this;
    if (typeId !== this.typeId) await this.chooseType(typeId, serviceId);
    // Who has gone on to another day meanwhile has left this time behind.
    if (date === this.date) this.openBooking(this.place(cuIndex, start, duration, serviceId));
  }

  /** A booking at a time that is not offered. It starts where the calendar's day does and is off until switched on. */
  openOutside(cuIndex: number): void {
    const calendar = this.calendar(cuIndex);
    const type = this.board?.columns.find((column) => column.calendar.cuIndex === cuIndex)?.vacancies;
    const duration = type?.state === "loaded" ? (type.value?.duration ?? null) : null;
    this.openBooking(this.place(cuIndex, calendar?.workingHours[0]?.start ?? 540, duration));
    if (this.beside?.kind === "booking") this.beside.draft.showOutside = true;
  }

  openAppointment(
    caseId: string,
    cuIndex: number,
    serviceId: string = this.serviceId,
    { toCancel = false }: { toCancel?: boolean } = {},
  ): void {
    if (this.busyBeside) return;
    this.#keepDraft();
    this.beside = { kind: "appointment", caseId, serviceId, cuIndex, asksToCancel: toCancel };
  }

  openCalendar(cuIndex: number, serviceId: string = this.serviceId): void {
    if (this.busyBeside) return;
    this.#keepDraft();
    this.beside = { kind: "calendar", serviceId, cuIndex };
  }

  /** A booking on its way stays in sight until its answer is there. */
  get busyBeside(): boolean {
    return this.beside?.kind === "booking" && this.beside.draft.busy;
  }

  /** Waits for a booking on its way. False where it did not go through: that has to be seen to first. */
  async sent(): Promise<boolean> {
    const { beside } = this;
    if (!this.busyBeside || beside?.kind !== "booking") return true;
    await beside.draft.sending;
    return this.beside !== beside;
  }

  /** Closes what stands beside the board; what was typed stays as the slot's draft. */
  close(): void {
    const key = this.besideKey ?? this.focusKey;
    if (this.putAside() && key) this.focus(key);
  }

  /** The same, and the keyboard stays where it is. False when nothing was closed. */
  putAside(): boolean {
    if (!this.beside || this.busyBeside) return false;
    this.#keepDraft();
    this.beside = undefined;
    return true;
  }

  discard(draft: BookingDraft): void {
    this.drafts.delete(draft.name);
    keptDrafts.drop(draft.name);
    if (this.beside?.kind === "booking" && this.beside.draft === draft) {
      const key = this.besideKey ?? this.focusKey;
      this.beside = undefined;
      if (key) this.focus(key);
    }
  }

  /** Moves an open draft to another free time with everything typed. */
  moveDraft(draft: BookingDraft, place: Place): void {
    this.drafts.delete(draft.name);
    draft.moveTo(place);
  }

  focus(key: string): void {
    this.focusKey = key;
    this.focusWish = { key };
  }

  /** What is looked at no longer counts as changed. */
  look(column?: Column): void {
    if (column) this.part(column.serviceId)?.look({ cuIndex: column.cuIndex });
    else for (const part of this.parts) part.look();
  }

  /** The thing on the board whose details stand beside it. */
  get besideKey(): string | undefined {
    const beside = this.beside;
    if (beside?.kind === "booking") {
      const { place } = beside.draft;
      return place && slotKey(place.serviceId, place.cuIndex, place.start);
    }
    if (beside?.kind === "appointment") return bookingKey(beside.caseId);
    return beside && headKey(beside.serviceId, beside.cuIndex);
  }

  #keepDraft(): void {
    const beside = this.beside;
    if (beside?.kind !== "booking") return;
    const { draft } = beside;
    if (draft.dirty) {
      this.drafts.set(draft.name, draft);
      keptDrafts.keep(draft.name, keptOf(draft, false));
    } else {
      this.drafts.delete(draft.name);
      keptDrafts.drop(draft.name);
    }
  }
}
