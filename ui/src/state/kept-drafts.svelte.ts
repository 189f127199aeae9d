/**
 * Forms that outlive a crash: what is typed is kept by the core, encrypted, and given back to its form at the next start.
 * Nobody waits for it. While the journal is locked it waits in memory, and goes over once somebody has opened it.
 */
import { untrack } from "svelte";
import type { JsonValue, KeptDraft } from "../bindings";
import { call } from "../host";

/** How long the first key that is not kept yet waits for others. Leaving or hiding the page ends the wait. */
const REST = 300;

class KeptDrafts {
  /** What was kept and no form has taken yet. */
  left = $state.raw<KeptDraft[]>([]);
  /** What is to be written, or let go of, by name. */
  #waiting = new Map<string, string | undefined>();
  #written = new Map<string, string>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;
  /** What is being written: its name and its text. */
  #underWay: [string, string | undefined] | undefined;
  /** What was sent without waiting for a turn. */
  #hurried: Promise<unknown>[] = [];

  /** Another organisation has drafts of its own. */
  clear(): void {
    clearTimeout(this.#rest);
    this.#waiting.clear();
    this.#written.clear();
    this.left = [];
  }

  async read(): Promise<void> {
    try {
      const left = await call("list_drafts", {});
      this.left = left.filter(({ name }) => !this.#waiting.has(name) && !this.#written.has(name));
    } catch {
      // Locked, most likely: it is read again once somebody has opened it.
    }
    if (this.#waiting.size > 0) await this.flush();
  }

  /** Hands a draft to its form, once. */
  take(name: string): KeptDraft | undefined {
    const found = this.left.find((draft) => draft.name === name);
    if (!found) return undefined;
    this.left = this.left.filter((draft) => draft !== found);
    this.#written.set(name, JSON.stringify(found.content));
    return found;
  }

  /** For the effect of a form: keeps what stands in it, or lets go of it. What the last run left waits to be taken. */
  follow(name: string, content: JsonValue | undefined): void {
    untrack(() => {
      if (content !== undefined) this.keep(name, content);
      else if (!this.left.some((draft) => draft.name === name)) this.drop(name);
    });
  }

  /** Keeps what stands in a form, soon. */
  keep(name: string, content: JsonValue): void {
    const text = JSON.stringify(content);
    if (text === (this.#waiting.has(name) ? this.#waiting.get(name) : this.#written.get(name))) return;
    this.left = this.left.filter((draft) => draft.name !== name);
    this.#wait(name, text);
  }

  /** What stood in a form is sent, or not wanted any longer. */
  drop(name: string): void {
    const left = this.left.some((draft) => draft.name === name);
    if (!left && !this.#written.has(name) && !this.#waiting.has(name)) return;
    this.left = this.left.filter((draft) => draft.name !== name);
    this.#wait(name, undefined);
  }

  /** Writes what waits, now. One form after another: what is typed meanwhile comes last. */
  flush(): Promise<void> {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  /**
   * Sends what waits as the page goes, which lives to see no answer: the core takes it in the order in which it comes. Where
   * the page stays after all, it is written once more in its turn, so that the last text stands whatever came when.
   */
  leave(): void {
    void this.flush();
    const [name, text] = this.#underWay ?? [];
    const left = [...this.#waiting].filter((entry) => entry[0] !== name || entry[1] !== text);
    this.#hurried.push(...left.map((entry) => send(...entry).catch(() => undefined)));
  }

  /** Keeps at once what a page leaves behind. Returns how to stop. */
  watch(): () => void {
    const flush = () => void this.flush();
    const leave = () => this.leave();
    window.addEventListener("blur", flush);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("blur", flush);
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", flush);
    };
  }

  #wait(name: string, text: string | undefined): void {
    this.#waiting.set(name, text);
    this.#rest ??= setTimeout(() => void this.flush(), REST);
  }

  async #write(): Promise<void> {
    const refused = new Set<string>();
    for (;;) {
      const next = [...this.#waiting].find(([name]) => !refused.has(name));
      if (!next) return;
      const [name, text] = next;
      this.#underWay = next;
      try {
        await send(name, text);
      } catch {
        // It stays in its form, and waits for the next time.
        refused.add(name);
        continue;
      } finally {
        this.#underWay = undefined;
        while (this.#hurried.length > 0) await Promise.all(this.#hurried.splice(0));
      }
      if (text === undefined) this.#written.delete(name);
      else this.#written.set(name, text);
      if (this.#waiting.get(name) === text) this.#waiting.delete(name);
    }
  }
}

async function send(name: string, text: string | undefined): Promise<void> {
  if (text === undefined) await call("drop_draft", { name });
  else await call("keep_draft", { name, content: JSON.parse(text) as JsonValue });
}

export const keptDrafts = new KeptDrafts();
