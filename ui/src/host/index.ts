/**
 * The host in use, chosen once at start, and `call`, the one way to reach the core. Listeners hear of every settled call
 * (the status bar shows the age of the last answer and the writes whose outcome is not known).
 */
import type { CommandError, CommandName } from "../bindings";
import { asCommandError, type FileToSave, type Host, type Notice, type Request, type Response } from "./host";

export type Settled = { command: CommandName; error: CommandError | null };

let host: Host | undefined;
const listeners = new Set<(settled: Settled) => void>();

export async function chooseHost(): Promise<void> {
  if ("__TAURI_INTERNALS__" in window) host = (await import("./tauri")).tauriHost;
  else host = (await import("./http")).httpHost();
}

/** For tests: a host made of plain functions. */
export function useHost(other: Host): void {
  host = other;
}

function current(): Host {
  if (!host) throw new Error("no host was chosen");
  return host;
}

export async function call<N extends CommandName>(command: N, request: Request<N>): Promise<Response<N>> {
  try {
    const response = await current().call(command, request);
    for (const listener of listeners) listener({ command, error: null });
    return response;
  } catch (problem) {
    const error = asCommandError(problem, command);
    for (const listener of listeners) listener({ command, error });
    throw error;
  }
}

export function onSettled(listener: (settled: Settled) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const saveFile = (file: FileToSave) => current().saveFile(file);
export const drawAttention = (words: Notice) => current().drawAttention(words);
export const openExternal = (url: string) => current().openExternal(url);
export { asCommandError, isCommandError } from "./host";
