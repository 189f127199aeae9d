/**
 * The changes that the core has not settled, or settled when nobody listened: the list, what it says about one intent,
 * and the two acts on it. The core alone judges what became of a change; a form that lost its answer asks here.
 */
import type { CommandError, JsonValue, UnsettledWrite } from "../bindings";
import { call } from "../host";

export type Verdict =
  { is: "open" } | { is: "happened"; answer: JsonValue } | { is: "didNotHappen" } | { is: "closed" };

const OPEN: Verdict = { is: "open" };
const CLOSED: Verdict = { is: "closed" };

class Unsettled {
  list = $state.raw<UnsettledWrite[]>([]);
  /** The dialog with the list is open. */
  shown = $state(false);
  #ended = $state.raw<Record<string, Verdict>>({});
  #asked = 0;

  /** Those whose outcome is not known. */
  open: UnsettledWrite[] = $derived(
    this.list.filter((write) => write.state === "settling" || write.state === "needsEyes"),
  );
  /** Those that somebody has to look at: nothing more happens by itself. */
  waiting: UnsettledWrite[] = $derived(this.list.filter((write) => write.state !== "settling"));

  get settling(): boolean {
    return this.list.some((write) => write.state === "settling");
  }

  /** True when it could be read. Otherwise the older list stands: an unsettled change is never taken off unread. */
  async read(): Promise<boolean> {
    const asked = ++this.#asked;
    try {
      const list = await call("list_unsettled", {});
      if (asked === this.#asked) this.#take(list);
      return true;
    } catch {
      return false;
    }
  }

  /** Asks the core about one intent. One that it does not list was told elsewhere; it still knows its id. */
  async ask(intentId: string): Promise<void> {
    const read = await this.read();
    const known = this.#ended[intentId] ?? this.list.find((write) => write.intentId === intentId);
    if (read && !known) this.#end(intentId, CLOSED);
  }

  /** What became of an intent, as far as the core has found out. "closed": it left the list elsewhere. */
  verdictOn(intentId: string): Verdict {
    const listed = this.list.find((write) => write.intentId === intentId);
    return listed ? verdictOf(listed) : (this.#ended[intentId] ?? OPEN);
  }

  /** Makes it again; throws what the core says when that fails. */
  async retry(intentId: string): Promise<JsonValue> {
    try {
      const { answer } = await call("retry_unsettled", { intentId });
      this.#end(intentId, { is: "happened", answer });
      this.list = this.list.filter((write) => write.intentId !== intentId);
      return answer;
    } finally {
      await this.read();
    }
  }

  /** Closes it; throws what the core says when that fails. */
  async drop(intentId: string): Promise<void> {
    const verdict = this.verdictOn(intentId);
    const list = await call("drop_unsettled", { intentId });
    this.#end(intentId, verdict.is === "open" ? CLOSED : verdict);
    this.#asked++;
    this.#take(list);
  }

  /** A form has shown the outcome, so nobody else need be told. Should this fail, it stays listed. */
  async told(intentId: string): Promise<void> {
    if (this.list.some((write) => write.intentId === intentId)) await this.drop(intentId).catch(() => undefined);
  }

  clear(): void {
    this.#asked++;
    this.list = [];
    this.#ended = {};
    this.shown = false;
  }

  #take(list: UnsettledWrite[]): void {
    const left = new Set(list.map((write) => write.intentId));
    for (const { intentId } of this.list)
      if (!left.has(intentId) && !this.#ended[intentId]) this.#end(intentId, CLOSED);
    this.list = list;
    if (list.length === 0) this.shown = false;
  }

  #end(intentId: string, verdict: Verdict): void {
    this.#ended = { ...this.#ended, [intentId]: verdict };
  }
}

function verdictOf({ state, answer }: UnsettledWrite): Verdict {
  if (state === "happened") return { is: "happened", answer };
  return state === "didNotHappen" ? { is: "didNotHappen" } : OPEN;
}

/** A lost answer, once it is proven that nothing was made. */
export const proven = (error: CommandError): CommandError => ({
  ...error,
  code: "did_not_happen",
  message: { id: "did-not-happen", args: {} },
  hint: { id: "hint-did-not-happen", args: {} },
  outcomeUnknown: false,
  retryable: true,
});

export const unsettled = new Unsettled();
