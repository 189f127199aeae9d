/**
 * What the screens may ask of the program around them. Four methods, two implementations (the window, and desk-host for
 * an ordinary browser); nothing in the app knows which one it has. Business rules do not belong here.
 */
import type { CommandError, CommandName, Commands } from "../bindings";

export type Request<N extends CommandName> = Commands[N]["request"];
export type Response<N extends CommandName> = Commands[N]["response"];

export type FileToSave = {
  suggestedName: string;
  /** The content, or what reads it, for a host that has no file dialog of its own. */
  text: string | (() => Promise<string>);
  /** Writes the content to the chosen path, for a host that has one. */
  writeTo: (path: string) => Promise<unknown>;
};

export type Notice = { title: string; body: string };

export interface Host {
  call<N extends CommandName>(command: N, request: Request<N>): Promise<Response<N>>;
  /** True when the file was saved, false when the person changed their mind. */
  saveFile(file: FileToSave): Promise<boolean>;
  openExternal(url: string): Promise<void>;
  /**
   * Tells somebody who is looking at another window: by the entry in the task bar, and by a notification of the system with
   * these words. It may stand on a locked screen, so the words name nobody.
   */
  drawAttention(words: Notice): Promise<void>;
}

export function isCommandError(problem: unknown): problem is CommandError {
  return (
    typeof problem === "object" && problem !== null && "code" in problem && "message" in problem && "command" in problem
  );
}

/** An error of our own making in the shape that every screen can show. */
export function hostError(command: string, messageId: string, retryable: boolean): CommandError {
  return {
    code: "internal",
    command,
    message: { id: messageId, args: {} },
    hint: null,
    fields: [],
    retryable,
    outcomeUnknown: false,
    requestId: null,
  };
}

export function asCommandError(problem: unknown, command: string): CommandError {
  return isCommandError(problem) ? problem : hostError(command, "shell-program-fault", false);
}
