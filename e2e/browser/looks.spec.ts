// Every screen, in both directions and both themes, as axe sees it.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { complaints, expectAccessible, leavePage, openPage, settled, startBrowser, type Look } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { startSimulator, type Simulator } from "../door/simulator.ts";

let browser: Browser;
let simulator: Simulator;
let desk: Desk;

beforeAll(async () => {
  browser = await startBrowser();
  simulator = await startSimulator();
  desk = await startDesk();
  const world = await connect(desk, simulator);
  const agent = world.users[0]!;
  await desk.call("choose_agent", { userId: agent.userId, displayName: agent.displayName });
});

afterAll(async () => {
  await browser.close();
  await desk.stop();
  await simulator.stop();
});

const PANELS = ["Appointments", "Calendars", "Customers", "Agent", "Connection", "Settings"];
const LOOKS: Look[] = [
  { theme: "light", direction: "ltr" },
  { theme: "dark", direction: "rtl" },
  { theme: "contrast", direction: "ltr", density: "compact" },
];

for (const look of LOOKS) {
  test.each(PANELS)(`%s is accessible: ${look.theme}, ${look.direction}`, async (panel) => {
    const page = await openPage(browser, desk, look);
    await page
      .getByRole("navigation", { name: "Panels" })
      .getByRole("button", { name: new RegExp(`^${panel}`) })
      .click();
    await page.getByRole("heading", { name: panel, exact: true }).first().waitFor();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(look.direction);
    await expectAccessible(page);
    expect(complaints(page)).toEqual([]);
    await leavePage(page);
  });
}

test("nothing needs scrolling sideways in a narrow window", async () => {
  const page = await openPage(browser, desk, { width: 400, height: 700 });
  for (const panel of PANELS) {
    await page
      .getByRole("navigation", { name: "Panels" })
      .getByRole("button", { name: new RegExp(`^${panel}`) })
      .click();
    await settled(page);
    const surplus = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(surplus, panel).toBeLessThanOrEqual(0);
  }
  await leavePage(page);
});
