// The keys the list under F1 promises: each works from wherever the cursor stands, and a letter never while somebody types.
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";

import { daysFromToday, openFreeDay } from "../door/board.ts";
import { until } from "../door/programs.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

/** The readings of a day that were asked for since; another desk's booking is seen by nothing less. */
function readings(): () => number {
  let count = 0;
  session.page.on("request", (request) => {
    if (!request.url().endsWith("/api/load_day")) return;
    const asked = request.postDataJSON() as { known?: unknown[] };
    if (!asked.known) count++;
  });
  return () => count;
}

async function openBooking(): Promise<Locator> {
  const board = await openFreeDay(session);
  await board.locator("[data-start]:not(.past)").first().click();
  await session.field("Phone number").waitFor();
  return board;
}

describe("a key of the list", () => {
  test("F5 and Ctrl+R read the whole day again from any field of the booking, and what was typed stays", async () => {
    const { page } = session;
    await openBooking();
    const asked = readings();
    const phone = session.field("Phone number");
    await phone.fill("0555000400");
    const fields = page.locator("aside").locator("input:visible, select:visible, textarea:visible");
    let before = 0;
    for (const field of await fields.all()) {
      for (const chord of ["F5", "Control+r"]) {
        await field.focus();
        await page.keyboard.press(chord);
        await until(`a reading after ${chord}`, async () => asked() > before);
        before = asked();
      }
    }
    expect(before).toBeGreaterThan(8);
    expect(await phone.inputValue()).toBe("0555000400");
  });

  test("a letter or a sign is text while somebody types, and an act on the board", async () => {
    const { page } = session;
    const board = await openBooking();
    const day = await page.locator("[data-panel=appointments] input[type=date]").inputValue();
    const email = session.field("Email address");
    await email.focus();
    for (const key of ["t", "f", "/", "?", "T"]) await page.keyboard.press(key);
    expect(await email.inputValue()).toBe("tf/?T");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await page.locator("[data-panel=appointments] input[type=date]").inputValue()).toBe(day);
    expect(await session.button("Free only").getAttribute("aria-pressed")).toBe("false");

    await board.locator("[data-start]:not(.past)").nth(1).focus();
    await page.keyboard.press("f");
    await expect.poll(() => session.button("Free only").getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("f");
    await expect.poll(() => session.button("Free only").getAttribute("aria-pressed")).toBe("false");
    await page.keyboard.press("?");
    const list = page.getByRole("dialog");
    await list.waitFor();
    for (const words of ["Look for a customer", "Go to today", "Free times only"]) {
      expect(await list.getByText(words, { exact: true }).count(), words).toBeGreaterThan(0);
    }
    await page.keyboard.press("Escape");
    await board.locator("[data-start]:not(.past)").nth(1).focus();
    const before = await daysFromToday(session, 0);
    await page.keyboard.press("t");
    const date = page.locator("[data-panel=appointments] input[type=date]");
    // Asked anew: the unit's midnight may have come with the key.
    await expect.poll(async () => [before, await daysFromToday(session, 0)].includes(await date.inputValue())).toBe(true);
  });

  test("/ goes from the board to the search for a customer, and from a customer's card back to it", async () => {
    const { page, world } = session;
    const board = await openFreeDay(session);
    await board.locator("[data-start]:not(.past)").first().focus();
    await page.keyboard.press("/");
    const search = page.getByRole("searchbox", { name: "Look for" });
    await expect.poll(() => search.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await search.inputValue()).toBe("");
    await page.keyboard.type(world.customers[0]!.recordId);
    await page.keyboard.press("Enter");
    await page.locator("#customer-name").waitFor();
    await page.keyboard.press("/");
    await expect.poll(() => search.evaluate((box) => box === document.activeElement)).toBe(true);
    await page.keyboard.press("Control+1");
    await page.keyboard.press("Control+f");
    await expect.poll(() => search.evaluate((box) => box === document.activeElement)).toBe(true);
  });

  test("Space on a free time opens its booking, as Enter does", async () => {
    const { page } = session;
    const board = await openFreeDay(session);
    for (const key of ["Enter", "Space"]) {
      await board.locator("[data-start]:not(.past)").first().focus();
      await page.keyboard.press(key);
      await session.field("Phone number").waitFor();
      await page.keyboard.press("Escape");
      await expect.poll(() => session.field("Phone number").count()).toBe(0);
    }
  });
});
