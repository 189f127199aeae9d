// What a command answers when it fails, for pages that are to be told so.
import type { CommandError } from "../../ui/src/bindings.ts";

/** There is no network: nothing was sent. */
export const offline = (command: string): CommandError => ({
  code: "offline",
  command,
  message: { id: "offline", args: {} },
  hint: null,
  fields: [],
  retryable: true,
  outcomeUnknown: false,
  requestId: null,
});

/** The answer was lost: whether it was done is not known. */
export const outcomeUnknown = (command: string): CommandError => ({
  ...offline(command),
  code: "outcome_unknown",
  message: { id: "outcome-unknown", args: {} },
  retryable: false,
  outcomeUnknown: true,
});
