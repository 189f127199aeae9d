// The way to each screen, and to what stands on it, by hand.
import type { Page } from "playwright-core";
import { expect } from "vitest";

import { settled } from "../door/browser.ts";
import type { World } from "../door/simulator.ts";
import { longestName } from "./answers.ts";

export async function go(page: Page, panel: string): Promise<void> {
  const entry = page
    .getByRole("navigation", { name: "Panels" })
    .getByRole("button", { name: new RegExp(`^${panel}`) });
  await entry.click();
  await page.getByRole("heading", { name: panel, exact: true }).first().waitFor();
}

export const shown = (panel: string) => async (page: Page) => {
  await go(page, panel);
  await settled(page);
};

/** The booking with the longest name, taken up with the keyboard and held over a free time. */
export async function carry(page: Page): Promise<void> {
  await tomorrow(page);
  const bookings = board(page).locator('[data-key^="case-"]:not(.past)');
  const lengths = await bookings.evaluateAll((all) => all.map((one) => one.textContent?.length ?? 0));
  await bookings.nth(lengths.indexOf(Math.max(...lengths))).focus();
  await page.keyboard.press("Control+x");
  await page.getByRole("group", { name: "Appointment in hand" }).waitFor();
  await board(page).locator("[data-start]:not(.unfit)").first().waitFor();
  await board(page).locator("[data-start]:not(.unfit)").first().focus();
}

export async function putDown(page: Page): Promise<void> {
  await carry(page);
  await page.keyboard.press("Control+v");
  await page.locator("[data-move]:focus").waitFor();
}

export async function openEntry(page: Page): Promise<void> {
  await shown("Audit trail")(page);
  await page.locator("[data-panel=audit] tbody button").first().click();
  await page.locator("[data-panel=audit] aside").waitFor();
}

export async function loading(page: Page, panel: string): Promise<void> {
  await go(page, panel);
  // What is drawn of it comes a moment later than the state.
  await page.locator('[data-state="loading"] [role="status"]:visible').first().waitFor();
}

export async function failed(page: Page, panel: string): Promise<void> {
  await go(page, panel);
  await page.locator('[data-state="failed"]:visible').first().waitFor();
}

export const board = (page: Page) => page.locator('[data-panel=appointments] [aria-label="Day board"]');

/** Tomorrow's board, whose times do not run out while pictures are taken. */
export async function tomorrow(page: Page): Promise<void> {
  await shown("Appointments")(page);
  const day = page.locator("[data-panel=appointments] input[type=date]");
  const today = await day.inputValue();
  await page.getByRole("button", { name: "Day after" }).click();
  await expect.poll(() => day.inputValue()).not.toBe(today);
  await settled(page);
}

export async function openBooking(page: Page): Promise<void> {
  await tomorrow(page);
  await board(page).locator("[data-start]").first().click();
  await page.getByRole("textbox", { name: "Phone number" }).waitFor();
}

/** The case fields and tags of the form in front, unfolded and partly filled in. */
export async function fillCaseFields(page: Page): Promise<void> {
  const part = page.locator("[data-case-fields]:visible");
  // A draft that was left filled in opens unfolded.
  if ((await part.getAttribute("open")) === null) await part.locator("summary").click();
  await part.getByRole("textbox").first().fill("Lost the old one");
  await part.getByRole("checkbox").nth(1).check();
  await part.getByRole("checkbox").last().scrollIntoViewIfNeeded();
  await settled(page);
}

/** The catalogue's case fields and tags with a new one of each begun. */
export async function editCaseFields(page: Page): Promise<void> {
  await shown("Connection")(page);
  await page.getByRole("tab", { name: "Catalogue" }).click();
  await page.getByRole("button", { name: "Add case tag" }).click();
  await page.getByRole("button", { name: "Add case field" }).click();
  await page.getByRole("heading", { name: /^Case tags/ }).scrollIntoViewIfNeeded();
  await page.getByRole("textbox", { name: "Field type id" }).scrollIntoViewIfNeeded();
  await settled(page);
}

/** A free time of any calendar that has one, in the form of a move. */
export async function chooseTime(page: Page): Promise<void> {
  const calendars = page.locator("aside").getByRole("combobox", { name: "Calendar", exact: true });
  const free = calendars.locator("option", { hasText: /[1-9]\d* free/ }).first();
  await free.waitFor({ state: "attached" });
  await calendars.selectOption((await free.getAttribute("value"))!);
  await page.getByRole("combobox", { name: "Time", exact: true }).selectOption({ index: 1 });
}

export async function openDetails(page: Page): Promise<void> {
  await tomorrow(page);
  await board(page).locator('[data-key^="case-"]').first().click();
  await page.getByRole("button", { name: "Cancel appointment" }).waitFor();
  await settled(page);
}

/** The list of the calendar that is emptied, from wherever it was. */
export async function openEmptying(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Go on" }).waitFor();
  await page.keyboard.press("Control+5");
  await page.locator("[data-panel=emptying] [role=option]").first().waitFor();
  await page.locator("[data-stands=toDo]").first().click();
  await page.locator("[data-call-card]").getByRole("button", { name: /^Move to \d\d:\d\d/ }).waitFor();
  await settled(page);
}

export async function openWatches(page: Page): Promise<void> {
  await page.locator("[data-freed]").waitFor();
  await page.keyboard.press("Control+6");
  await page.locator("[data-watch=news]").waitFor();
}

export async function find(page: Page, text: string): Promise<void> {
  await shown("Customers")(page);
  await page.getByRole("searchbox", { name: "Look for" }).fill(text);
  await page.getByRole("button", { name: "Find", exact: true }).click();
}

export async function openCustomer(page: Page, world: World): Promise<void> {
  await find(page, longestName(world).recordId);
  await page.locator("#customer-name").waitFor();
}
