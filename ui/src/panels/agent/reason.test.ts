import { describe, expect, it } from "vitest";
import type { ClockOutReason, UnavailabilityReason } from "../../bindings";
import { ReasonForm, leaveRequest, lengthOf, pauseRequest } from "./reason.svelte";
import { DANA, sampleId } from "./samples";

const pause = (reason: UnavailabilityReason, description = "", taskId = "") => {
  const form = new ReasonForm<UnavailabilityReason>("Break");
  Object.assign(form, { reason, description, taskId });
  return form;
};

describe("a reason", () => {
  it("needs words only when it is Other", () => {
    expect(pause("Break").complete).toBe(true);
    expect(pause("Other").descriptionProblem).toBe("agent-reason-needed");
    expect(pause("Other", "  ").descriptionProblem).toBe("agent-reason-needed");
    expect(pause("Other", "fire drill").complete).toBe(true);
  });

  it("takes 200 characters and not one more, whatever the script", () => {
    expect(pause("Meeting", "ש".repeat(200)).complete).toBe(true);
    expect(pause("Meeting", "ש".repeat(201)).descriptionProblem).toBe("agent-reason-too-long");
    expect(lengthOf("👋🏽")).toBe(2);
  });

  it("needs a task only for back-office work, and sends it only then", () => {
    expect(pause("BackOfficeWork").taskProblem).toBe("agent-task-needed");
    expect(pauseRequest(DANA, pause("BackOfficeWork", "", sampleId(80)))).toEqual({
      userId: DANA,
      unavailabilityReason: "BackOfficeWork",
      backOfficeTaskId: sampleId(80),
    });
    expect(pauseRequest(DANA, pause("Meeting", " team ", sampleId(80)))).toEqual({
      userId: DANA,
      unavailabilityReason: "Meeting",
      unavailabilityDescription: "team",
    });
  });

  it("goes back to the usual one when cleared", () => {
    const form = new ReasonForm<ClockOutReason>("EndOfShift");
    Object.assign(form, { reason: "Other", description: "dentist", tried: true });
    expect(leaveRequest(DANA, form)).toEqual({ userId: DANA, clockOutReason: "Other", clockOutDescription: "dentist" });
    form.clear();
    expect(leaveRequest(DANA, form)).toEqual({ userId: DANA, clockOutReason: "EndOfShift" });
    expect(form.tried).toBe(false);
  });
});
