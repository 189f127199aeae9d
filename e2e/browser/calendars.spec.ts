// The coming days as a heat strip: a figure in every cell, all of it by keyboard in both directions, and a way to the day.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { expectAccessible, leavePage, openPage, settled } from "../door/browser.ts";
import { offline } from "../door/refusals.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

async function open(page: Page) {
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Calendars/ }).click();
  const panel = page.locator("[data-panel=calendars]");
  await panel.locator("table").waitFor();
  await settled(page);
  return panel;
}

const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.key ?? "");

describe.each(["ltr", "rtl"] as const)("the coming days, %s", (direction) => {
  test("show 14 days in figures, are walked through with arrows, and Enter opens the day", async () => {
    const page = await openPage(session.browser, session.desk, { direction });
    const panel = await open(page);
    expect(await panel.locator("tbody tr").count()).toBe(14);
    // Not by shade alone: each cell says its share or why it can't be booked.
    const cells = panel.locator("[data-cell]");
    for (const cell of await cells.all()) {
      expect((await cell.locator("strong").textContent())?.trim()).toMatch(/\d%|\p{L}/u);
    }
    await expectAccessible(page);

    const [onwards, backwards] = direction === "ltr" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    await panel.locator("tbody button[tabindex='0']").focus();
    const day = await focused(page);
    const press = async (key: string) => {
      await page.keyboard.press(key);
      return focused(page);
    };
    expect(await press(onwards!)).toBe(`${day}-0`);
    expect(await press(onwards!)).toBe(`${day}-1`);
    expect(await press(backwards!)).toBe(`${day}-0`);
    const below = await press("ArrowDown");
    expect(below).toMatch(/-0$/);
    expect(below).not.toBe(`${day}-0`);
    const wanted = below.slice(0, 10);
    expect(await press("Home")).toBe(wanted);
    await page.keyboard.press("Enter");
    const board = page.locator("[data-panel=appointments]");
    await board.locator('[aria-label="Day board"][data-state=loaded]').waitFor();
    expect(await board.locator("input[type=date]").inputValue()).toBe(wanted);
    await leavePage(page);
  });
});

test("a day that fails, no calendars, and no answer are told apart, and each can be read aloud", async () => {
  const error = offline("load_span");
  const { page } = session;
  await page.route("**/api/load_span", (route) => route.fulfill({ status: 422, json: error }), { times: 1 });
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Calendars/ }).click();
  const panel = page.locator("[data-panel=calendars]");
  await panel.locator("[data-state=failed]").waitFor();
  await expectAccessible(page);

  await page.route(
    "**/api/load_span",
    async (route) => {
      const answer = await route.fetch();
      const span = (await answer.json()) as { days: { calendars: unknown }[] };
      span.days[0]!.calendars = { state: "failed", error: { ...error, command: "list_calendars" } };
      await route.fulfill({ response: answer, json: span });
    },
    { times: 1 },
  );
  await page.keyboard.press("F5");
  await panel.locator("tbody tr").nth(1).waitFor();
  await panel.locator("tbody tr").first().getByText(/could not/i).first().waitFor();
  await expectAccessible(page);

  await page.route(
    "**/api/load_span",
    async (route) => {
      const answer = await route.fetch();
      const span = (await answer.json()) as { days: { calendars: unknown }[] };
      for (const day of span.days) day.calendars = { state: "loaded", value: [] };
      await route.fulfill({ response: answer, json: span });
    },
    { times: 1 },
  );
  await page.keyboard.press("F5");
  await panel.locator("[data-state=empty]").waitFor();
  await expectAccessible(page);
});
