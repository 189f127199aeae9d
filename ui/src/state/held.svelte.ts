/**
 * The changes that wait some seconds before they leave this computer, so that they can be taken back. The core keeps them
 * and counts; this reads its list while there is anything to read, so that a window that was loaded anew shows them too.
 */
import type { CommandError, HeldWrite } from "../bindings";
import { call } from "../host";
import { app } from "./app.svelte";

/** What is held is read again at this pace: often enough for a count of seconds. */
const PACE_MILLISECONDS = 250;

/** A change that waited and then did not go through. Its form is long closed, so it is told here. */
export type Fallen = { id: string; name: string; error: CommandError };

class HeldChanges {
  list = $state.raw<HeldWrite[]>([]);
  fallen = $state.raw<Fallen[]>([]);
  #names = $state.raw<Record<string, string>>({});
  #sending = 0;
  #watching = false;

  /** How long a change waits; 0 when it leaves at once. */
  get seconds(): number {
    return app.settings?.undoSeconds ?? 0;
  }

  /** Whether the ending of a case waits, so that it is drawn as leaving. */
  isLeaving(caseId: string): boolean {
    return this.list.some((write) => caseOf(write) === caseId);
  }

  /** What a case is called where it was ended; a window that was loaded anew does not know. */
  nameOf(write: HeldWrite): string | undefined {
    return this.#names[caseOf(write) ?? ""];
  }

  /** Waits for a change that is being sent, and watches the list meanwhile. */
  async follow<T>(caseId: string, name: string, sending: Promise<T>): Promise<T> {
    this.#names = { ...this.#names, [caseId]: name };
    this.#sending++;
    void this.watch();
    try {
      return await sending;
    } finally {
      this.#sending--;
      this.list = this.list.filter((write) => caseOf(write) !== caseId);
      await this.read();
    }
  }

  /** Reads the list until nothing is held any more. */
  async watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    do {
      await this.read();
      await new Promise((resume) => setTimeout(resume, PACE_MILLISECONDS));
    } while (this.#sending > 0 || this.list.length > 0);
    this.#watching = false;
  }

  /** When it can't be read, the older list stands. */
  async read(): Promise<void> {
    const list = await call("list_held", {}).catch(() => undefined);
    if (list) this.list = list;
  }

  /** True when it was in time. */
  async takeBack(write: HeldWrite): Promise<boolean> {
    const { inTime } = await call("take_back", { intentId: write.intentId });
    this.#leave(write);
    return inTime;
  }

  async sendNow(write: HeldWrite): Promise<void> {
    await call("send_now", { intentId: write.intentId });
    this.#leave(write);
  }

  /** Known by its intent: the list may have been read again meanwhile. */
  #leave({ intentId }: HeldWrite): void {
    this.list = this.list.filter((entry) => entry.intentId !== intentId);
  }

  tell(name: string, error: CommandError): void {
    this.fallen = [...this.fallen, { id: crypto.randomUUID(), name, error }];
  }

  putAway(id: string): void {
    this.fallen = this.fallen.filter((entry) => entry.id !== id);
  }

  clear(): void {
    this.list = [];
    this.fallen = [];
    this.#names = {};
  }
}

function caseOf({ request }: HeldWrite): string | undefined {
  const asked = typeof request === "object" && request !== null && !Array.isArray(request) ? request : {};
  return typeof asked.caseId === "string" ? asked.caseId : undefined;
}

export const held = new HeldChanges();
