// Emptying a calendar: from the board's column head to the last call, with the keyboard, and once more after a new window.
import type { Locator } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import type { CalendarDay } from "../../ui/src/bindings.ts";
import { bookFor, freeCalendar } from "../door/board.ts";
import { expectAccessible, leavePage, openPage, settled } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { Session } from "../door/session.ts";

/** A day ahead on which a calendar has several bookings that can be moved. */
let at: CalendarDay;
/** Those that were booked for the purpose, in the order of the day. */
const cases: string[] = [];
let serviceTypeId: string;
/** A desk of its own: what is booked there, the desk on the screen knows from Cubu alone. */
let elsewhere: Desk;

const session = Session.forFile(async ({ desk, simulator, world }) => {
  elsewhere = await startDesk();
  await connect(elsewhere, simulator);
  const free = await freeCalendar(desk, world, 5);
  ({ at, serviceTypeId } = free);
  for (const customer of [0, 1, 2]) {
    const { slots } = await desk.call("list_vacancies", { ...at, serviceTypeId: free.serviceTypeId });
    cases.push(await bookFor(desk, world, free, slots[1]!, customer));
  }
});

afterAll(() => elsewhere?.stop());

const panel = () => session.page.locator("[data-panel=emptying]");
const rowsOf = (state: string) => panel().locator(`[data-stands=${state}]`);
const card = () => session.page.locator("[data-call-card]");

async function openDay(): Promise<Locator> {
  const board = await session.go("Appointments");
  await session.choose("Service", /^Licences by appointment$/);
  await board.locator("input[type=date]").fill(at.date);
  await board.locator('[aria-label="Day board"][data-state=loaded]').waitFor();
  await settled(session.page);
  return board;
}

async function openList(): Promise<void> {
  await openDay();
  await session.page.keyboard.press("Control+5");
  await panel().locator("[role=option]").first().waitFor();
}

describe("emptying a calendar", () => {
  test("begins at the column's head, lists every booking with a time of its own, and reads well in both directions", async () => {
    const board = await openDay();
    const head = board.locator(".column-head button").nth(at.cuIndex);
    await head.focus();
    await session.page.keyboard.press("Control+Shift+E");
    await panel().locator("[role=option]").first().waitFor();
    const { appointments } = await session.desk.call("empty_calendar", at);
    expect(await panel().locator("[role=option]").count()).toBe(appointments.length);
    await card().getByRole("button", { name: /^Move to \d\d:\d\d/ }).waitFor();
    const places = await panel().locator(".goes").allTextContents();
    const proposed = places.filter((text) => text.includes("Calendar"));
    expect(proposed.length).toBeGreaterThan(2);
    expect(new Set(proposed).size).toBe(proposed.length);
    await expectAccessible(session.page);
    await leavePage(session.page);
    session.page = await openPage(session.browser, session.desk, { direction: "rtl" });
    await session.button("Go on").click();
    await panel().locator("[role=option]").first().waitFor();
    await settled(session.page);
    await expectAccessible(session.page);
  });

  test("each call is one chord, the number is in view, and a new window goes on where the last one was", async () => {
    await openList();
    await panel().locator(`[data-case="${cases[0]}"]`).click();
    await card().getByText("0555000100").first().waitFor();
    const before = await rowsOf("toDo").count();
    await card().getByRole("button", { name: /^Move to \d\d:\d\d/ }).waitFor();
    await session.page.keyboard.press("Control+Enter");
    await expect.poll(() => rowsOf("moved").count()).toBe(1);
    expect(await session.writtenNames()).toEqual(["BookAppointment", "CancelAppointment"]);
    await panel().locator(`[data-case="${cases[1]}"]`).click();
    await session.page.keyboard.press("Alt+n");
    await rowsOf("notReached").waitFor();
    await panel().locator(`[data-case="${cases[2]}"]`).click();
    await session.page.keyboard.press("Alt+s");
    await rowsOf("skipped").waitFor();
    expect(await rowsOf("toDo").count()).toBe(before - 3);

    await session.page.reload();
    await session.button("Go on").click();
    for (const state of ["moved", "notReached", "skipped"]) await rowsOf(state).waitFor();
    expect(await rowsOf("toDo").count()).toBe(before - 3);
  });

  test("what another desk booked without telling a number is moved with the number said on the telephone", async () => {
    const { slots } = await session.desk.call("list_vacancies", { ...at, serviceTypeId });
    const booked = await elsewhere.call("book_appointment", {
      ...at,
      serviceTypeId,
      startTime: slots[1]!,
      contactPhoneNumber: "0555000777",
    });
    await openList();
    await panel().locator(`[data-case="${booked.caseId}"]`).click();
    const number = card().getByRole("textbox", { name: /^Phone number/ });
    await number.waitFor();
    await card().getByRole("button", { name: /^Move to \d\d:\d\d/ }).waitFor();
    await expectAccessible(session.page);
    await session.page.keyboard.press("Control+Enter");
    await card().getByText("The service requires contactPhoneNumber.").waitFor();
    await card().locator("input:focus").waitFor();
    await number.fill("0555000888");
    await session.page.keyboard.press("Control+Enter");
    await panel().locator(`[data-case="${booked.caseId}"][data-stands=moved]`).waitFor();
    const written = (await session.written()).map((write) => `${write.endpoint} ${String(write.contactPhoneNumber)}`);
    expect(written).toEqual([
      "BookAppointment 0555000777",
      "BookAppointment 0555000888",
      "CancelAppointment 0555000777",
    ]);
  });

  test("another time is chosen from the day's calendars, a cancelling keeps its reason, and the result is on one sheet", async () => {
    await openList();
    await rowsOf("notReached").click();
    await session.page.keyboard.press("Alt+a");
    await card().getByRole("group", { name: /^Calendar/ }).getByRole("button").nth(2).click();
    await expect.poll(() => rowsOf("moved").count()).toBe(3);
    await rowsOf("skipped").click();
    await session.page.keyboard.press("Alt+c");
    await session.field("Reason").fill("Will call back");
    await expectAccessible(session.page);
    await session.page.getByRole("dialog").getByRole("button", { name: "Cancel appointment", exact: true }).click();
    await session.button("Send now").click();
    await expect.poll(() => rowsOf("cancelled").count()).toBe(1);
    await session.button("Finish").click();
    const sheet = session.page.locator("[data-result]");
    await sheet.getByText("Reason: Will call back").waitFor();
    expect(await sheet.getByText(/^Moved to /).count()).toBe(3);
    await expectAccessible(session.page);
    await session.page.emulateMedia({ media: "print" });
    expect(await session.page.getByRole("navigation", { name: "Panels" }).isVisible()).toBe(false);
    expect(await sheet.isVisible()).toBe(true);
  });
});
