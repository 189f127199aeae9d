/** An unsettled change as the core would list it, for tests. */
import type { JsonValue, UnsettledState, UnsettledWrite } from "../bindings";

export const unsettledWrite = (
  command: string,
  state: UnsettledState,
  more: Partial<UnsettledWrite> = {},
  request: JsonValue = {},
): UnsettledWrite => ({
  intentId: "i1",
  command,
  request,
  askedAt: "2026-11-24T09:20:00Z",
  agent: null,
  state,
  message: { id: state === "needsEyes" ? "write-needs-eyes" : "write-is-settling", args: {} },
  hint: null,
  answer: null,
  canRetry: state === "needsEyes" || state === "didNotHappen",
  canDrop: state !== "settling",
  ...more,
});
