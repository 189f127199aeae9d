// What goes to the printer, and what stands in its place until it is there.
import { settled } from "../door/browser.ts";
import { offline } from "../door/refusals.ts";
import { emptied, keepsNothing, silent } from "./answers.ts";
import type { Scene } from "./scenes.ts";
import { openEmptying, shown, tomorrow } from "./ways.ts";

export const PAPER_SCENES: Scene[] = [
  {
    name: "print-result",
    answers: emptied,
    reach: async (page) => {
      await openEmptying(page);
      await page.getByRole("button", { name: "Result sheet" }).click();
      await page.locator("[data-result]").waitFor();
    },
  },
  {
    name: "print-day-sheet",
    reach: async (page) => {
      await tomorrow(page);
      await page.keyboard.press("Control+P");
      await page.locator('[data-page="1"]').first().waitFor();
    },
  },
  {
    name: "print-slip",
    reach: async (page) => {
      await tomorrow(page);
      await page.locator("[data-panel=appointments] [data-case]").first().click();
      await page.locator("[data-papers] textarea").waitFor();
      await page.keyboard.press("Control+Shift+P");
      await page.locator('[data-page="1"]').first().waitFor();
    },
  },
  {
    name: "print-day-sheet-loading",
    reach: async (page) => {
      await shown("Appointments")(page);
      await silent("more_of_day")(page);
      await page.getByRole("button", { name: "Day after" }).click();
      await page.keyboard.press("Control+P");
      await page.locator("[data-paper] [data-state=loading] [role=status]:visible").waitFor();
    },
  },
  {
    name: "print-day-sheet-unread",
    answers: keepsNothing,
    reach: async (page) => {
      await tomorrow(page);
      await page.route("**/api/load_day", (route) => route.fulfill({ status: 422, json: offline("load_day") }));
      await page.getByRole("button", { name: "Show several services" }).click();
      await page.getByRole("dialog").getByRole("checkbox").nth(1).check();
      await page.keyboard.press("Escape");
      await settled(page);
      await page.keyboard.press("Control+P");
      await page.locator('[data-page="1"]').first().waitFor();
    },
  },
];
