/**
 * Looking for the earliest free times. The core asks and answers as times come in; this class keeps what came, sorted, with
 * what is looked for. One search at a time: a new one drops the older one. What is looked for stays for the run.
 */
import type {
  Catalogue,
  CommandError,
  FindCriteria,
  FoundTime,
  FoundTimes,
  MissedQuestion,
  Progress,
  SearchedService,
  SearchEnd,
} from "../../../bindings";
import { asCommandError, call } from "../../../host";
import { bookableServices, typesOf } from "../services";

export type PartOfDay = "any" | "morning" | "afternoon" | "evening";
export const PARTS: Record<PartOfDay, { fromMinute: number; toMinute: number }> = {
  any: { fromMinute: 0, toMinute: 1440 },
  morning: { fromMinute: 0, toMinute: 720 },
  afternoon: { fromMinute: 720, toMinute: 1020 },
  evening: { fromMinute: 1020, toMinute: 1440 },
};
export const PARTS_OF_DAY: PartOfDay[] = ["any", "morning", "afternoon", "evening"];
export const SPANS = [7, 14, 30, 60];
/** How many times are shown before later days are asked about. */
const ENOUGH = 60;

/** One place where the service type can be had. */
export type Offer = { serviceId: string; name: string; unit: string | undefined };
/** Times of one day. */
export type DayOfTimes = { date: string; times: FoundTime[] };

export const timeKey = (time: FoundTime): string =>
  [time.serviceId, time.date, time.cuIndex, time.startTime, time.serviceTypeId].join("|");

export class Finder {
  isOpen = $state(false);
  typeId = $state("");
  /** What the times that are there were looked for. */
  #typeLookedFor = "";
  /** Services that offer the type and are left out all the same. */
  leftOut = $state.raw<string[]>([]);
  part = $state<PartOfDay>("any");
  /** Monday is 1; none for every day. */
  weekdays = $state.raw<number[]>([]);
  userId = $state("");
  notBeforeDate = $state("");
  notBeforeTime = $state("");
  days = $state(14);

  times = $state.raw<FoundTime[]>([]);
  services = $state.raw<SearchedService[]>([]);
  progress = $state.raw<Progress | undefined>();
  missed = $state.raw<MissedQuestion[]>([]);
  ended = $state.raw<SearchEnd | null>(null);
  error = $state.raw<CommandError | undefined>();
  running = $state(false);
  /** The agents whose calendars were seen in this run, by id. */
  agents = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** The time that Enter takes. */
  chosen = $state("");
  readonly #most: number;
  /** The core has one search at a time for each of these. */
  readonly #windowId: string = crypto.randomUUID();
  #search = "";
  #cursor = 0;

  constructor(most = ENOUGH) {
    this.#most = most;
  }

  byDay: DayOfTimes[] = $derived.by(() => {
    const days: DayOfTimes[] = [];
    for (const time of this.times) {
      const last = days.at(-1);
      if (last?.date === time.date) last.times.push(time);
      else days.push({ date: time.date, times: [time] });
    }
    return days;
  });

  /** The time under the keyboard: the chosen one while it is there, else the earliest. */
  current: FoundTime | undefined = $derived(this.times.find((time) => timeKey(time) === this.chosen) ?? this.times[0]);

  service(serviceId: string): SearchedService | undefined {
    return this.services.find((service) => service.serviceId === serviceId);
  }

  criteria(catalogue: Catalogue): FindCriteria {
    const { fromMinute, toMinute } = PARTS[this.part];
    const wanted = offersOf(catalogue, this.typeId)
      .filter((offer) => !this.leftOut.includes(offer.serviceId))
      .map(({ serviceId }) => ({ serviceId, serviceTypeId: this.typeId }));
    return {
      wanted,
      days: this.days,
      most: this.#most,
      fromMinute,
      toMinute,
      weekdays: this.weekdays,
      ...(this.userId && { userIds: [this.userId] }),
      ...(this.notBeforeDate && {
        notBefore: { date: this.notBeforeDate, minute: minuteOf(this.notBeforeTime) },
      }),
    };
  }

  /** Looks anew for what is wanted now. */
  async start(catalogue: Catalogue): Promise<void> {
    const criteria = this.criteria(catalogue);
    this.#clear();
    this.#typeLookedFor = this.typeId;
    if (criteria.wanted.length === 0) return this.stop();
    const searchId: string = crypto.randomUUID();
    this.#search = searchId;
    await this.#read(searchId, call("find_times", { searchId, windowId: this.#windowId, criteria }));
  }

  /** Opens with what is wanted now: what was found for something else is no answer to it. */
  open(catalogue: Catalogue): void {
    this.isOpen = true;
    if (this.#typeLookedFor !== this.typeId) void this.start(catalogue);
  }

  /** A time was taken: what else was found is as old as that. */
  done(): void {
    this.isOpen = false;
    this.stop();
    this.#clear();
  }

  /** Asks again what failed, and looks further where enough was found. */
  async goOn(): Promise<void> {
    const searchId = this.#search;
    if (this.running || !searchId) return;
    this.ended = null;
    const more = call("continue_finding", { searchId }).then(() => this.#more(searchId));
    await this.#read(searchId, more);
  }

  stop(): void {
    const searchId = this.#search;
    this.running = false;
    if (!searchId || this.ended) return;
    this.ended = { end: "stopped" };
    this.#search = "";
    // A search that can't be stopped comes to rest by itself.
    call("stop_finding", { searchId }).catch(() => undefined);
  }

  /** Moves the choice through the times, in their order. */
  step(by: number): void {
    const at = this.times.findIndex((time) => time === this.current);
    this.#choose(Math.min(Math.max(at + by, 0), this.times.length - 1));
  }

  stepToEdge(edge: "first" | "last"): void {
    this.#choose(edge === "first" ? 0 : this.times.length - 1);
  }

  /** To the first time of the next day, or of this one or the one before. */
  stepDay(by: 1 | -1): void {
    const { current } = this;
    const at = this.byDay.findIndex((day) => day.times.some((time) => time === current));
    const day = this.byDay[Math.min(Math.max(at + by, 0), this.byDay.length - 1)];
    if (day?.times[0]) this.chosen = timeKey(day.times[0]);
  }

  #choose(index: number): void {
    const time = this.times[index];
    if (time) this.chosen = timeKey(time);
  }

  #clear(): void {
    this.times = [];
    this.services = [];
    this.progress = undefined;
    this.missed = [];
    this.ended = null;
    this.error = undefined;
    this.chosen = "";
    this.#cursor = 0;
  }

  async #read(searchId: string, first: Promise<FoundTimes>): Promise<void> {
    this.running = true;
    this.error = undefined;
    try {
      let found = await first;
      while (this.#take(searchId, found)) found = await this.#more(searchId);
    } catch (problem) {
      if (this.#search === searchId) this.error = asCommandError(problem, "find_times");
    }
    if (this.#search === searchId) this.running = false;
  }

  #more(searchId: string): Promise<FoundTimes> {
    return call("more_times", { searchId, after: this.#cursor });
  }

  /** Puts an answer away; false when it was the last one or belongs to an older search. */
  #take(searchId: string, found: FoundTimes): boolean {
    if (this.#search !== searchId) return false;
    this.#cursor = found.cursor;
    this.services = found.services;
    this.progress = found.progress;
    this.missed = found.missed;
    this.ended = found.ended;
    if (found.times.length > 0) {
      this.times = [...this.times, ...found.times].sort((a, b) => a.at - b.at || a.seat - b.seat);
      const seen = found.times.flatMap(({ user }) => (user ? [[user.userId, user.displayName ?? ""] as const] : []));
      if (seen.some(([id]) => !this.agents.has(id))) this.agents = new Map([...this.agents, ...seen]);
    }
    return found.ended === null;
  }
}

/** The services that offer a type. */
export const offersOf = (catalogue: Catalogue, typeId: string): Offer[] =>
  bookableServices(catalogue)
    .filter((service) => typesOf(catalogue, service.serviceId).some((type) => type.serviceTypeId === typeId))
    .map(({ serviceId, name, unitId }) => ({
      serviceId,
      name,
      unit: catalogue.units.find((unit) => unit.unitId === unitId)?.name,
    }));

function minuteOf(time: string): number {
  const match = /^(\d\d):(\d\d)/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : 0;
}
