/**
 * Something read from the core, with the states every list has: idle, loading, arriving (part of it is there), loaded, stale,
 * failed. A later answer to an earlier question is dropped. A failed reload keeps the old value and calls it stale; it never clears the screen.
 */
import type { CommandError } from "../bindings";
import { asCommandError } from "../host";

export type ResourceState = "idle" | "loading" | "arriving" | "loaded" | "stale" | "failed";

/** Shows what is there so far, as of a moment; false when another question has been asked meanwhile. */
export type Show<T> = (value: T, asOf?: number) => boolean;

export type ResourceOptions<A> = {
  /** Two questions with the same key show the same thing: the old answer stays while the new one is fetched. */
  keyOf?: (args: A) => string;
  /** After this many milliseconds a loaded value counts as stale. Never by default. */
  staleAfter?: number;
  /** How many earlier answers are kept: going back to their question shows them at once, while it is asked again. */
  keep?: number;
};

/** Who goes from one kept answer to the next presses a key more often than this. */
export const REST = 250;

export class Resource<T, A = void> {
  value = $state.raw<T | undefined>();
  error = $state.raw<CommandError | undefined>();
  loadedAt = $state<number | undefined>();
  /** A question is on its way, with or without an older value on the screen. */
  pending = $state(false);

  #load: (args: A, show: Show<T>) => Promise<T>;
  #arriving = $state(false);
  #options: ResourceOptions<A>;
  #question = 0;
  #key: string | undefined;
  #args: A | undefined;
  #kept = new Map<string, { value: T; loadedAt: number }>();

  state: ResourceState = $derived.by(() => {
    if (this.value !== undefined) {
      if (this.error) return "stale";
      if (this.#arriving) return "arriving";
      const limit = this.#options.staleAfter;
      return limit !== undefined && this.age > limit ? "stale" : "loaded";
    }
    if (this.error) return "failed";
    return this.pending ? "loading" : "idle";
  });

  constructor(load: (args: A, show: Show<T>) => Promise<T>, options: ResourceOptions<A> = {}) {
    this.#load = load;
    this.#options = options;
  }

  /** Milliseconds since the value was read, on a clock that ticks every few seconds. */
  get age(): number {
    return this.loadedAt === undefined ? 0 : Math.max(0, clock.now - this.loadedAt);
  }

  /**
   * `meanwhile`: the answer to another question stays until this one's is there. `onTheWay`: somebody may be going further, so
   * where an answer is kept, the question is asked again only if they stay for a moment.
   */
  async load(
    args: A,
    { meanwhile = false, onTheWay = false }: { meanwhile?: boolean; onTheWay?: boolean } = {},
  ): Promise<void> {
    const key = this.#options.keyOf?.(args) ?? JSON.stringify(args ?? null);
    const kept = this.#kept.get(key);
    const mayGoOn = onTheWay && kept !== undefined && key !== this.#key;
    if (key !== this.#key && (kept || !meanwhile)) {
      this.value = kept?.value;
      this.loadedAt = kept?.loadedAt;
      this.error = undefined;
    }
    this.#key = key;
    this.#args = args;
    const question = ++this.#question;
    const show: Show<T> = (value, asOf = clock.read()) => {
      if (question !== this.#question) return false;
      this.value = value;
      this.loadedAt = asOf;
      this.error = undefined;
      this.#arriving = true;
      return true;
    };
    this.#arriving = false;
    if (mayGoOn) {
      this.pending = false;
      await new Promise((resolve) => setTimeout(resolve, REST));
      if (question !== this.#question) return;
    }
    this.pending = true;
    if (this.value === undefined) this.error = undefined;
    try {
      const value = await this.#load(args, show);
      if (question !== this.#question) return;
      this.value = value;
      this.error = undefined;
      this.loadedAt = clock.read();
      this.#keep(key, value, this.loadedAt);
    } catch (problem) {
      if (question !== this.#question) return;
      this.error = asCommandError(problem, "app_state");
    } finally {
      if (question === this.#question) this.pending = this.#arriving = false;
    }
  }

  /** Asks the last question again; does nothing before the first. */
  async reload(): Promise<void> {
    if (this.#key !== undefined) await this.load(this.#args as A);
  }

  /** Puts a value there that is known by other means, such as the answer of a write. */
  put(value: T): void {
    this.#question++;
    this.value = value;
    this.error = undefined;
    this.pending = this.#arriving = false;
    this.loadedAt = clock.read();
  }

  #keep(key: string, value: T, loadedAt: number): void {
    const most = this.#options.keep ?? 0;
    if (most === 0) return;
    this.#kept.delete(key);
    this.#kept.set(key, { value, loadedAt });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= most) return;
      this.#kept.delete(oldest);
    }
  }

  clear(): void {
    this.#question++;
    this.#kept.clear();
    this.#key = undefined;
    this.#args = undefined;
    this.value = undefined;
    this.error = undefined;
    this.loadedAt = undefined;
    this.pending = this.#arriving = false;
  }
}

/** What showing a resource takes, whatever question it answers. */
export type Shown<T> = Pick<Resource<T, never>, "state" | "value" | "error" | "age" | "pending" | "reload">;

/** The one ticking clock of the screens, for ages only. */
class Clock {
  now = $state(Date.now());

  read(): number {
    this.now = Date.now();
    return this.now;
  }

  start(everyMilliseconds = 5000): () => void {
    const timer = setInterval(() => this.read(), everyMilliseconds);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
