// Looking for what must not be there: secrets and people's details in files, processes and answers, in every spelling in
// which a program might write them.
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, statSync } from "node:fs";
import path from "node:path";

/** What is looked for, by what it is called. */
export type Hidden = Record<string, string>;

/** The spellings of a text, as bytes. */
export function spellings(text: string): Buffer[] {
  const plain = Buffer.from(text, "utf8");
  const base64 = [0, 1, 2].flatMap((ahead) => {
    const whole = Buffer.concat([Buffer.alloc(ahead), plain]).toString("base64");
    // The letters that depend on what stands before and after are left out.
    const sure = whole.slice([0, 2, 3][ahead], Math.floor(((ahead + plain.length) * 8) / 6));
    return [sure, sure.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const inUrl = encodeURIComponent(text).replaceAll(/[!'()*~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  const all = [
    plain,
    Buffer.from(text, "utf16le"),
    Buffer.from(plain.toString("hex")),
    Buffer.from(plain.toString("hex").toUpperCase()),
    ...[encodeURIComponent(text), inUrl, inUrl.toLowerCase(), ...base64].map((spelt) => Buffer.from(spelt)),
  ];
  return [...new Map(all.map((bytes) => [bytes.toString("latin1"), bytes])).values()];
}

/** Collects places where something hidden was found. */
export class Search {
  readonly hits: string[] = [];
  /** How many places were looked at, so that nobody is content with none. */
  places = 0;
  private readonly wanted: { name: string; bytes: Buffer; held: boolean }[];

  constructor(hidden: Hidden) {
    this.wanted = Object.entries(hidden).flatMap(([name, text]) => {
      if (text.length < 6) throw new Error(`${name} is too short to be looked for`);
      const inMemory = [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")];
      return spellings(text).map((bytes) => ({ name, bytes, held: inMemory.some((one) => one.equals(bytes)) }));
    });
  }

  look(place: string, content: Buffer | string): void {
    this.places += 1;
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
    for (const { name, bytes: spelt } of this.wanted) {
      if (bytes.includes(spelt)) this.hits.push(`${name} in ${place}`);
    }
  }

  /** Every file under a folder, and what the files are called. */
  lookInto(folder: string): void {
    for (const file of filesUnder(folder)) {
      this.look(`the name of ${file}`, file);
      try {
        this.look(file, readFileSync(file));
      } catch (error) {
        // A program that still runs may have taken it away meanwhile; anything else must not go by unseen.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    }
  }

  /** Arguments and environment of processes. */
  lookAt(pids: number[]): void {
    for (const pid of pids) {
      for (const part of ["cmdline", "environ"]) {
        const file = `/proc/${pid}/${part}`;
        const content = readIfThere(file);
        if (content) this.look(`${file} of ${programOf(pid)}`, content);
      }
    }
  }

  /** What a process has written to its memory, in the two spellings in which programs hold texts. */
  lookIntoMemory(pid: number): void {
    const place = `the memory of ${programOf(pid)}`;
    const held = this.wanted.filter((wanted) => wanted.held);
    for (const piece of memoryOf(pid)) {
      this.places += 1;
      for (const { name, bytes } of held) if (piece.includes(bytes)) this.hits.push(`${name} in ${place}`);
    }
  }
}

const PAGE = 4096;
/** Pages that are read in one go, with one more, so that nothing is missed between two pieces. */
const MOST_PAGES = 4096;

/** The pages that are there. Engines of scripts reserve far more than any computer has. */
function* memoryOf(pid: number): Generator<Buffer> {
  const maps = readFileSync(`/proc/${pid}/maps`, "utf8");
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const present = openSync(`/proc/${pid}/pagemap`, "r");
  try {
    for (const line of maps.split("\n")) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (!from || !to) continue;
      const first = Number(BigInt(`0x${from}`) / BigInt(PAGE));
      const end = Number(BigInt(`0x${to}`) / BigInt(PAGE));
      for (const [start, count] of runs(present, first, end)) {
        const buffer = Buffer.alloc((count + 1) * PAGE);
        try {
          yield buffer.subarray(0, readSync(memory, buffer, 0, buffer.length, BigInt(start) * BigInt(PAGE)));
        } catch {
          // Some belong to the graphics card, or are gone by now.
        }
      }
    }
  } finally {
    closeSync(memory);
    closeSync(present);
  }
}

/** Stretches of pages that are in memory or swapped out. */
function* runs(present: number, first: number, end: number): Generator<[start: number, count: number]> {
  const buffer = Buffer.alloc(8 * 65_536);
  let start: number | undefined;
  for (let at = first; at < end; at += 65_536) {
    const wanted = Math.min(65_536, end - at);
    const got = readSync(present, buffer, 0, wanted * 8, BigInt(at) * 8n) / 8;
    for (let page = 0; page < got; page++) {
      // The two highest bits of each number.
      const there = (buffer[page * 8 + 7]! & 0xc0) !== 0;
      if (there) start ??= at + page;
      const count = start === undefined ? 0 : at + page - start + (there ? 1 : 0);
      if (start !== undefined && (!there || count >= MOST_PAGES)) {
        yield [start, count];
        start = undefined;
      }
    }
    if (got < wanted) break;
  }
  if (start !== undefined) yield [start, end - start];
}

/** Files that can be read to their end, however deep. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The program a process runs. */
export function programOf(pid: number): string {
  try {
    return path.basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return `process ${pid}`;
  }
}

/** A process with all its children and theirs. */
export function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    // The program's own name stands in brackets and may hold anything.
    const after = readIfThere(`/proc/${entry}/stat`)?.toString().split(") ").at(-1);
    if (after) parents.set(Number(entry), Number(after.split(" ")[1]));
  }
  const found = [pid];
  for (const one of found) {
    for (const [child, parent] of parents) if (parent === one && !found.includes(child)) found.push(child);
  }
  return found;
}

/** Whether a process may leave a core file. */
export function mayLeaveCore(pid: number): boolean {
  const limits = readFileSync(`/proc/${pid}/limits`, "utf8");
  return !/^Max core file size\s+0\s+0\s/m.test(limits);
}

/** Whether a folder holds anything that looks like a core file. */
export function coresIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^core(\.|$)/.test(name) && statSync(path.join(folder, name)).isFile());
}
