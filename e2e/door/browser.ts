// The screens in an ordinary Chromium, and axe's opinion of them.
import { existsSync } from "node:fs";

import axe from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { expect } from "vitest";

import type { Settings } from "../../ui/src/bindings.ts";
import type { Desk } from "./desk.ts";
import { testimony, witness } from "./witness.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the system's Chromium; FRONT_DESK_CHROMIUM names another. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.FRONT_DESK_CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error("no Chromium found; set FRONT_DESK_CHROMIUM");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Look {
  width?: number;
  height?: number;
  theme?: Settings["theme"];
  direction?: Settings["direction"];
  density?: Settings["density"];
  /** The zone the PC's own clock shows. */
  timezoneId?: string;
  /** The page's clock can be turned on with `page.clock`; by itself it goes at its own pace. */
  ownClock?: boolean;
}

/** Opens the screens of a desk in a page of their own; complaints of the page fail the test that closes it. */
export async function openPage(browser: Browser, desk: Desk, look: Look = {}): Promise<Page> {
  const settings = await desk.call("get_settings", {});
  await desk.call("save_settings", {
    settings: {
      ...settings,
      theme: look.theme ?? "light",
      direction: look.direction ?? "ltr",
      density: look.density ?? "comfortable",
    },
  });
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1366, height: look.height ?? 768 },
    reducedMotion: "reduce",
    locale: "en-GB",
    ...(look.timezoneId && { timezoneId: look.timezoneId }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => complaints(page).push(String(error)));
  witness(page);
  if (look.ownClock) await page.clock.install();
  await page.goto(desk.url);
  return page;
}

const said = new WeakMap<Page, string[]>();

/** The script errors a page has had. */
export function complaints(page: Page): string[] {
  const list = said.get(page) ?? [];
  said.set(page, list);
  return list;
}

/** Closes a page after its test: its complaints fail it, and a test that failed is told what the page had come to. */
export async function closePage(page: Page, task: { result?: { state: string } }): Promise<void> {
  const told = task.result?.state === "fail" ? await testimony(page) : "";
  const faults = complaints(page);
  await leavePage(page);
  expect(faults).toEqual([]);
  if (told) throw new Error(`the page, as the test left it:\n  ${told}`);
}

/** Closes a page. What still goes through a test's hands then is nobody's any more, and no fault of the test. */
export async function leavePage(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.context().close();
}

/** Fails with every accessibility fault axe finds in the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const tool = (globalThis as unknown as { axe: typeof axe }).axe;
    return tool.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
      // An experimental rule that wants the visible words in one run. A booking's name says the same words in the order
      // in which they are best heard, with date and calendar between them.
      rules: { "label-content-name-mismatch": { enabled: false } },
    });
  });
  const faults = results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}\n    ${node.target.join(" ")}\n    ${node.html}`),
  );
  expect(faults, faults.join("\n")).toEqual([]);
}

/** Waits until no list of the page is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('[data-state="loading"], [data-state="arriving"]').length === 0);
}
