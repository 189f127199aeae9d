/**
 * Watches for an earlier time. The core makes the rounds and remembers; this asks it to at a calm pace, keeps what it told,
 * and draws attention to the window once for each time that became free.
 */
import type { CommandError, FreedTime, StartWatch, Watch } from "../bindings";
import { asCommandError, call, drawAttention } from "../host";
import { t } from "../l10n/l10n.svelte";
import type { Pace } from "./poll";

/** A round costs one call for each watched day that is due: a minute is soon enough, and less will do while nobody works. */
export const WATCH_PACE: Pace = { active: 60_000, idle: 240_000, restAfter: 90_000 };
/** Coming back to the window does not ask again what was asked just now. */
const REST_MILLISECONDS = 10_000;

export const freedKey = ({ serviceId, date, cuIndex, startTime, serviceTypeId }: FreedTime): string =>
  [serviceId, date, cuIndex, startTime, serviceTypeId].join("|");

class Watches {
  list = $state.raw<Watch[]>([]);
  trouble = $state.raw<CommandError | undefined>();
  checking = $state(false);
  #asked = 0;
  #checkedAt = 0;
  #told = new Set<string>();

  /** Those that go on. */
  underWay: Watch[] = $derived(this.list.filter((watch) => watch.end === null));
  /** Those with times that nobody has put away. */
  news: Watch[] = $derived(this.list.filter((watch) => watch.hits.length > 0));

  of(caseId: string): Watch | undefined {
    return this.underWay.find((watch) => watch.appointment?.caseId === caseId);
  }

  /** What the core has; should it not be readable, the older list stands. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    const list = await call("list_watches", {}).catch(() => undefined);
    if (list && asked === this.#asked) this.#take(list);
  }

  /** Makes a round, unless one was made just now. */
  async check(atOnce = false): Promise<void> {
    if (this.checking || this.underWay.length === 0) return;
    if (!atOnce && Date.now() - this.#checkedAt < REST_MILLISECONDS) return;
    this.checking = true;
    const asked = ++this.#asked;
    try {
      const { watches, trouble } = await call("check_watches", {});
      if (asked === this.#asked) this.#take(watches);
      this.trouble = trouble ?? undefined;
    } catch (problem) {
      this.trouble = asCommandError(problem, "check_watches");
    } finally {
      this.#checkedAt = Date.now();
      this.checking = false;
    }
  }

  async start(request: StartWatch): Promise<void> {
    const { watches, trouble } = await call("start_watch", request);
    this.#answered(watches);
    this.trouble = trouble ?? undefined;
  }

  async putAway(watchId: string): Promise<void> {
    this.#answered(await call("put_away_freed", { watchId }));
  }

  async end(watchId: string): Promise<void> {
    this.#answered(await call("end_watch", { watchId }));
  }

  clear(): void {
    this.#asked++;
    this.list = [];
    this.trouble = undefined;
    this.#told.clear();
  }

  #answered(list: Watch[]): void {
    this.#asked++;
    this.#take(list);
  }

  #take(list: Watch[]): void {
    const keys = list.flatMap((watch) => watch.hits.map((hit) => `${watch.watchId}|${freedKey(hit)}`));
    if (keys.some((key) => !this.#told.has(key))) void drawAttention(notice()).catch(() => undefined);
    this.#told = new Set(keys);
    this.list = list;
  }
}

const notice = () => ({ title: t("watches-notice"), body: t("watches-notice-text") });

export const watches = new Watches();
