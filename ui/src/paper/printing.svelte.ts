/**
 * What stands in the print view, which takes the place of the screens until it is closed. Nothing of it is kept: a sheet
 * shows the day as it was when it was opened.
 */
import { tick } from "svelte";
import type { DayBoard, Emptying, Papers } from "../bindings";
import { sheetsOf, type Sheet } from "./sheets";

/** Makes papers, in a language when one is asked for. */
export type MakePapers = (language?: string) => Promise<Papers>;

export type Job =
  | { kind: "days"; sheets: Sheet[] }
  | { kind: "result"; emptying: Emptying }
  | { kind: "slip"; make: MakePapers; language: string | undefined };

class Printing {
  job = $state.raw<Job | undefined>();
  #from: HTMLElement | null = null;

  days(boards: DayBoard[]): void {
    if (boards.length > 0) this.#open({ kind: "days", sheets: sheetsOf(boards) });
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
