// How much the board asks of Cubu while nothing changes: the real screens on the real core, and the simulator's own count of
// what came. Only the page's clock is turned on faster than it goes, so that its polls come as they would in twenty
// minutes. What was counted is written down for `cargo xtask bench board`; nothing is judged here.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { leavePage, openPage, startBrowser } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { target } from "../door/programs.ts";
import { startSimulator } from "../door/simulator.ts";

/** As long as what has not moved is taken on trust; then the oldest calendar is read again, and the next a minute later. */
const SETTLING = 6;
const MINUTES = 15;
/** Less than lies between two polls, so that each is answered before the next. */
const STEP_SECONDS = 10;

interface Case {
  name: string;
  calendars: number;
  services: number;
  /** Somebody touches a key now and then. */
  touched: boolean;
}

const CASES: Case[] = [
  { name: "1", calendars: 1, services: 1, touched: true },
  { name: "10", calendars: 10, services: 1, touched: true },
  { name: "30", calendars: 30, services: 1, touched: true },
  { name: "two", calendars: 10, services: 2, touched: true },
  { name: "idle", calendars: 10, services: 1, touched: false },
];

let browser: Browser;
const perMinute: Record<string, number> = {};

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

async function showServices(desk: Desk, simulator: Awaited<ReturnType<typeof startSimulator>>, count: number): Promise<void> {
  const { services } = await simulator.world();
  const shown = services.filter((service) => service.kind === "appointment").slice(0, count);
  const view = shown.map(({ serviceId, serviceTypeIds }) => ({ serviceId, serviceTypeId: serviceTypeIds[0] ?? null }));
  await desk.call("keep_board_view", { services: view });
}

/** Lets the page's clock run on, and each poll be answered. */
async function run(page: Page, minutes: number, touched: boolean): Promise<void> {
  const quiet = page.locator('[aria-label="Day board"][aria-busy=false]');
  for (let second = 0; second < minutes * 60; second += STEP_SECONDS) {
    if (touched && second % 60 === 0) await page.keyboard.press("Shift");
    await page.clock.runFor(STEP_SECONDS * 1000);
    await quiet.waitFor();
  }
}

test.concurrent.each(CASES)("$name", { timeout: 240_000 }, async ({ name, calendars, services, touched }) => {
  const simulator = await startSimulator(["--calendars", String(calendars)]);
  const desk = await startDesk();
  try {
    await connect(desk, simulator);
    await showServices(desk, simulator, services);
    const page = await openPage(browser, desk, { ownClock: true });
    await page.locator('[aria-label="Day board"][data-state=loaded]').waitFor();
    const shown = Number(await page.locator("[role=grid]").getAttribute("aria-colcount"));
    expect(services === 1 ? shown : shown > calendars).toBe(services === 1 ? calendars : true);
    await run(page, SETTLING, touched);
    const now = () => page.evaluate(() => Date.now());
    const [asked, began] = [await simulator.requests(), await now()];
    await run(page, MINUTES, touched);
    perMinute[name] = ((await simulator.requests()) - asked) / (((await now()) - began) / 60_000);
    await leavePage(page);
  } finally {
    await desk.stop();
    await simulator.stop();
  }
});

test("is written down", async () => {
  expect(Object.keys(perMinute).sort()).toEqual(CASES.map(({ name }) => name).sort());
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, "polling.json"), JSON.stringify(perMinute));
});
