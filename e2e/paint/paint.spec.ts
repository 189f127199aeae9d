// How long it takes in the real window from a key to the picture it makes: on the board's arrows, on Tab, and on the keys that
// change the day, with Cubu 150 ms away. Every time it took is written down for `cargo xtask bench board`; nothing is judged
// here but that there was something to measure.
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { connect, startDesk } from "../door/desk.ts";
import { program, stop, target, until } from "../door/programs.ts";
import { startSimulator, type Simulator } from "../door/simulator.ts";
import { startDesktop, secretsInKeyring, type Desktop } from "../window/desktop.ts";
import { keys, type WebDriver } from "../window/webdriver.ts";
import { startCrowd, type Crowd } from "./crowd.ts";

const PRESSES = 60;
const BOARDS = [10, 30];
const LATENCY = ["--latency-ms", "150"];
/** So many days are read, then gone through again. */
const DAYS = 3;

let simulator: Simulator;
let crowd: Crowd;
let desktop: Desktop;
let window: WebDriver;

beforeAll(async () => {
  simulator = await startSimulator(LATENCY);
  crowd = await startCrowd(simulator.connection.baseUrl, BOARDS[0]!);
  desktop = await startDesktop();
  const folder = path.join(desktop.home, "desk");
  const profile = path.join(desktop.home, "crowd.json");
  const connection = { ...simulator.connection, baseUrl: crowd.baseUrl };
  const desk = await startDesk();
  await connect(desk, { ...simulator, connection });
  const [first] = (await desk.call("app_state", {})).profiles;
  await writeFile(profile, (await desk.call("export_profile", { profileId: first!.id })).json);
  await desk.stop();
  const setUp = spawn(program("front-desk"), ["--data-dir", folder, "--import-profile", profile, "--secret-stdin"], {
    env: desktop.env,
    stdio: ["pipe", "ignore", "inherit"],
  });
  setUp.stdin?.end(`${connection.clientSecret}\n`);
  await until("the desk to be set up", async () =>
    secretsInKeyring(desktop.env).includes(connection.clientSecret) &&
    (await readFile(path.join(folder, "desk.json"), "utf8")).includes("activeProfile"),
  );
  await stop(setUp);
  window = await desktop.open(["--data-dir", folder]);
  await window.resize(1366, 768);
  await (await window.find("button", /^Appointments/)).click();
  await (await window.find("combobox", "Service")).choose(/^Licences by appointment$/);
});

afterAll(async () => {
  await desktop?.close();
  await crowd?.stop();
  await simulator?.stop();
});

/** Does something in the first task after a frame. With one channel: a page gets slower by each that it ever had. */
const AFTER_FRAME = `
  window.afterFrame ??= (() => {
    const { port1, port2 } = new MessageChannel();
    const waiting = [];
    port1.onmessage = () => waiting.shift()();
    return (then) => {
      waiting.push(then);
      port2.postMessage(null);
    };
  })();`;

/** From the key itself to the first task after the frame that it changed. */
const WATCH = `${AFTER_FRAME}
  window.painted = [];
  window.watching ??= addEventListener("keydown", (event) => {
    const pressed = Math.min(event.timeStamp, performance.now());
    requestAnimationFrame(() => window.afterFrame(() => window.painted.push(performance.now() - pressed)));
  }, { capture: true }) ?? true;`;

async function times(sequence: string[]): Promise<number[]> {
  await window.run(WATCH);
  for (let press = 0; press < PRESSES; press++) {
    await window.press(sequence[press % sequence.length]!);
    await window.wait("the key to be painted", "return window.painted.length > arguments[0];", press);
  }
  return window.run<number[]>("return window.painted;");
}

/** From Ctrl and a page key to the first task after the frame that has the other day's columns with what stands in them. */
const WATCH_DAYS = `${AFTER_FRAME}
  window.shown = [];
  window.watchingDays ??= addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.key.startsWith("Page")) return;
    const pressed = Math.min(event.timeStamp, performance.now());
    const grid = () => document.querySelector("[role=grid]");
    const before = grid()?.getAttribute("aria-label");
    const shown = () => window.shown.push(performance.now() - pressed);
    const look = () => {
      const now = grid();
      const there = now && now.getAttribute("aria-label") !== before && now.querySelector("[role=columnheader]");
      if (there && now.querySelector("[role=gridcell] [data-key]")) window.afterFrame(shown);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true }) ?? true;`;

/** Goes on a day, or back, and waits until its columns are painted. */
async function turn(key: string): Promise<void> {
  const before = await window.run<number>("return window.shown.length;");
  await window.press(keys.control, key);
  await window.wait("the other day", "return window.shown.length > arguments[0];", before);
}

const READ = `return document.querySelector('[data-state=loaded] [role=grid]') !== null;`;

/** Reads some days, then goes through them to the last and back to the first. */
async function switches(): Promise<number[]> {
  await window.run(WATCH_DAYS);
  for (let ahead = 1; ahead < DAYS; ahead++) {
    await turn(keys.pageDown);
    await window.wait("the day to be read", READ);
  }
  const cold = await window.run<number>("return window.shown.length;");
  for (let press = 0; press < PRESSES; press++) {
    const back = Math.floor(press / (DAYS - 1)) % 2 === 0;
    await turn(back ? keys.pageUp : keys.pageDown);
  }
  return (await window.run<number[]>("return window.shown;")).slice(cold);
}

const measured: Record<string, { arrow: number[]; focus: number[]; day: number[] }> = {};

test.each(BOARDS)("with %i columns", { timeout: 180_000 }, async (columns) => {
  crowd.calendars = columns;
  await window.press(keys.control, "r");
  await window.wait(
    `${columns} columns`,
    `return document.querySelector('[role=grid]')?.getAttribute("aria-colcount") === String(arguments[0]);`,
    columns,
  );
  // A column that still arrives would be drawn in the middle of a key.
  await window.wait("the day to be read", READ);
  await window.run(`document.querySelector('[role=grid] [data-key][tabindex="0"]').focus();`);
  // Down a column and across, over the edge of what is in sight: both scroll the board, which draws anew.
  const arrow = await times([keys.down, keys.right, keys.down, keys.down, keys.right, keys.up]);
  const focus = await times([keys.tab]);
  const day = await switches();
  expect([arrow.length, focus.length, day.length]).toEqual([PRESSES, PRESSES, PRESSES]);
  measured[columns] = { arrow, focus, day };
});

test("is written down", async () => {
  expect(Object.keys(measured)).toEqual(BOARDS.map(String));
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, "paint.json"), JSON.stringify(measured));
});
