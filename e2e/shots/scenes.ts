// What there is to look at: every screen, and the states a list can be in.
import type { Page, Route } from "playwright-core";
import { expect } from "vitest";

import type { AppointmentMove, AppState, CommandError, ErasurePreview, HeldTime, HeldWrite } from "../../ui/src/bindings.ts";
import { settled } from "../door/browser.ts";
import type { World } from "../door/simulator.ts";

export interface Scene {
  name: string;
  /** Shown instead of what the desk answers. */
  answers?: (page: Page) => Promise<void>;
  /** From the freshly opened page to the thing to look at. */
  reach: (page: Page, world: World) => Promise<void>;
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

/** Two changes that erasing would forget, and a journal that can't be read. */
async function unsettledForErasing(page: Page): Promise<void> {
  const preview: ErasurePreview = {
    unread: true,
    changes: [
      {
        id: "5b0d6c1e-3333-4a6e-9d10-00000000000a",
        command: "queue_up",
        request: { contactPhoneNumber: "5550100123", contactEmail: "robin.vale@example.org" },
        organization: "Northgate",
        askedAt: "2026-11-24T09:20:00Z",
      },
      {
        id: "5b0d6c1e-3333-4a6e-9d10-00000000000b",
        command: "move_appointment",
        request: { date: "2026-11-24", startTime: 560, cuIndex: 2 },
        organization: "Northgate",
        askedAt: "2026-11-24T09:25:00Z",
      },
    ],
  };
  await page.route("**/api/preview_erasure", (route: Route) => route.fulfill({ json: preview }));
}

/** A desk without a keychain, whose journal is kept with a passphrase. */
async function keptWithPassphrase(page: Page): Promise<void> {
  await page.route("**/api/app_state", async (route: Route) => {
    const answer = await route.fetch();
    const state = (await answer.json()) as AppState;
    await route.fulfill({ response: answer, json: { ...state, journal: { ...state.journal, kept: "passphrase" } } });
  });
}

/** A move whose old appointment could not be cancelled. */
async function twoHeld(page: Page): Promise<void> {
  const time = (startTime: number, number: string): HeldTime => ({
    serviceId: "5b0d6c1e-7777-4a6e-9d10-000000000001",
    date: "2026-11-24",
    cuIndex: 1,
    serviceTypeId: "5b0d6c1e-2222-4a6e-9d10-0000000ce101",
    startTime,
    caseId: "5b0d6c1e-6666-4a6e-9d10-000000000001",
    ticket: { prefix: "C", suffix: null, number },
    held: "yes",
  });
  const move: AppointmentMove = {
    moveId: "5b0d6c1e-3333-4a6e-9d10-000000000001",
    askedAt: "2026-11-24T09:20:00Z",
    state: "twoHeld",
    message: { id: "move-two-held", args: {} },
    trouble: { id: "server-failed", args: { status: 500 } },
    hint: { id: "hint-move-two-held", args: {} },
    old: time(540, "12"),
    new: time(660, "13"),
    newCaseId: null,
    customerRecordId: null,
    customerName: "Dana Levi",
    canResume: true,
    canChoose: true,
    canClose: false,
  };
  await page.route("**/api/list_moves", (route: Route) => route.fulfill({ json: [move] }));
}

/** A cancellation that waits some seconds more. */
async function heldBack(page: Page): Promise<void> {
  const held: HeldWrite = {
    intentId: "5b0d6c1e-3333-4a6e-9d10-000000000002",
    command: "cancel_appointment",
    request: { serviceId: "", date: "2026-11-24", cuIndex: 1, caseId: "5b0d6c1e-6666-4a6e-9d10-000000000001" },
    leavesAt: "2026-11-24T09:20:00Z",
    millisecondsLeft: 5_400,
  };
  await page.route("**/api/list_held", (route: Route) => route.fulfill({ json: [held] }));
}

/** A desk whose keychain does not answer, with or without a passphrase from before. */
const locked = (passphraseLeft: boolean) => async (page: Page) => {
  await page.route("**/api/app_state", async (route: Route) => {
    const answer = await route.fetch();
    const state = (await answer.json()) as AppState;
    const journal = { ...state.journal, kept: "locked" as const, passphraseLeft, keychainAnswers: false };
    await route.fulfill({ json: { ...state, journal } });
  });
};

/** The booking with the longest name, taken up with the keyboard and held over a free time. */
async function carry(page: Page): Promise<void> {
  await tomorrow(page);
  const bookings = board(page).locator('[data-key^="case-"]:not(.past)');
  const lengths = await bookings.evaluateAll((all) => all.map((one) => one.textContent?.length ?? 0));
  await bookings.nth(lengths.indexOf(Math.max(...lengths))).focus();
  await page.keyboard.press("Control+x");
  await page.getByRole("group", { name: "Appointment in hand" }).waitFor();
  await board(page).locator("[data-start]:not(.unfit)").first().waitFor();
  await board(page).locator("[data-start]:not(.unfit)").first().focus();
}

async function putDown(page: Page): Promise<void> {
  await carry(page);
  await page.keyboard.press("Control+v");
  await page.locator("[data-move]:focus").waitFor();
}

async function openEntry(page: Page): Promise<void> {
  await shown("Audit trail")(page);
  await page.locator("[data-panel=audit] tbody button").first().click();
  await page.locator("[data-panel=audit] aside").waitFor();
}

async function loading(page: Page, panel: string): Promise<void> {
  await go(page, panel);
  await page.locator('[data-state="loading"]:visible').first().waitFor();
}

async function failed(page: Page, panel: string): Promise<void> {
  await go(page, panel);
  await page.locator('[data-state="failed"]:visible').first().waitFor();
}

const board = (page: Page) => page.locator('[data-panel=appointments] [aria-label="Day board"]');

/** Tomorrow's board, whose times do not run out while pictures are taken. */
async function tomorrow(page: Page): Promise<void> {
  await shown("Appointments")(page);
  const day = page.locator("[data-panel=appointments] input[type=date]");
  const today = await day.inputValue();
  await page.getByRole("button", { name: "Day after" }).click();
  await expect.poll(() => day.inputValue()).not.toBe(today);
  await settled(page);
}

async function openBooking(page: Page): Promise<void> {
  await tomorrow(page);
  await board(page).locator("[data-start]").first().click();
  await page.getByRole("textbox", { name: "Phone number" }).waitFor();
}

async function openDetails(page: Page): Promise<void> {
  await tomorrow(page);
  await board(page).locator('[data-key^="case-"]').first().click();
  await page.getByRole("button", { name: "Cancel appointment" }).waitFor();
  await settled(page);
}

const longestName = (world: World) =>
  world.customers.reduce((longest, next) => (next.displayName.length > longest.displayName.length ? next : longest));

async function find(page: Page, text: string): Promise<void> {
  await shown("Customers")(page);
  await page.getByRole("searchbox", { name: "Look for" }).fill(text);
  await page.getByRole("button", { name: "Find", exact: true }).click();
}

async function openCustomer(page: Page, world: World): Promise<void> {
  await find(page, longestName(world).recordId);
  await page.locator("#customer-name").waitFor();
}

export const SCENES: Scene[] = [
  { name: "appointments", reach: shown("Appointments") },
  {
    name: "appointments-stale",
    reach: async (page) => {
      await shown("Appointments")(page);
      await failing("load_day")(page);
      await page.locator("[data-panel=appointments]").getByRole("button", { name: /^Refresh/ }).click();
      await page.locator('[data-state="stale"]:visible').waitFor();
    },
  },
  { name: "appointments-booking", reach: openBooking },
  {
    name: "appointments-booking-refused",
    reach: async (page) => {
      await openBooking(page);
      await page.getByRole("button", { name: /^Book \d\d:\d\d/ }).click();
      await page.locator('[aria-invalid="true"]:visible').first().waitFor();
    },
  },
  { name: "appointments-details", reach: openDetails },
  {
    name: "appointments-cancel",
    reach: async (page) => {
      await openDetails(page);
      await page.getByRole("button", { name: "Cancel appointment" }).click();
      await page.getByRole("dialog", { name: "Cancel this appointment?" }).waitFor();
    },
  },
  {
    name: "appointments-move",
    reach: async (page) => {
      await openDetails(page);
      await page.getByRole("button", { name: "Move…" }).click();
      await page.getByRole("combobox", { name: "Time", exact: true }).selectOption({ index: 1 });
      await settled(page);
    },
  },
  {
    name: "appointments-move-asks",
    answers: async (page) => {
      const error = { ...offline("move_appointment"), code: "move_needs_order", message: { id: "move-overlaps", args: {} } };
      await page.route("**/api/move_appointment", (route: Route) => route.fulfill({ status: 422, json: error }));
    },
    reach: async (page) => {
      await openDetails(page);
      await page.getByRole("button", { name: "Move…" }).click();
      await page.getByRole("combobox", { name: "Time", exact: true }).selectOption({ index: 1 });
      await page.getByRole("button", { name: "Move here" }).click();
      await page.getByRole("dialog", { name: "Give up the old time first?" }).waitFor();
    },
  },
  { name: "appointments-carried", reach: carry },
  { name: "appointments-carried-asked", reach: putDown },
  {
    name: "appointments-carried-taken",
    answers: async (page) => {
      const slots = [600, 610, 640].map((startTime, cuIndex) => ({ cuIndex, startTime }));
      const error = { ...offline("move_appointment"), code: "slot_taken", slots };
      await page.route("**/api/move_appointment", (route: Route) => route.fulfill({ status: 422, json: error }));
    },
    reach: async (page) => {
      await putDown(page);
      await page.keyboard.press("Enter");
      await page.getByText("This time is not free any more").waitFor();
    },
  },
  {
    name: "appointments-dragged",
    reach: async (page) => {
      await tomorrow(page);
      const from = (await board(page).locator('[data-key^="case-"]').nth(3).boundingBox())!;
      const to = (await board(page).locator("[data-start]").nth(4).boundingBox())!;
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 6 });
      await page.locator("[data-ghost]").waitFor();
    },
  },
  { name: "appointments-held", answers: heldBack, reach: shown("Appointments") },
  {
    name: "appointments-find",
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.keyboard.press("Control+e");
      await page.locator('[aria-label="Free times"][data-state=loaded][aria-busy=false]').waitFor();
    },
  },
  { name: "unlock-begin", answers: locked(false), reach: (page) => page.getByRole("dialog").waitFor() },
  { name: "unlock-open", answers: locked(true), reach: (page) => page.getByRole("dialog").waitFor() },
  { name: "audit", reach: shown("Audit trail") },
  { name: "audit-detail", reach: openEntry },
  {
    name: "audit-export",
    reach: async (page) => {
      await shown("Audit trail")(page);
      await page.getByRole("button", { name: "Verify" }).click();
      await page.getByRole("button", { name: /^Export/ }).click();
      await page.getByRole("button", { name: /CSV/ }).waitFor();
    },
  },
  { name: "audit-failed", answers: failing("list_audit"), reach: (page) => failed(page, "Audit trail") },
  { name: "appointments-two-held", answers: twoHeld, reach: shown("Appointments") },
  { name: "appointments-empty", answers: empty("load_day", "columns"), reach: shown("Appointments") },
  { name: "appointments-loading", answers: silent("load_day"), reach: (page) => loading(page, "Appointments") },
  { name: "appointments-failed", answers: failing("load_day", "kept_day"), reach: (page) => failed(page, "Appointments") },
  {
    name: "appointments-down",
    reach: async (page) => {
      await shown("Appointments")(page);
      await failing("load_day")(page);
      await page.reload();
      await page.getByText(/This is the day as of/).first().waitFor();
    },
  },
  { name: "calendars", reach: shown("Calendars") },
  { name: "calendars-empty", answers: empty("load_span", "days"), reach: shown("Calendars") },
  { name: "calendars-loading", answers: silent("load_span"), reach: (page) => loading(page, "Calendars") },
  { name: "calendars-failed", answers: failing("load_span"), reach: (page) => failed(page, "Calendars") },
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
  { name: "customers", reach: shown("Customers") },
  { name: "customers-card", reach: openCustomer },
  {
    name: "customers-edit",
    reach: async (page, world) => {
      await openCustomer(page, world);
      await page.getByRole("button", { name: /^Edit/ }).click();
      await page.getByRole("textbox", { name: /^First name/ }).fill("Changed");
    },
  },
  {
    name: "customers-forget",
    reach: async (page, world) => {
      await openCustomer(page, world);
      await page.getByRole("button", { name: "Forget on this PC" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "customers-missed",
    reach: async (page) => {
      await find(page, "0500000000");
      await page.getByText("Nobody has").first().waitFor();
    },
  },
  {
    name: "customers-new",
    reach: async (page) => {
      await shown("Customers")(page);
      await page.getByRole("button", { name: /New customer/ }).click();
      await page.getByRole("textbox", { name: /^First name/ }).waitFor();
    },
  },
  { name: "customers-failed", answers: failing("find_customer", "get_customer"), reach: async (page, world) => {
    await find(page, longestName(world).recordId);
    await page.getByRole("alert").first().waitFor();
  } },
  { name: "agent", reach: shown("Agent") },
  { name: "agent-empty", answers: empty("list_inboxes", ""), reach: shown("Agent") },
  { name: "agent-loading", answers: silent("list_inboxes", "list_active_cases"), reach: (page) => loading(page, "Agent") },
  {
    name: "agent-failed",
    answers: failing("list_inboxes", "list_active_cases", "list_workspaces", "list_workstations"),
    reach: (page) => failed(page, "Agent"),
  },
  { name: "connection", reach: shown("Connection") },
  {
    name: "connection-access",
    reach: async (page) => {
      await shown("Connection")(page);
      await page.getByRole("tab", { name: "Access" }).click();
      await page.getByRole("button", { name: /^Test (connection|again)/ }).click();
      await page.locator('[aria-label="Access"][data-state="loaded"]').waitFor();
    },
  },
  {
    name: "connection-catalogue",
    reach: async (page) => {
      await shown("Connection")(page);
      await page.getByRole("tab", { name: "Catalogue" }).click();
      await settled(page);
    },
  },
  {
    name: "connection-calls",
    reach: async (page) => {
      await shown("Connection")(page);
      await page.getByRole("tab", { name: "Calls" }).click();
      await settled(page);
    },
  },
  {
    name: "connection-new",
    reach: async (page) => {
      await shown("Connection")(page);
      await page.getByRole("button", { name: "Add organisation" }).click();
      await page.getByRole("button", { name: "Save and test connection" }).click();
      await page.locator('[aria-invalid="true"]:visible').first().waitFor();
    },
  },
  { name: "settings", reach: shown("Settings") },
  {
    name: "settings-erasing",
    answers: unsettledForErasing,
    reach: async (page) => {
      await shown("Settings")(page);
      await page.getByRole("button", { name: "Erase all data on this PC", exact: true }).click();
      await page.getByRole("dialog").getByText("Queue up a walk-in").waitFor();
    },
  },
  {
    name: "settings-passphrase",
    answers: keptWithPassphrase,
    reach: async (page) => {
      await shown("Settings")(page);
      await page.getByRole("button", { name: "Change passphrase", exact: true }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "shortcuts",
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.keyboard.press("F1");
      await page.getByRole("dialog").waitFor();
    },
  },
];
