/**
 * What stands in the print view, which takes the place of the screens until it is closed. Nothing of it is kept: a sheet
 * shows the day as it was when its reading ended, or as it was read before.
 */
import { tick } from "svelte";
import type { CommandError, DayBoard, Emptying, Papers } from "../bindings";

/** A day as far as it could be read, once its reading has ended. */
export type DayRead = {
  boards: DayBoard[];
  /** The names of services of which nothing could be read, and why. */
  unread: string[];
  error: CommandError | undefined;
};

/** Makes papers, in a language when one is asked for. */
export type MakePapers = (language?: string) => Promise<Papers>;

export type Job =
  | { kind: "days"; read: () => Promise<DayRead> }
  | { kind: "result"; emptying: Emptying }
  | { kind: "slip"; make: MakePapers; language: string | undefined };

class Printing {
  job = $state.raw<Job | undefined>();
  #from: HTMLElement | null = null;

  /** Day sheets are made once all of the day is read: a calendar that is still to come would be missing without a word. */
  days(read: () => Promise<DayRead>): void {
    this.#open({ kind: "days", read });
  }

  slip(make: MakePapers, language?: string): void {
    this.#open({ kind: "slip", make, language });
  }

  /** How a calendar that was emptied came out. */
  result(emptying: Emptying): void {
    this.#open({ kind: "result", emptying });
  }

  #open(job: Job): void {
    if (!this.job) this.#from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.job = job;
  }

  /** Back to the screens, with the keyboard where it was. */
  async close(): Promise<void> {
    this.job = undefined;
    await tick();
    if (this.#from?.isConnected) this.#from.focus({ preventScroll: true });
    this.#from = null;
  }
}

export const printing = new Printing();
