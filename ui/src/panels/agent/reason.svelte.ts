/** Why an agent pauses or leaves: the form behind "Unavailable" and "Clock out". What is missing is a message id. */
import type { ClockOut, ClockOutReason, BecomeUnavailable, UnavailabilityReason } from "../../bindings";

export const LONGEST_DESCRIPTION = 200;

/** Characters as people count them, so that an emoji or a pointed letter is not counted by its bytes. */
export const lengthOf = (text: string): number => [...text].length;

export class ReasonForm<R extends UnavailabilityReason | ClockOutReason> {
  reason = $state() as R;
  description = $state("");
  taskId = $state("");
  /** Problems are shown once somebody tried to send. */
  tried = $state(false);
  #usual: R;

  constructor(usual: R) {
    this.#usual = usual;
    this.reason = usual;
  }

  length: number = $derived(lengthOf(this.description));

  get descriptionProblem(): string | undefined {
    if (this.length > LONGEST_DESCRIPTION) return "agent-reason-too-long";
    if (this.reason === "Other" && this.description.trim() === "") return "agent-reason-needed";
    return undefined;
  }

  get taskProblem(): string | undefined {
    return this.reason === "BackOfficeWork" && !this.taskId ? "agent-task-needed" : undefined;
  }

  get complete(): boolean {
    return !this.descriptionProblem && !this.taskProblem;
  }

  get words(): string | undefined {
    return this.description.trim() || undefined;
  }

  clear(): void {
    this.reason = this.#usual;
    this.description = "";
    this.taskId = "";
    this.tried = false;
  }
}

export function pauseRequest(userId: string, form: ReasonForm<UnavailabilityReason>): BecomeUnavailable {
  return {
    userId,
    unavailabilityReason: form.reason,
    ...(form.words && { unavailabilityDescription: form.words }),
    ...(form.reason === "BackOfficeWork" && { backOfficeTaskId: form.taskId }),
  };
}

export function leaveRequest(userId: string, form: ReasonForm<ClockOutReason>): ClockOut {
  return { userId, clockOutReason: form.reason, ...(form.words && { clockOutDescription: form.words }) };
}
