// The commonest acts in the real window with the keyboard alone, and the command keys they take.
import { expect } from "vitest";

import { BUDGET, Keys } from "../door/keys.ts";
import type { World } from "../door/simulator.ts";
import type { Step } from "./journey.ts";
import { keys, type WebDriver } from "./webdriver.ts";

const NAMED: Record<string, string> = {
  Control: keys.control,
  Enter: keys.enter,
  Delete: keys.delete,
  ArrowDown: keys.down,
  ArrowLeft: keys.left,
  ArrowRight: keys.right,
  PageDown: keys.pageDown,
};

function keyboard(window: WebDriver): Keys {
  const parts = (chord: string) => chord.split("+").map((part) => NAMED[part] ?? part);
  return new Keys((chord) => window.press(...parts(chord)), (text) => window.press(text));
}

/** Waits until the keyboard stands on something. */
const standsOn = (window: WebDriver, what: string, selector: string) =>
  window.wait(`the keyboard on ${what}`, "return document.activeElement?.matches(arguments[0]);", selector);

const within = (used: Keys, most: number) =>
  expect(used.commands.length, used.commands.join(", ")).toBeLessThanOrEqual(most);

const BOOKING = '[data-key^="case-"]';

/** The steps follow each other: each begins where the keyboard was left. */
export const budgets = (world: () => Promise<World>): Step[] => [
  {
    name: `book a returning customer at the earliest time in ${BUDGET.book} command keys`,
    act: async (window) => {
      await (await window.find("button", /^Appointments/)).click();
      await (await window.find("combobox", "Service")).choose(/^Licences by appointment$/);
      await window.settled();
      const returning = (await world()).customers.find((customer) => /^0\d{9}$/.test(customer.phone ?? ""));
      const used = keyboard(window);
      await used.press("Control+n");
      await standsOn(window, "the search for the customer", "aside input[type=search]");
      await used.type(returning!.phone!);
      await used.press("Enter");
      await standsOn(window, "the service type", "select[data-type]");
      await used.type("Lost");
      await window.wait("the type", "return /Lost/.test(document.activeElement?.selectedOptions?.[0]?.textContent);");
      await window.wait("the earliest time", "return document.querySelector('[data-earliest]') !== null;");
      await used.press("Control+Enter");
      await standsOn(window, "Book", "[data-book]");
      await used.press("Enter");
      await standsOn(window, "the new booking", BOOKING);
      within(used, BUDGET.book);
    },
  },
  {
    name: `move it in ${BUDGET.move} command keys`,
    act: async (window) => {
      const used = keyboard(window);
      await used.press("Control+x");
      await window.see("Choose a free time");
      // The earliest time may have been the last of its calendar.
      await used.aim(
        () => window.run<boolean>("return document.activeElement?.matches('[data-start]') ?? false;"),
        () => window.wait("the next day", "return document.activeElement?.matches('[data-key]') ?? false;"),
      );
      await standsOn(window, "a free time", "[data-start]");
      await used.press("Control+v");
      await standsOn(window, "Move", "[data-move]");
      await used.press("Enter");
      await window.see(": moved to ");
      await standsOn(window, "the moved booking", BOOKING);
      within(used, BUDGET.move);
    },
  },
  {
    name: `cancel it in ${BUDGET.cancel} command keys`,
    act: async (window) => {
      const used = keyboard(window);
      await used.press("Delete");
      await standsOn(window, "the act", "dialog[open] button.danger");
      await used.press("Enter");
      await window.see("Cancelling");
      await window.see(/Cancelled:/);
      within(used, BUDGET.cancel);
    },
  },
  {
    name: `change the day in ${BUDGET.day} command key`,
    act: async (window) => {
      const day = `return document.querySelector("[data-panel=appointments] input[type=date]").value;`;
      const before = await window.run<string>(day);
      const used = keyboard(window);
      await used.press("Control+PageDown");
      await window.wait("another day", `${day.slice(0, -1)} !== arguments[0];`, before);
      within(used, BUDGET.day);
    },
  },
];
