// What there is to look at: every screen, and the states a list can be in.
import type { Page, Route } from "playwright-core";

import type { CommandError } from "../../ui/src/bindings.ts";
import { settled } from "../door/browser.ts";

export interface Scene {
  name: string;
  /** Shown instead of what the desk answers. */
  answers?: (page: Page) => Promise<void>;
  /** From the freshly opened page to the thing to look at. */
  reach: (page: Page) => Promise<void>;
}

export async function go(page: Page, panel: string): Promise<void> {
  const entry = page
    .getByRole("navigation", { name: "Panels" })
    .getByRole("button", { name: new RegExp(`^${panel}`) });
  await entry.click();
  await page.getByRole("heading", { name: panel, exact: true }).first().waitFor();
}

const shown = (panel: string) => async (page: Page) => {
  await go(page, panel);
  await settled(page);
};

function offline(command: string): CommandError {
  return {
    code: "offline",
    command,
    message: { id: "offline", args: {} },
    hint: null,
    fields: [],
    retryable: true,
    outcomeUnknown: false,
    requestId: null,
  };
}

/** These commands fail as they would without a network. */
const failing =
  (...commands: string[]) =>
  async (page: Page) => {
    for (const command of commands) {
      await page.route(`**/api/${command}`, (route: Route) =>
        route.fulfill({ status: 422, contentType: "application/json", body: JSON.stringify(offline(command)) }),
      );
    }
  };

/** These commands never answer. */
const silent =
  (...commands: string[]) =>
  async (page: Page) => {
    for (const command of commands) await page.route(`**/api/${command}`, () => undefined);
  };

/** These commands answer with nothing in the list. */
const empty =
  (command: string, list: string) =>
  async (page: Page) => {
    await page.route(`**/api/${command}`, async (route: Route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as Record<string, unknown>;
      await route.fulfill({ response: answer, json: list === "" ? [] : { ...body, [list]: [] } });
    });
  };

async function loading(page: Page, panel: string): Promise<void> {
  await go(page, panel);
  await page.locator('[data-state="loading"]').first().waitFor();
}

async function failed(page: Page, panel: string): Promise<void> {
  await go(page, panel);
  await page.locator('[data-state="failed"]').first().waitFor();
}

export const SCENES: Scene[] = [
  { name: "appointments", reach: shown("Appointments") },
  { name: "appointments-empty", answers: empty("load_day", "columns"), reach: shown("Appointments") },
  { name: "appointments-loading", answers: silent("load_day"), reach: (page) => loading(page, "Appointments") },
  { name: "appointments-failed", answers: failing("load_day"), reach: (page) => failed(page, "Appointments") },
  { name: "calendars", reach: shown("Calendars") },
  { name: "calendars-empty", answers: empty("load_span", "days"), reach: shown("Calendars") },
  { name: "calendars-loading", answers: silent("load_span"), reach: (page) => loading(page, "Calendars") },
  { name: "calendars-failed", answers: failing("load_span"), reach: (page) => failed(page, "Calendars") },
  { name: "customers", reach: shown("Customers") },
  { name: "agent", reach: shown("Agent") },
  { name: "agent-empty", answers: empty("list_inboxes", ""), reach: shown("Agent") },
  { name: "agent-loading", answers: silent("list_inboxes", "list_active_cases"), reach: (page) => loading(page, "Agent") },
  {
    name: "agent-failed",
    answers: failing("list_inboxes", "list_active_cases", "list_workspaces", "list_workstations"),
    reach: (page) => failed(page, "Agent"),
  },
  { name: "connection", reach: shown("Connection") },
  { name: "settings", reach: shown("Settings") },
  {
    name: "shortcuts",
    reach: async (page) => {
      await page.keyboard.press("F1");
      await page.getByRole("dialog").waitFor();
    },
  },
];
