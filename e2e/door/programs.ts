// Starting the workspace's programs and reading the one JSON line they open with.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");

/** Which build is driven: that of the development profile, and for figures the optimised one. */
export const build = process.env.FRONT_DESK_BUILD ?? "debug";

/** Where a program is. */
export function program(name: string): string {
  const file = path.join(target, build, name);
  if (!existsSync(file)) throw new Error(`${file} is not built; run cargo xtask test or cargo xtask demo`);
  return file;
}

export interface Running<Greeting> {
  greeting: Greeting;
  /** Everything it has said so far, to be searched for what must not be there. */
  said: () => string;
  pid: number;
  /** Makes it crash, and waits until it is gone. */
  crash: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Ends a process and waits until it is gone. */
export function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const insist = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.once("exit", () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** Aborts a process as a crash would, and waits until it is gone. */
function crash(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGABRT");
  });
}

/** Starts a program that prints one JSON object first and then serves. */
export function start<Greeting>(
  name: string,
  args: string[],
  stdin?: string,
  place: { cwd?: string; env?: NodeJS.ProcessEnv; under?: string[] } = {},
): Promise<Running<Greeting>> {
  const env = { ...process.env, ...place.env };
  const [first, ...rest] = [...(place.under ?? []), program(name), ...args];
  const child = spawn(first!, rest, { stdio: ["pipe", "pipe", "pipe"], cwd: place.cwd, env });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(stdin ?? "");
  return new Promise((resolve, reject) => {
    const lines = createInterface(child.stdout);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code} before it was ready\n${said}`)));
    lines.on("line", (line) => (said += `${line}\n`));
    lines.once("line", (line) => {
      try {
        resolve({
          greeting: JSON.parse(line) as Greeting,
          said: () => said,
          pid: child.pid!,
          crash: () => crash(child),
          stop: () => stop(child),
        });
      } catch {
        reject(new Error(`${name} opened with something else than JSON: ${line}`));
        child.kill();
      }
    });
  });
}

/** Runs a program that is expected to end by itself. */
export function finish(name: string, args: string[], stdin?: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(program(name), args, { stdio: ["pipe", "pipe", "pipe"], env: process.env });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(stdin ?? "");
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(late);
      resolve({ code, said });
    });
  });
}

/** Asks again until the answer is there (no text is none: a file that is still empty); what is missing is named when it never comes. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, within = 20_000): Promise<T> {
  const end = Date.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false && answer !== "") return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${within / 1000} s for ${what}${last instanceof Error ? `: ${last.message}` : ""}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
