/**
 * The intent behind one draft of a write. The core does one intent once: the same id sent again, by a double press or
 * because the answer was lost, never makes a second booking. Whether and when to send is the form's matter.
 */
import type { CommandError, CommandName, Commands } from "../bindings";
import { asCommandError, call } from "../host";
import type { Request, Response } from "../host/host";

/** A request without members has every name for a member. */
type NamesIntent<R> = string extends keyof R ? false : "intentId" extends keyof R ? true : false;

/** The commands that change something in Cubu: those whose request may name an intent. */
export type WriteName = Exclude<
  { [N in CommandName]: NamesIntent<Commands[N]["request"]> extends true ? N : never }[CommandName],
  "retry_unsettled" | "drop_unsettled" | "take_back" | "send_now"
>;

const WRITES: Record<WriteName, true> = {
  call_again: true,
  clock_in: true,
  clock_out: true,
  occupy_workstation: true,
  resolve_case: true,
  select_current_unit: true,
  start_next_case: true,
  become_available: true,
  become_unavailable: true,
  vacate_workstation: true,
  book_appointment: true,
  cancel_appointment: true,
  queue_up: true,
  create_customer: true,
  update_customer: true,
};

export const isWrite = (command: CommandName): command is WriteName => command in WRITES;

/** An intent that was sent, as a form keeps it: the next run asks for the same wish, and not for another one like it. */
export type KeptIntent = { id: string; content: string };

export class IntentDraft {
  #id: string;
  #content: string;

  constructor({ id, content }: KeptIntent = { id: crypto.randomUUID(), content: "" }) {
    this.#id = id;
    this.#content = content;
  }

  get id(): string {
    return this.#id;
  }

  /** What the form keeps of it, once something was sent. */
  get kept(): KeptIntent | undefined {
    return this.#content ? { id: this.#id, content: this.#content } : undefined;
  }

  /** From now on it is another wish, even with the same content. */
  renew(): void {
    this.#id = crypto.randomUUID();
    this.#content = "";
  }

  /** Sends under this draft's id. A settled outcome, or other content, makes a new intent. */
  async send<N extends WriteName>(command: N, request: Request<N>): Promise<Response<N>> {
    const content = JSON.stringify([command, request]);
    if (this.#content && this.#content !== content) this.renew();
    this.#content = content;
    try {
      const answer = await call(command, { ...request, intentId: this.#id });
      this.renew();
      return answer;
    } catch (problem) {
      const error = asCommandError(problem, command);
      if (isSettled(error)) this.renew();
      // Another window has asked for the same: from now on this is about that one.
      else if (error.outcomeUnknown && error.intentId) this.#id = error.intentId;
      throw problem;
    }
  }
}

/** Whether a refusal says for certain that nothing was, or will be, made of this intent. */
export const isSettled = (error: CommandError): boolean =>
  !error.outcomeUnknown && !["unsettled", "internal", "journal_unavailable"].includes(error.code);
