// What there is to look at: every screen, and the states a list can be in.
import type { Page, Route } from "playwright-core";

import { settled } from "../door/browser.ts";
import { offline } from "../door/refusals.ts";
import type { World } from "../door/simulator.ts";
import {
  emptied,
  emptiedOfNothing,
  empty,
  failing,
  heldBack,
  keepsNothing,
  keptDays,
  keptWithPassphrase,
  locked,
  longestName,
  manyCaseFields,
  refusing,
  silent,
  twoHeld,
  unsettledForErasing,
  unsettledWrites,
  watched,
} from "./answers.ts";
import { PAPER_SCENES } from "./paper-scenes.ts";
import {
  board,
  carry,
  chooseTime,
  editCaseFields,
  failed,
  fillCaseFields,
  find,
  loading,
  openBooking,
  openCustomer,
  openDetails,
  openEmptying,
  openEntry,
  openWatches,
  putDown,
  shown,
  tomorrow,
} from "./ways.ts";

export interface Scene {
  name: string;
  /** Shown instead of what the desk answers. */
  answers?: (page: Page, world: World) => Promise<void>;
  /** From the freshly opened page to the thing to look at. */
  reach: (page: Page, world: World) => Promise<void>;
}

export const SCENES: Scene[] = [
  { name: "appointments", reach: shown("Appointments") },
  {
    name: "appointments-stale",
    reach: async (page) => {
      await shown("Appointments")(page);
      await refusing("load_day")(page);
      await page.locator("[data-panel=appointments]").getByRole("button", { name: /^Refresh/ }).click();
      await page.locator('[data-state="stale"]:visible').waitFor();
    },
  },
  { name: "appointments-booking", reach: openBooking },
  {
    name: "appointments-booking-case-fields",
    answers: manyCaseFields,
    reach: async (page) => {
      await openBooking(page);
      await fillCaseFields(page);
    },
  },
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
      await chooseTime(page);
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
      await chooseTime(page);
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
  {
    name: "appointments-calendar",
    reach: async (page) => {
      await tomorrow(page);
      await board(page).locator(".column-head button").nth(1).click();
      await page.locator("[data-panel=appointments] aside").waitFor();
    },
  },
  {
    name: "appointments-services",
    answers: keepsNothing,
    reach: async (page) => {
      await tomorrow(page);
      await page.getByRole("button", { name: "Show several services" }).click();
      await page.getByRole("dialog").getByRole("checkbox").nth(1).check();
      await page.keyboard.press("Escape");
      await settled(page);
    },
  },
  {
    name: "appointments-agenda",
    reach: async (page) => {
      await page.setViewportSize({ width: 720, height: 768 });
      await tomorrow(page);
    },
  },
  {
    name: "appointments-drafts",
    answers: keepsNothing,
    reach: async (page) => {
      await openBooking(page);
      await page.getByRole("textbox", { name: "Phone number" }).fill("0555000321");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "1 draft" }).click();
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
  {
    name: "appointments-failed",
    answers: async (page, world) => {
      await keptDays(page, world);
      await failing("load_day", "kept_day")(page);
    },
    reach: (page) => failed(page, "Appointments"),
  },
  {
    name: "appointments-down",
    reach: async (page) => {
      await shown("Appointments")(page);
      await failing("load_day")(page);
      await page.reload();
      await page.getByText(/This is the day as of/).first().waitFor();
    },
  },
  {
    name: "emptying",
    answers: emptied,
    reach: openEmptying,
  },
  {
    name: "emptying-times",
    answers: emptied,
    reach: async (page) => {
      await openEmptying(page);
      await page.keyboard.press("Alt+a");
      await page.locator("[data-call-card]").getByRole("group", { name: /^Calendar/ }).first().waitFor();
    },
  },
  {
    name: "emptying-cancel",
    answers: emptied,
    reach: async (page) => {
      await openEmptying(page);
      await page.keyboard.press("Alt+c");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "emptying-asks",
    answers: async (page, world) => {
      await emptied(page, world);
      const error = { ...offline("move_appointment"), code: "move_needs_order", message: { id: "move-overlaps", args: {} } };
      await page.route("**/api/move_appointment", (route: Route) => route.fulfill({ status: 422, json: error }));
    },
    reach: async (page) => {
      await openEmptying(page);
      await page.keyboard.press("Control+Enter");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "emptying-banner",
    answers: emptied,
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.getByRole("button", { name: "Go on" }).waitFor();
    },
  },
  {
    name: "emptying-none",
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.keyboard.press("Control+5");
      await page.locator("[data-panel=emptying] [data-state=empty]").waitFor();
    },
  },
  {
    name: "emptying-no-bookings",
    answers: emptiedOfNothing,
    reach: async (page) => {
      await page.getByRole("button", { name: "Go on" }).click();
      await page.locator("[data-panel=emptying] [data-state=empty]").waitFor();
    },
  },
  {
    name: "emptying-loading",
    answers: async (page, world) => {
      await emptied(page, world);
      await silent("empty_calendar")(page);
    },
    reach: async (page) => {
      await page.getByRole("button", { name: "Go on" }).click();
      await page.locator("[data-panel=emptying] [data-state=loading]").waitFor();
    },
  },
  {
    name: "emptying-failed",
    answers: async (page, world) => {
      await emptied(page, world);
      await failing("empty_calendar")(page);
    },
    reach: async (page) => {
      await page.getByRole("button", { name: "Go on" }).click();
      await page.locator("[data-panel=emptying] [data-state=failed]").waitFor();
    },
  },
  { name: "watches", answers: watched, reach: openWatches },
  {
    name: "watches-failed",
    answers: async (page, world) => {
      await watched(page, world);
      await failing("check_watches")(page);
    },
    reach: async (page) => {
      await openWatches(page);
      await page.keyboard.press("F5");
      await page.locator("[data-panel=watches]").getByRole("alert").waitFor();
    },
  },
  {
    name: "watches-none",
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.keyboard.press("Control+6");
      await page.locator("[data-panel=watches] [data-state=empty]").waitFor();
    },
  },
  {
    name: "watches-banner",
    answers: watched,
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.locator("[data-freed]").waitFor();
    },
  },
  {
    name: "watches-form",
    reach: async (page) => {
      await openDetails(page);
      await page.getByRole("button", { name: /Tell me if something earlier/ }).click();
      await page.getByRole("form", { name: "Watch for an earlier time" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "unsettled",
    answers: unsettledWrites,
    reach: async (page) => {
      await shown("Appointments")(page);
      await page.getByRole("button", { name: "Show", exact: true }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "calendars", reach: shown("Calendars") },
  { name: "calendars-empty", answers: empty("load_span", "days"), reach: shown("Calendars") },
  { name: "calendars-loading", answers: silent("load_span"), reach: (page) => loading(page, "Calendars") },
  { name: "calendars-failed", answers: failing("load_span"), reach: (page) => failed(page, "Calendars") },
  ...PAPER_SCENES,
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
  {
    name: "agent-case-fields",
    answers: manyCaseFields,
    reach: async (page) => {
      await shown("Agent")(page);
      await fillCaseFields(page);
    },
  },
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
  { name: "connection-case-fields", answers: manyCaseFields, reach: editCaseFields },
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
