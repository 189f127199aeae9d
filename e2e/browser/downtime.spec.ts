// Cubu is gone: the days that this PC has kept stay readable, nothing can be changed, and what is typed is kept; also after
// a start without the network.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { expectAccessible, openPage, startBrowser } from "../door/browser.ts";
import { connect, startDesk } from "../door/desk.ts";
import { until } from "../door/programs.ts";
import { startSimulator } from "../door/simulator.ts";

const PASSPHRASE = "four words at random";
const read = (page: Page) =>
  page.locator('[data-panel=appointments] [aria-label="Day board"]:is([data-state=loaded], [data-state=empty])');
const asOf = (page: Page) => page.getByText(/^Cubu can’t be reached\. This is the day as of \d+ \w+,? \d\d:\d\d\.$/);

test("the days that were read stay readable while Cubu is gone, and nothing is lost or sent", async () => {
  const [browser, simulator] = await Promise.all([startBrowser(), startSimulator()]);
  let desk = await startDesk([], undefined, undefined, { keychain: "none" });
  let running = true;
  try {
    await connect(desk, simulator);
    await desk.call("unlock_journal", { passphrase: PASSPHRASE });
    const page = await openPage(browser, desk);
    const date = page.locator("[data-panel=appointments] input[type=date]");
    await read(page).waitFor();
    const today = await date.inputValue();
    await page.getByRole("button", { name: "Day after" }).click();
    await expect.poll(() => date.inputValue()).not.toBe(today);
    await read(page).waitFor();
    const tomorrow = await date.inputValue();
    await until("the day to be kept", async () => (await desk.call("list_kept_days", {})).some((day) => day.date === tomorrow));
    const counts = () => page.locator(".heading .numeric").textContent();
    const before = await counts();
    expect(before).toMatch(/^\d+ free, [1-9]\d* booked$/);

    await simulator.stop();
    running = false;
    await page.keyboard.press("F5");
    await asOf(page).waitFor();
    expect(await counts()).toBe(before);
    // One voice about it, and the way to the other days that are kept.
    expect(await page.getByText(/no connection to Cubu/).count()).toBe(0);
    await page.getByRole("button", { name: "Days kept on this PC" }).click();
    await page.getByRole("dialog", { name: "Days kept on this PC" }).getByRole("button", { name: /as of/ }).nth(1).waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expectAccessible(page);
    await page.locator("[data-start]:not(.past)").first().click();
    await page.getByRole("textbox", { name: "Phone number" }).fill("0555000555");
    await page.getByText(/Nothing can be changed until it answers/).first().waitFor();
    const book = page.getByRole("button", { name: /^Book \d\d:\d\d/ });
    expect(await book.getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Control+Enter");
    await until("the draft to be kept", async () => JSON.stringify(await desk.call("list_drafts", {})).includes("0555000555"));
    await page.keyboard.press("Escape");
    await page.locator("[data-case]:not(.cancelled)").first().click();
    expect(await page.getByRole("button", { name: "Cancel appointment" }).getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Escape");

    // A start without the network: the days and the draft are there.
    await desk.crash();
    desk = await startDesk([], undefined, undefined, { folder: desk.folder, url: desk.url, keychain: "none" });
    const { connection } = await desk.call("app_state", {});
    const { clientSecret } = simulator.connection;
    await desk.call("set_client_secret", { profileId: connection.profileId!, clientSecret });
    await desk.call("unlock_journal", { passphrase: PASSPHRASE });
    await page.reload();
    await asOf(page).waitFor();
    expect(await page.locator("[data-case]").count()).toBeGreaterThan(3);
    await expectAccessible(page);
    // A day that was never read is not there; the list leads to those that are.
    await date.fill("2031-05-05");
    await page.getByText("Cubu can’t be reached, and this PC has not kept this day.").waitFor();
    await expectAccessible(page);
    await page.getByRole("region", { name: "Days kept on this PC" }).getByRole("button").nth(1).click();
    await expect.poll(() => date.inputValue()).toBe(tomorrow);
    await asOf(page).waitFor();
    await page.getByRole("button", { name: "1 draft" }).click();
    await page.getByRole("button", { name: /0555000555$/ }).click();
    await expect.poll(() => page.getByRole("textbox", { name: "Phone number" }).inputValue()).toBe("0555000555");
  } finally {
    await browser.close();
    await desk.stop();
    if (running) await simulator.stop();
  }
});
