// A disk of eight megabytes that is really full or really can't be written to, for desks that are started on it. It is mounted
// for this test alone, in a namespace of its own: as root, or as anybody where user namespaces are allowed.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

import { emptyFolder } from "./desk.ts";
import { stop } from "./programs.ts";

/** Lets the tests of small disks go by where nobody may mount one, as it does for the core's. */
export const WITHOUT = "FRONT_DESK_WITHOUT_SMALL_DISK";

const MOUNT = `mount -t tmpfs -o size=8m,mode=700 tmpfs "$0" && echo mounted && exec sleep infinity`;
const WAYS = [
  { unshare: ["--mount"], enter: ["--mount"] },
  { unshare: ["--user", "--map-root-user", "--mount"], enter: ["--user", "--preserve-credentials", "--mount"] },
];

export interface SmallDisk {
  /** Its folder, for programs that run under `under`. */
  folder: string;
  /** What a program is started with to see it. */
  under: string[];
  /** Fills it up to the last byte. */
  fill: () => void;
  /** Makes room again. */
  makeRoom: () => void;
  /** Lets nothing be written any more. Nothing may be open for writing. */
  onlyRead: () => void;
  stop: () => Promise<void>;
}

/** Mounts one; tells what to do where nobody may. */
export async function mountSmallDisk(): Promise<SmallDisk> {
  const folder = await emptyFolder();
  for (const { unshare, enter } of WAYS) {
    const keeper = spawn("unshare", [...unshare, "--", "sh", "-c", MOUNT, folder], { stdio: ["ignore", "pipe", "ignore"] });
    if (await isMounted(keeper)) return disk(folder, keeper, ["nsenter", `--target=${keeper.pid}`, ...enter, "--"]);
  }
  throw new Error(`nobody may mount a small disk here: run this as root, allow user namespaces, or set ${WITHOUT}=1 to do without`);
}

function isMounted(keeper: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    keeper.once("error", () => resolve(false));
    keeper.once("exit", () => resolve(false));
    createInterface(keeper.stdout!).once("line", (line) => resolve(line === "mounted"));
  });
}

function disk(folder: string, keeper: ChildProcess, under: string[]): SmallDisk {
  const [enter, ...words] = under;
  const filler = path.join(`/proc/${keeper.pid}/root`, folder, "filler");
  return {
    folder,
    under,
    fill: () => {
      const file = openSync(filler, "a");
      try {
        // Down to the last byte: half a page is room enough for a short file.
        for (const size of [65_536, 4_096, 1]) while (writes(file, size));
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler),
    onlyRead: () => {
      const done = spawnSync(enter!, [...words, "mount", "-o", "remount,ro", folder], { encoding: "utf8" });
      if (done.status !== 0) throw new Error(`the small disk can't be made read-only: ${done.stderr}`);
    },
    stop: async () => {
      await stop(keeper);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function writes(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size, 7)) === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return false;
    throw error;
  }
}
