/**
 * One service on the board: the day that is read of it, the type its free times are shown for, and what changed since
 * somebody looked. Calendars that have not moved are not read again.
 */
import { SvelteMap } from "svelte/reactivity";
import type { DayBoard, DayColumn, KnownCalendar, LoadDay, Part } from "../../bindings";
import { asCommandError, call } from "../../host";
import { Resource } from "../../state/resource.svelte";
import { changesBetween, seenCalendar, seenCase, snapshotOf, type Change, type Snapshot } from "./changes";

/** After this long without a new answer the board is amber. */
const STALE_AFTER = 120_000;
/** Even what seems not to have moved is read again after this long: that every booking moves its stamp is not documented. */
const TRUST = 300_000;
/** Days that are shown at once when somebody comes back to them. */
const KEPT_DAYS = 16;

export class ServiceDay {
  readonly serviceId: string;
  typeId = $state("");
  /** Calendars being read again one by one. */
  rereading = $state.raw<number[]>([]);
  #date = "";
  #readInFull = 0;
  #seen = new SvelteMap<string, Snapshot>();

  day = new Resource<DayBoard, LoadDay>((request) => this.#read(request), {
    keyOf: ({ serviceId, date, serviceTypeId }) => `${serviceId}|${date}|${serviceTypeId ?? ""}`,
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

  /** Reads the whole day. */
  async load(date: string): Promise<void> {
    this.#date = date;
    await this.day.load(this.#request());
  }

  /** The day read anew, or undefined when that failed (the old one stays on the screen). */
  async reread(): Promise<DayBoard | undefined> {
    await this.load(this.#date);
    return this.day.error ? undefined : this.day.value;
  }

  /** Reads what moved, and everything from time to time. */
  async refresh(now: number): Promise<void> {
    if (!this.#date || this.day.pending) return;
    const known = this.board && now - this.#readInFull < TRUST ? knownOf(this.board) : [];
    await this.day.load({ ...this.#request(), ...(known.length > 0 && { known }) });
  }

  #request(): LoadDay {
    return {
      serviceId: this.serviceId,
      date: this.#date,
      ...(this.typeId && { serviceTypeId: this.typeId }),
    };
  }

  async #read(request: LoadDay): Promise<DayBoard> {
    const held = this.day.value;
    const answer = await call("load_day", request);
    let board = held && request.known ? merged(answer, held) : answer;
    if (!board) {
      const { known: _, ...whole } = request;
      board = await call("load_day", whole);
    }
    if (!request.known) this.#readInFull = Date.parse(board.loadedAt);
    if (!this.#seen.has(board.date)) this.#seen.set(board.date, snapshotOf(board));
    return board;
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
    columns.push(unchanged && before ? { ...before, calendar: column.calendar } : column);
  }
  return { ...answer, columns };
}

async function part<T>(command: string, answer: Promise<T>): Promise<Part<T>> {
  try {
    return { state: "loaded", value: await answer };
  } catch (problem) {
    return { state: "failed", error: asCommandError(problem, command) };
  }
}
