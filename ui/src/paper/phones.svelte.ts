/**
 * Phone numbers for a day sheet. Cubu's list of appointments has none that is documented; the customers' records have them,
 * one read each. So they are read when somebody asks for them, few at a time, and kept for this print view only.
 */
import type { CommandError } from "../bindings";
import { asCommandError, call } from "../host";
import { contactOf } from "../panels/customers/fields";
import type { Sheet } from "./sheets";

/** Reads on their way at once: fewer than the core allows, so that the board behind is not kept waiting. */
const AT_ONCE = 4;
/** Records that are read for one print at most. */
export const MOST = 500;

/** The number of each record that was read; null where it has none. */
export type Numbers = ReadonlyMap<string, string | null>;

export class PhoneNumbers {
  /** What the paper shows: it changes once a reading has ended, so that pages are not made again and again. */
  known = $state.raw<Numbers>(new Map());
  /** How far a reading is, while there is one. */
  progress = $state.raw<{ read: number; of: number } | undefined>();
  error = $state.raw<CommandError | undefined>();
  #going = 0;

  /** The records of these sheets that were not read yet. */
  lacking(sheets: Sheet[]): string[] {
    const ids = sheets.flatMap((sheet) => sheet.rows.flatMap((row) => (row.phone ? [] : (row.customerId ?? []))));
    return [...new Set(ids)].filter((id) => !this.known.has(id));
  }

  /** Reads what the sheets lack. What fails ends it; what was read until then is shown. */
  async read(sheets: Sheet[]): Promise<void> {
    if (this.progress) return;
    const going = ++this.#going;
    const ids = this.lacking(sheets).slice(0, MOST);
    const found = new Map(this.known);
    const rest = [...ids];
    this.error = undefined;
    this.progress = { read: 0, of: ids.length };
    const one = async () => {
      for (let id = rest.shift(); id !== undefined && going === this.#going && !this.error; id = rest.shift()) {
        const number = await this.#numberOf(id);
        if (number !== undefined) found.set(id, number);
        if (going === this.#going) this.progress = { read: ids.length - rest.length, of: ids.length };
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    if (going !== this.#going) return;
    this.known = found;
    this.progress = undefined;
  }

  /** Drops a reading. */
  stop(): void {
    this.#going++;
    this.progress = undefined;
  }

  async #numberOf(customerRecordId: string): Promise<string | null | undefined> {
    try {
      return contactOf(await call("get_customer", { customerRecordId }), "phone") ?? null;
    } catch (problem) {
      const error = asCommandError(problem, "get_customer");
      if (error.code === "not_found") return null;
      this.error ??= error;
      return undefined;
    }
  }
}
