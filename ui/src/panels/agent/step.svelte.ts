/**
 * One write to Cubu as a machine: ready, sending, then done, told, failed or unknown. "Told" is a refusal that is news
 * (somebody else was quicker), "unknown" one whose outcome nobody here can tell. Nothing is ever sent twice by itself;
 * a second press while it is sending does nothing. What was typed stays with the form.
 */
import type { CommandError, CommandName } from "../../bindings";
import { asCommandError, call } from "../../host";
import type { Request, Response } from "../../host/host";
import { formatText } from "../../l10n/l10n.svelte";
import { IntentDraft, isWrite } from "../../state/intent";
import { proven, unsettled } from "../../state/unsettled.svelte";

export type Phase<N extends CommandName> =
  | { at: "ready" }
  | { at: "sending"; request: Request<N> }
  | { at: "done"; request: Request<N>; answer: Response<N> }
  | { at: "told" | "failed" | "unknown"; request: Request<N>; error: CommandError };

export class Step<N extends CommandName> {
  phase = $state.raw<Phase<N>>({ at: "ready" });
  readonly command: N;
  readonly intent = new IntentDraft();
  #after: ((outcome: Phase<N>) => Promise<void> | void) | undefined;
  #closed: (() => void) | undefined;

  /**
   * `after` runs once the outcome is known, whatever it is: the place to read again what the write may have changed.
   * `closed` runs when somebody closed a lost answer after a look in Cubu, here or in the list of unsettled changes.
   */
  constructor(command: N, after?: (outcome: Phase<N>) => Promise<void> | void, closed?: () => void) {
    this.command = command;
    this.#after = after;
    this.#closed = closed;
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
    this.phase = { at: "sending", request };
    let outcome: Phase<N>;
    try {
      outcome = { at: "done", request, answer: await this.#send(request) };
    } catch (problem) {
      const error = asCommandError(problem, this.command);
      // Taken back before it left: nothing happened, and the clerk knows.
      outcome = error.code === "taken_back" ? { at: "ready" } : { at: placeOf(error), request, error };
    }
    return await this.#end(outcome);
  }

  /** Sends what failed once more. Only ever called by a press of the clerk. */
  async again(): Promise<void> {
    if ("error" in this.phase) await this.run(this.phase.request);
  }

  /** Somebody has looked in Cubu: it is not there, so it is made after all. */
  async retry(): Promise<void> {
    if (this.phase.at !== "unknown") return;
    const { request } = this.phase;
    this.phase = { at: "sending", request };
    try {
      const answer = (await unsettled.retry(this.intent.id)) as Response<N>;
      this.intent.renew();
      await this.#end({ at: "done", request, answer });
    } catch (problem) {
      const error = asCommandError(problem, this.command);
      const at = error.code === "unsettled" ? "unknown" : placeOf(error);
      await this.#end({ at, request, error });
    }
  }

  /** Somebody has looked in Cubu: it is there, or not wanted any longer. */
  async drop(): Promise<void> {
    if (this.phase.at !== "unknown") return;
    const { request } = this.phase;
    const { id } = this.intent;
    try {
      await unsettled.drop(id);
    } catch (problem) {
      const error = asCommandError(problem, this.command);
      if (error.code !== "not_found") {
        this.phase = { at: "failed", request, error };
        return;
      }
    }
    // The list tells of it too; whoever heard it there may be on to the next one.
    if (this.intent.id === id) this.#close();
  }

  /** After a lost answer: takes the core's verdict, once there is one. */
  async hear(): Promise<void> {
    if (this.phase.at !== "unknown") return;
    const { request, error } = this.phase;
    const { id } = this.intent;
    const verdict = unsettled.verdictOn(id);
    if (verdict.is === "open") return;
    if (verdict.is === "closed") return this.#close();
    this.intent.renew();
    if (verdict.is === "happened") await this.#end({ at: "done", request, answer: verdict.answer as Response<N> });
    else await this.#end({ at: "failed", request, error: proven(error) });
    await unsettled.told(id);
  }

  /** Back to ready. Somebody has seen the outcome; the next press is another wish. */
  leave(): void {
    if (this.phase.at === "sending") return;
    if (this.phase.at === "unknown") this.intent.renew();
    this.phase = { at: "ready" };
  }

  #close(): void {
    this.leave();
    this.#closed?.();
  }

  #send(request: Request<N>): Promise<Response<N>> {
    const command: CommandName = this.command;
    return (isWrite(command) ? this.intent.send(command, request as never) : call(command, request)) as Promise<
      Response<N>
    >;
  }

  async #end(outcome: Phase<N>): Promise<Phase<N>> {
    this.phase = outcome;
    await this.#after?.(outcome);
    return outcome;
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
