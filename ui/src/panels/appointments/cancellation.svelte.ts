/** Cancelling one appointment: sent once, told apart from "already cancelled"; a lost answer is settled by the core. */
import type { CancelAppointment, CommandError } from "../../bindings";
import { asCommandError } from "../../host";
import { IntentDraft } from "../../state/intent";
import { unsettled } from "../../state/unsettled.svelte";
import type { Reread } from "./draft.svelte";

export type CancelVerdict = "cancelled" | "alreadyCancelled" | "stillThere";

export class Cancellation {
  phase = $state<"asking" | "sending" | "unknown" | "looking" | "stillThere">("asking");
  error = $state.raw<CommandError | undefined>();
  readonly request: CancelAppointment;
  readonly intent = new IntentDraft();

  constructor(request: CancelAppointment) {
    this.request = request;
  }

  get busy(): boolean {
    return this.phase === "sending" || this.phase === "looking";
  }

  /** What is noted beside it stays on this computer. */
  async send(note = ""): Promise<CancelVerdict | undefined> {
    if (this.busy || this.phase === "unknown") return undefined;
    this.phase = "sending";
    this.error = undefined;
    try {
      const { outcome } = await this.intent.send("cancel_appointment", {
        ...this.request,
        ...(note && { note }),
      });
      this.phase = "asking";
      return outcome;
    } catch (problem) {
      const error = asCommandError(problem, "cancel_appointment");
      this.phase = error.outcomeUnknown ? "unknown" : "asking";
      if (error.code !== "taken_back") this.error = error;
      return undefined;
    }
  }

  /** After a lost answer: reads the day for whoever looks at it, and asks the core what became of the cancelling. */
  async look(reread: Reread): Promise<CancelVerdict | undefined> {
    if (this.phase !== "unknown") return undefined;
    this.phase = "looking";
    await Promise.all([unsettled.ask(this.intent.id), reread()]);
    this.phase = "unknown";
    return await this.hear();
  }

  /** After a lost answer: takes the core's verdict, once there is one. */
  async hear(): Promise<CancelVerdict | undefined> {
    const { id } = this.intent;
    const verdict = unsettled.verdictOn(id);
    if (this.phase !== "unknown" || verdict.is === "open") return undefined;
    if (verdict.is !== "closed") this.intent.renew();
    this.phase = verdict.is === "didNotHappen" ? "stillThere" : "asking";
    this.error = undefined;
    await unsettled.told(id);
    if (verdict.is === "closed") return undefined;
    return verdict.is === "happened" ? "cancelled" : "stillThere";
  }
}
