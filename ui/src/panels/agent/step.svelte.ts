/**
 * One write to Cubu as a machine: ready, sending, then done, told, failed or unknown. "Told" is a refusal that is news
 * (somebody else was quicker), "unknown" one whose outcome nobody here can tell. Nothing is ever sent twice by itself;
 * a second press while it is sending does nothing. What was typed stays with the form.
 */
import type { CommandError, CommandName } from "../../bindings";
import { asCommandError, call } from "../../host";
import type { Request, Response } from "../../host/host";
import { formatText } from "../../l10n/l10n.svelte";
import { app } from "../../state/app.svelte";

export type Phase<N extends CommandName> =
  | { at: "ready" }
  | { at: "sending"; request: Request<N> }
  | { at: "done"; request: Request<N>; answer: Response<N> }
  | { at: "told" | "failed" | "unknown"; request: Request<N>; error: CommandError };

export class Step<N extends CommandName> {
  phase = $state.raw<Phase<N>>({ at: "ready" });
  readonly command: N;
  #after: ((outcome: Phase<N>) => Promise<void> | void) | undefined;

  /** `after` runs once the outcome is known, whatever it is: the place to read again what the write may have changed. */
  constructor(command: N, after?: (outcome: Phase<N>) => Promise<void> | void) {
    this.command = command;
    this.#after = after;
  }

  get sending(): boolean {
    return this.phase.at === "sending";
  }

  get error(): CommandError | undefined {
    return "error" in this.phase ? this.phase.error : undefined;
  }

  /** The answer, while this write is the last one and went through. */
  get answer(): Response<N> | undefined {
    return this.phase.at === "done" ? this.phase.answer : undefined;
  }

  async run(request: Request<N>): Promise<Phase<N>> {
    if (this.phase.at === "sending") return this.phase;
    this.leave();
    this.phase = { at: "sending", request };
    let outcome: Phase<N>;
    try {
      outcome = { at: "done", request, answer: await call(this.command, request) };
    } catch (problem) {
      const error = asCommandError(problem, this.command);
      outcome = { at: placeOf(error), request, error };
    }
    this.phase = outcome;
    await this.#after?.(outcome);
    return outcome;
  }

  /** Sends what failed once more. Only ever called by a press of the clerk. */
  async again(): Promise<void> {
    if ("error" in this.phase) await this.run(this.phase.request);
  }

  /** Back to ready. Somebody has seen the outcome, so the status bar need not ask about it any longer. */
  leave(): void {
    if (this.phase.at === "sending") return;
    const error = this.error;
    const open = error && app.unsettled.find((entry) => entry.error === error);
    if (open) app.settle(open.id);
    this.phase = { at: "ready" };
  }

  /** The message for one form field, if the core refused it. */
  fieldError(field: string): string | undefined {
    const refused = this.error?.fields.find((entry) => entry.field === field);
    return refused && formatText(refused.message);
  }
}

function placeOf(error: CommandError): "told" | "failed" | "unknown" {
  if (error.outcomeUnknown) return "unknown";
  return error.code === "conflict" ? "told" : "failed";
}
