/** Cancelling one appointment: sent once, told apart from "already cancelled", and looked up when the answer was lost. */
import type { CancelAppointment, CommandError, DayBoard } from "../../bindings";
import { asCommandError, call } from "../../host";
import type { Reread } from "./draft.svelte";

export type CancelVerdict = "cancelled" | "alreadyCancelled" | "stillThere";

export class Cancellation {
  phase = $state<"asking" | "sending" | "unknown" | "looking" | "stillThere">("asking");
  error = $state.raw<CommandError | undefined>();
  readonly request: CancelAppointment;

  constructor(request: CancelAppointment) {
    this.request = request;
  }

  get busy(): boolean {
    return this.phase === "sending" || this.phase === "looking";
  }

  async send(): Promise<CancelVerdict | undefined> {
    if (this.busy || this.phase === "unknown") return undefined;
    this.phase = "sending";
    this.error = undefined;
    try {
      const { outcome } = await call("cancel_appointment", this.request);
      this.phase = "asking";
      return outcome;
    } catch (problem) {
      this.error = asCommandError(problem, "cancel_appointment");
      this.phase = this.error.outcomeUnknown ? "unknown" : "asking";
      return undefined;
    }
  }

  async look(reread: Reread): Promise<CancelVerdict | undefined> {
    if (this.phase !== "unknown") return undefined;
    this.phase = "looking";
    const there = stillThere(await reread(), this.request);
    if (there === null) {
      this.phase = "unknown";
      return undefined;
    }
    this.phase = there ? "stillThere" : "asking";
    return there ? "stillThere" : "cancelled";
  }
}

function stillThere(board: DayBoard | undefined, { cuIndex, caseId }: CancelAppointment): boolean | null {
  const part = board?.columns.find((column) => column.calendar.cuIndex === cuIndex)?.appointments;
  if (part?.state !== "loaded") return null;
  const found = part.value.find((appointment) => appointment.caseId === caseId);
  return found !== undefined && !/cancel/i.test(found.status ?? "");
}
