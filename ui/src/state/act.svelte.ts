/**
 * One write on its way: busy, done or failed. While it is busy a second press does nothing, so a double click sends once.
 * What was typed stays with the form; this class only remembers how the sending went.
 */
import type { CommandError } from "../bindings";
import { asCommandError } from "../host";
import { formatText } from "../l10n/l10n.svelte";

export class Act<A = void, T = unknown> {
  busy = $state(false);
  error = $state.raw<CommandError | undefined>();
  #send: (args: A) => Promise<T>;

  constructor(send: (args: A) => Promise<T>) {
    this.#send = send;
  }

  /** True when it went through. Never throws: the error is in `error`. */
  async run(args: A): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = undefined;
    try {
      await this.#send(args);
      return true;
    } catch (problem) {
      this.error = asCommandError(problem, "app_state");
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The message for one form field, if the core refused it. */
  fieldError(field: string): string | undefined {
    const refused = this.error?.fields.find((entry) => entry.field === field);
    return refused && formatText(refused.message);
  }

  clear(): void {
    this.error = undefined;
  }
}
