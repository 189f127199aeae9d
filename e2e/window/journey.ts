// The main job, done in the real window as a person would: by what things are called, and by what appears.
//
// The same steps serve the test (against a simulator outside) and the tour (in practice mode).
import type { WebDriver } from "./webdriver.ts";

/** What one step leaves for the next. */
export interface Notes {
  slot?: { date: string; time: string; calendar: string };
  customer?: string;
  firstName?: string;
  ticket?: string;
}

export interface Step {
  name: string;
  act: (window: WebDriver, notes: Notes) => Promise<void>;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

async function go(window: WebDriver, panel: string): Promise<void> {
  await (await window.find("button", new RegExp(`^${panel}`))).click();
  await window.find("heading", panel);
}

async function press(window: WebDriver, name: string | RegExp): Promise<void> {
  await (await window.find("button", name)).click();
}

/** The day shown, once its calendars have been read. */
function dayRead(window: WebDriver, other = ""): Promise<string> {
  return window.wait<string>(
    "the day to be read",
    `const day = document.querySelector("[data-panel=appointments] input[type=date]")?.value;
     const board = document.querySelector('[aria-label="Day board"]')?.dataset.state;
     return day && day !== arguments[0] && ["loaded", "empty"].includes(board) ? day : null;`,
    other,
  );
}

/** Goes forward until something on the board fits, and presses it. Never today: its times run out under the hand. */
async function pressOnBoard(window: WebDriver, what: string, pick: string): Promise<string> {
  let day = await dayRead(window);
  await press(window, "Day after");
  day = await dayRead(window, day);
  for (let ahead = 0; ahead < 14; ahead++) {
    const label = await window.run<string | null>(
      `const fits = ${pick};
       const found = [...document.querySelectorAll("[data-panel=appointments] button[data-key]")].find(fits);
       return found?.getAttribute("aria-label").replace(/[\\u2066-\\u2069]/g, "") ?? null;`,
    );
    if (label) {
      await press(window, label);
      return label;
    }
    await press(window, "Day after");
    day = await dayRead(window, day);
  }
  throw new Error(`two weeks without ${what}`);
}

const slotLabel = ({ date, time, calendar }: NonNullable<Notes["slot"]>, state: string) =>
  new RegExp(`^${state}, ${escaped(date)} ${time}, .*${escaped(calendar)}`);

/** The slot an earlier step has booked. */
function slotOf(notes: Notes): NonNullable<Notes["slot"]> {
  if (!notes.slot) throw new Error("nothing was booked before");
  return notes.slot;
}

export const JOB: Step[] = [
  {
    name: "see a day of a service",
    act: async (window) => {
      await go(window, "Appointments");
      await (await window.find("combobox", "Service")).choose(/^Licences by appointment$/);
      await dayRead(window);
    },
  },
  {
    name: "book a free time",
    act: async (window, notes) => {
      const label = await pressOnBoard(window, "a free time", `(button) => button.dataset.start && !button.matches(".past")`);
      const [, date, time, calendar] = /^Free, (.*) (\d\d:\d\d), .*?, (Calendar \d+)/.exec(label) ?? [];
      if (!date || !time || !calendar) throw new Error(`a free time is called "${label}"`);
      notes.slot = { date, time, calendar };
      await (await window.find("textbox", "Phone number")).fill("0555000199");
      await press(window, `Book ${time}`);
    },
  },
  {
    name: "see it listed",
    act: async (window, notes) => {
      await window.find("button", slotLabel(slotOf(notes), "Booked"));
      await window.see(new RegExp(`Booked .*${slotOf(notes).time}`));
    },
  },
  {
    name: "cancel it",
    act: async (window, notes) => {
      await press(window, slotLabel(slotOf(notes), "Booked"));
      await press(window, "Cancel appointment");
      await window.find("dialog", /Cancel this appointment/);
      await press(window, "Cancel appointment");
      await window.see(/Cancelled:/);
      await window.find("button", slotLabel(slotOf(notes), "Free"));
    },
  },
  {
    name: "open the customer of a booking",
    act: async (window, notes) => {
      const named = `(button) => button.dataset.key.startsWith("case-") && !/No customer|without a name/.test(button.getAttribute("aria-label"))`;
      await pressOnBoard(window, "a booking with a customer", named);
      await press(window, "Open customer");
      await window.find("heading", "Customers");
      notes.customer = await window.wait<string>(
        "the customer's card",
        `return document.querySelector("[data-panel=customers] #customer-name")?.textContent.trim() || null;`,
      );
    },
  },
  {
    name: "find the customer by a key field",
    act: async (window, notes) => {
      const key = await window.wait<string>(
        "a key field with a value",
        `const key = [...document.querySelectorAll("[data-panel=customers] dt")].find((entry) => /Key/.test(entry.textContent));
         return key?.nextElementSibling?.textContent.replace(/[\\u2066-\\u2069]/g, "").trim() || null;`,
      );
      // A fresh page has nobody open: whoever is shown then was found.
      await window.reload();
      await go(window, "Customers");
      await window.wait(
        "the fields by which customers can be found",
        `return document.querySelector('[data-panel=customers] [role=search] option[value^="field:"]') !== null;`,
      );
      await (await window.find("searchbox", "Look for")).fill(key);
      await press(window, "Find");
      await window.wait(
        "the customer found",
        `const card = document.querySelector("[data-panel=customers] #customer-name");
         const region = document.querySelector('[data-panel=customers] [data-state=loaded]');
         return region && card?.textContent.trim() === arguments[0];`,
        notes.customer,
      );
    },
  },
  {
    name: "edit the customer",
    act: async (window, notes) => {
      await press(window, "Edit");
      const field = await window.find("textbox", /^First name/);
      notes.firstName = `${await window.run<string>("return arguments[0].value;", field.reference)} (desk)`;
      await field.fill(notes.firstName);
      await press(window, "Save 1 change");
      await window.see(/Saved:/, notes.firstName);
    },
  },
  {
    name: "start work as an agent",
    act: async (window) => {
      await go(window, "Agent");
      const choosing = await window.wait<string>(
        "the agent's desk",
        `const text = document.querySelector("[data-panel=agent]")?.innerText ?? "";
         return text.includes("Who works at this desk?") ? "choosing" : text.includes("Serving now") ? "chosen" : null;`,
      );
      if (choosing === "choosing") await press(window, /^Dana Frost/);
      const unit = await window.find("combobox", "Current unit");
      const current = await window.run<string>("return arguments[0].selectedOptions[0]?.textContent ?? '';", unit.reference);
      if (!current.includes("Jerusalem, Jaffa Road")) {
        await unit.choose(/^Jerusalem, Jaffa Road$/);
        await press(window, "Work here");
      }
      // Clocking in waits for the unit; who is at work already is not asked.
      const atWork = await window.wait<string>(
        "the unit",
        `const panel = document.querySelector("[data-panel=agent]");
         const clock = [...panel.querySelectorAll("button")].find((button) => button.textContent.trim() === "Clock in");
         const unit = [...panel.querySelectorAll("button")].some((button) => button.textContent.trim() === "Work here");
         if (unit) return null;
         return !clock ? "at work" : clock.getAttribute("aria-disabled") === "true" ? null : "away";`,
      );
      if (atWork === "away") await press(window, "Clock in");
      await window.wait(
        "the agent to be at work",
        `return ![...document.querySelectorAll("[data-panel=agent] button")].some((button) => button.textContent.trim() === "Clock in");`,
      );
    },
  },
  {
    name: "queue a walk-in up",
    act: async (window, notes) => {
      await (await window.find("combobox", "Service")).choose(/^Licences, walk-in/);
      await (await window.find("combobox", "Type")).choose(/min/);
      await (await window.find("textbox", "Phone")).fill("0555000188");
      await press(window, "Queue up");
      await window.see("Walk-in taken");
      notes.ticket = await window.wait<string>(
        "the ticket",
        `return document.querySelector("[data-panel=agent] [data-case] .number")?.textContent.trim() || null;`,
      );
    },
  },
  {
    name: "call the next customer",
    act: async (window) => {
      await press(window, "Call next");
      await window.wait(
        "a customer to be served",
        `return document.querySelector('[data-panel=agent] [aria-label^="Serving ticket"]') !== null;`,
      );
    },
  },
  {
    name: "call the customer again",
    act: async (window) => {
      await press(window, "Call again");
      await window.see(/Called .* again/);
    },
  },
  {
    name: "resolve the case",
    act: async (window) => {
      await press(window, "Resolve");
      await window.see(/Resolved /);
      await window.wait(
        "nobody to be served",
        `return document.querySelector('[data-panel=agent] [aria-label^="Serving ticket"]') === null;`,
      );
    },
  },
];
