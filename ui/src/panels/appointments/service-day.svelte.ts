/**
 * One service on the board: the day that is read of it, column by column, the type its free times are shown for, and what
 * changed since somebody looked. Calendars that have not moved are not read again, and a day that can't be read is shown as
 * this PC has kept it.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Calendar, DayBoard, DayColumn, KnownCalendar, LoadDay, Part } from "../../bindings";
import { asCommandError, call } from "../../host";
import { clock, Resource, type Show } from "../../state/resource.svelte";
import { changesBetween, seenCalendar, seenCase, snapshotOf, type Change, type Snapshot } from "./changes";

/** After this long without a new answer the board is amber. */
const STALE_AFTER = 120_000;
/**
 * Even what seems not to have moved is read again after this long: that every booking moves its stamp is not documented.
 * One calendar at a time and one a minute, so that the requests grow with services and not with calendars.
 */
const TRUST = 300_000;
const ONE_EVERY = 60_000;
/** Days that are shown at once when somebody comes back to them. */
const KEPT_DAYS = 16;

export class ServiceDay {
  readonly serviceId: string;
  typeId = $state("");
  /** Calendars being read again one by one. */
  rereading = $state.raw<number[]>([]);
  #date = "";
  /** Takes the columns as they come: the core reads one day at a time for it. */
  readonly #reader: string = crypto.randomUUID();
  /** When each calendar of a day was last read, by what was asked and its number. */
  #readAt = new Map<string, number>();
  #turnedAt = 0;
  #seen = new SvelteMap<string, Snapshot>();

  day = new Resource<DayBoard, LoadDay>((request, show) => this.#read(request, show), {
    keyOf: questionOf,
    staleAfter: STALE_AFTER,
    keep: KEPT_DAYS,
  });
  board: DayBoard | undefined = $derived(this.day.value);

  /** What changed since somebody looked, by calendar. */
  changes: Map<number, Change[]> = $derived.by(() => {
    const seen = this.board && this.#seen.get(this.board.date);
    return seen && this.board ? changesBetween(seen, snapshotOf(this.board)) : new Map<number, Change[]>();
  });

  constructor(serviceId: string, typeId: string) {
    this.serviceId = serviceId;
    this.typeId = typeId;
  }

  /** Reads a day; of one that is on the screen already, what moved and what was read too long ago. */
  async load(date: string, onTheWay = false): Promise<void> {
    this.#date = date;
    await this.day.load(this.#request(), { onTheWay });
  }

  /** Reads all of the day, whatever is known of it. */
  async readAll(): Promise<void> {
    this.#readAt.clear();
    if (this.#date) await this.load(this.#date);
  }

  /** Shows the free times of another type of the same day; the board stands until they are there. False when that failed. */
  async showType(typeId: string): Promise<boolean> {
    this.typeId = typeId;
    const request = this.#request();
    // What stands meanwhile may be another type's: no calendar of it has been read for this one.
    for (const key of this.#readAt.keys()) if (key.startsWith(`${questionOf(request)}|`)) this.#readAt.delete(key);
    await this.day.load(request, { meanwhile: true });
    return !this.day.error;
  }

  /** The day read anew, or undefined when that failed (the old one stays on the screen). */
  async reread(): Promise<DayBoard | undefined> {
    await this.load(this.#date);
    return this.day.error ? undefined : this.day.value;
  }

  /** Reads what moved, and now and then a calendar that has not moved for long. */
  async refresh(now: number): Promise<void> {
    if (!this.#date || this.day.pending) return;
    const read = (calendar: KnownCalendar) => this.#readAt.get(this.#keyOf(calendar.cuIndex)) ?? 0;
    const known = this.board ? knownOf(this.board).filter((calendar) => read(calendar) > 0) : [];
    const [oldest] = known.toSorted((a, b) => read(a) - read(b));
    const due = oldest && now - read(oldest) > TRUST && now - this.#turnedAt >= ONE_EVERY ? oldest : undefined;
    if (due) this.#turnedAt = now;
    await this.day.load({ ...this.#request(), known: known.filter((calendar) => calendar !== due) });
  }

  #request(): LoadDay {
    return {
      serviceId: this.serviceId,
      date: this.#date,
      ...(this.typeId && { serviceTypeId: this.typeId }),
    };
  }

  #keyOf(cuIndex: number, request: LoadDay = this.#request()): string {
    return `${questionOf(request)}|${cuIndex}`;
  }

  async #read(request: LoadDay, show: Show<DayBoard>): Promise<DayBoard> {
    const held = this.day.value;
    try {
      const board = held ? await this.#readMoved(request, held) : await this.#readAsItComes(request, show);
      if (!this.#seen.has(board.date)) this.#seen.set(board.date, snapshotOf(board));
      return board;
    } catch (problem) {
      if (asCommandError(problem, "load_day").code === "offline" && !this.day.value)
        await this.#showKept(request, show);
      throw problem;
    }
  }

  /** Column by column, in the order in which they are answered. */
  async #readAsItComes(request: LoadDay, show: Show<DayBoard>): Promise<DayBoard> {
    const { known: _, ...whole } = request;
    let board = await call("load_day", { ...whole, reader: this.#reader });
    for (let arrived = 0; board.reading;) {
      if (!show(board)) return board;
      const news = await call("more_of_day", { reader: this.#reader, after: arrived });
      if (!news && show(board)) board = await call("load_day", whole);
      if (!news) break;
      arrived += news.columns.length;
      board = { ...news, columns: withNews(board.columns, news.columns) };
    }
    this.#note(whole, board);
    return board;
  }

  async #readMoved(request: LoadDay, held: DayBoard): Promise<DayBoard> {
    const { known, ...whole } = request;
    const fresh = (calendar: KnownCalendar) =>
      clock.read() - (this.#readAt.get(this.#keyOf(calendar.cuIndex, request)) ?? 0) < TRUST;
    const trusted = known ?? knownOf(held).filter(fresh);
    const answer = await call("load_day", { ...whole, ...(trusted.length > 0 && { known: trusted }) });
    this.#note(whole, answer);
    const board = merged(answer, held);
    if (board) return board;
    const again = await call("load_day", whole);
    this.#note(whole, again);
    return again;
  }

  /** Remembers when the calendars of an answer were read. */
  #note(request: LoadDay, { columns }: DayBoard): void {
    for (const { calendar, appointments } of columns)
      if (appointments.state === "loaded") this.#readAt.set(this.#keyOf(calendar.cuIndex, request), clock.read());
  }

  /** The day as this PC has kept it, told in the present time of the unit. */
  async #showKept({ serviceId, date, serviceTypeId }: LoadDay, show: Show<DayBoard>): Promise<void> {
    const [kept, now] = await Promise.all([
      call("kept_day", { serviceId, date }).catch(() => null),
      call("get_today", { serviceId }).catch(() => undefined),
    ]);
    if (!kept) return;
    const asOf = Date.parse(kept.board.loadedAt);
    const passed = Math.floor((clock.read() - asOf) / 60_000);
    const columns = kept.board.columns.map((column): DayColumn =>
      column.vacancies.state === "loaded" && column.vacancies.value?.serviceTypeId !== (serviceTypeId ?? undefined)
        ? { ...column, vacancies: { state: "unchanged" } }
        : column,
    );
    const told = now && { ...now, nowMinute: now.nowMinute - passed };
    show({ ...kept.board, ...told, columns, reading: false }, asOf);
  }

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
    if (current?.date !== at.date || this.typeId !== typeId) return;
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
    for (const { appointments } of this.board?.columns ?? []) {
      const found = appointments.state === "loaded" && appointments.value.find((entry) => entry.caseId === caseId);
      if (found) return found;
    }
    return undefined;
  }

  /** What is on the screen has been looked at: all of it, one calendar, or one case. */
  look(at: { cuIndex?: number; caseId?: string } = {}): void {
    const board = this.board;
    if (!board) return;
    const now = snapshotOf(board);
    const seen = this.#seen.get(board.date) ?? now;
    if (at.caseId !== undefined) this.#seen.set(board.date, seenCase(seen, now, at.caseId));
    else if (at.cuIndex !== undefined) this.#seen.set(board.date, seenCalendar(seen, now, at.cuIndex));
    else this.#seen.set(board.date, now);
  }
}

function questionOf({ serviceId, date, serviceTypeId }: LoadDay): string {
  return `${serviceId}|${date}|${serviceTypeId ?? ""}`;
}

/** Columns with those that arrived in their places. */
const withNews = (columns: DayColumn[], news: DayColumn[]): DayColumn[] =>
  columns.map((column) => news.find((one) => one.calendar.cuIndex === column.calendar.cuIndex) ?? column);

/** What the core needs to tell which calendars moved; only of those that were read in whole. */
export const knownOf = (board: DayBoard): KnownCalendar[] =>
  board.columns.flatMap(({ calendar, appointments, vacancies }) =>
    calendar.calendarTimestamp !== null && appointments.state === "loaded" && vacancies.state === "loaded"
      ? {
          cuIndex: calendar.cuIndex,
          calendarTimestamp: calendar.calendarTimestamp,
          appointmentCount: calendar.stats?.appointmentCount ?? null,
          minutesBooked: calendar.stats?.minutesBooked ?? null,
        }
      : [],
  );

/** An answer with what has not moved put back in; undefined when that is no longer held. */
export function merged(answer: DayBoard, held: DayBoard): DayBoard | undefined {
  const columns: DayColumn[] = [];
  for (const column of answer.columns) {
    const before = held.columns.find((one) => one.calendar.cuIndex === column.calendar.cuIndex);
    const unchanged = column.appointments.state === "unchanged" || column.vacancies.state === "unchanged";
    if (unchanged && !before) return undefined;
    columns.push(unchanged && before ? retold(before, column.calendar) : column);
  }
  return { ...answer, columns };
}

/** A column with its calendar as it reads now; the very same one when that reads as before. */
const retold = (column: DayColumn, calendar: Calendar): DayColumn =>
  JSON.stringify(column.calendar) === JSON.stringify(calendar) ? column : { ...column, calendar };

async function part<T>(command: string, answer: Promise<T>): Promise<Part<T>> {
  try {
    return { state: "loaded", value: await answer };
  } catch (problem) {
    return { state: "failed", error: asCommandError(problem, command) };
  }
}
