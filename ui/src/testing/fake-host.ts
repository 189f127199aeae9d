/** A host made of plain functions, for tests of screens. A command without an answer fails the test by its name. */
import type { CommandError, CommandName, Commands, ErrorCode } from "../bindings";
import { useHost } from "../host";
import type { Notice } from "../host/host";
import { isWrite, type WriteName } from "../state/intent";

type Answers = {
  [N in CommandName]?: (request: Commands[N]["request"]) => Commands[N]["response"] | Promise<Commands[N]["response"]>;
};

export type FakeHost = {
  answers: Answers;
  opened: string[];
  /** What the window called for attention with. */
  notices: Notice[];
  saved: { name: string; text: string }[];
  /** The requests of one command, in order. */
  sent<N extends CommandName>(command: N): Commands[N]["request"][];
  /** The intents that its requests named, in order; `sent` leaves them out. */
  intents(command: WriteName): string[];
};

export function fakeHost(answers: Answers = {}): FakeHost {
  const calls: { command: string; request: unknown; intentId?: string }[] = [];
  const fake: FakeHost = {
    answers,
    opened: [],
    notices: [],
    saved: [],
    sent: (command) => calls.filter((entry) => entry.command === command).map((entry) => entry.request as never),
    intents: (command) =>
      calls.flatMap((entry) => (entry.command === command && entry.intentId ? [entry.intentId] : [])),
  };
  useHost({
    async call(command, request) {
      if (isWrite(command)) {
        const { intentId, ...plain } = request as Commands[WriteName]["request"];
        calls.push({ command, request: plain, ...(intentId && { intentId }) });
      } else if (command === "load_day") {
        // Who takes the columns is made up anew each time.
        const { reader: _, ...plain } = request as Commands["load_day"]["request"];
        calls.push({ command, request: plain });
      } else calls.push({ command, request });
      const answer = fake.answers[command] as ((request: unknown) => never) | undefined;
      if (!answer) throw new Error(`the test gives no answer to ${command}`);
      return await answer(request);
    },
    async saveFile({ suggestedName, text }) {
      fake.saved.push({ name: suggestedName, text: typeof text === "string" ? text : await text() });
      return true;
    },
    async drawAttention(words) {
      fake.notices.push(words);
    },
    async openExternal(url) {
      fake.opened.push(url);
    },
  });
  return fake;
}

/** A CommandError as the core would send it. */
export function refusal(command: CommandName, code: ErrorCode, more: Partial<CommandError> = {}): CommandError {
  return {
    code,
    command,
    message: { id: "error-headline", args: {} },
    hint: null,
    fields: [],
    retryable: false,
    outcomeUnknown: false,
    requestId: null,
    ...more,
  };
}
