// Watches for an earlier time: from an appointment's details to the moment another desk frees a time, and one key to it.
import { describe, expect, test } from "vitest";

import type { CalendarDay } from "../../ui/src/bindings.ts";
import { bookFor, freeCalendar, fromTomorrow } from "../door/board.ts";
import { expectAccessible, leavePage, openPage, settled } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { Session } from "../door/session.ts";

/** The appointment that waits, and somebody else's before it on the same day. */
let at: CalendarDay;
let caseId: string;
let earlierCase: string;
let earlierStart: number;
let other: Desk;

const session = Session.forFile(async ({ desk, world, simulator }) => {
  other = await startDesk();
  await connect(other, simulator);
  const settings = await other.call("get_settings", {});
  await other.call("save_settings", { settings: { ...settings, undoSeconds: 0 } });
  const free = await freeCalendar(desk, world, 6);
  at = free.at;
  earlierStart = free.slots[1]!;
  earlierCase = await bookFor(desk, world, free, earlierStart, 1);
  const left = await desk.call("list_vacancies", { ...at, serviceTypeId: free.serviceTypeId });
  caseId = await bookFor(desk, world, free, left.slots.at(-1)!, 2);
});

const news = () => session.page.locator("[data-freed]");

async function openDetails(): Promise<void> {
  // So that the whole day is in sight, and so drawn.
  await session.page.setViewportSize({ width: 2400, height: 3000 });
  const board = await session.go("Appointments");
  await session.choose("Service", /^Licences by appointment$/);
  await board.locator("input[type=date]").fill(at.date);
  await board.locator('[aria-label="Day board"][data-state=loaded]').waitFor();
  await settled(session.page);
  const booking = board.locator(`[data-key="case-${caseId}"]`);
  await booking.click();
  await session.button("Tell me if something earlier frees…").waitFor();
}

/** Has the window look now, until there is news: days that lie far ahead are not read in every round. */
async function lookUntilNews(): Promise<void> {
  await expect
    .poll(
      async () => {
        await session.desk.call("check_watches", {});
        const list = await session.desk.call("list_watches", {});
        return list.some((watch) => watch.hits.length > 0);
      },
      { timeout: 20_000 },
    )
    .toBe(true);
}

describe("watching for an earlier time", () => {
  test("is asked for in an appointment's details, with a form that reads well in both directions", async () => {
    await openDetails();
    await session.button("Tell me if something earlier frees…").click();
    await session.page.setViewportSize({ width: 1366, height: 768 });
    await session.page.getByRole("form", { name: "Watch for an earlier time" }).waitFor();
    await expectAccessible(session.page);
    await session.button("Watch").click();
    await session.page.getByText(/^Watching for an earlier time/).waitFor();
    const [watch] = await session.desk.call("list_watches", {});
    expect(watch?.appointment?.caseId).toBe(caseId);
    expect(watch?.hits).toEqual([]);
  });

  test("what another desk frees is told once on every panel, and one key and a confirmation move the appointment there", async () => {
    await other.call("cancel_appointment", { ...at, caseId: earlierCase });
    await lookUntilNews();
    await session.page.reload();
    await session.go("Customers");
    await news().first().waitFor();
    expect(await news().count()).toBe(1);
    await expectAccessible(session.page);
    await leavePage(session.page);
    session.page = await openPage(session.browser, session.desk, { direction: "rtl" });
    await news().first().waitFor();
    await session.page.keyboard.press("Control+6");
    await session.page.locator("[data-watch=news]").waitFor();
    await expectAccessible(session.page);

    await session.page.keyboard.press("Control+m");
    const bar = session.page.locator("[data-moving=asked]");
    await bar.waitFor();
    expect(await session.writtenNames()).toEqual(["CancelAppointment"]);
    await expect.poll(() => bar.locator("[data-move]").evaluate((act) => act === document.activeElement)).toBe(true);
    await session.page.keyboard.press("Enter");
    await expect.poll(() => session.writtenNames()).toHaveLength(3);
    const written = await session.writtenNames();
    expect(written.slice(1)).toEqual(["BookAppointment", "CancelAppointment"]);
    const listed = await session.desk.call("list_appointments", at);
    expect(listed.some((entry) => entry.caseId === caseId)).toBe(false);
    expect(listed.some((entry) => entry.appointment?.start === earlierStart)).toBe(true);
    await session.page.keyboard.press("Control+6");
    await session.page.locator("[data-watch=moved]").waitFor();
    await session.button("Remove").click();
    await session.page.getByText("Nothing is watched for").waitFor();
  });

  test("is asked for where a search found nothing that suits", async () => {
    const board = await session.go("Appointments");
    await board.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])').waitFor();
    // The form takes over the earliest time that was found, and one of this minute is over when it is sent in the next.
    await fromTomorrow(session);
    await session.page.keyboard.press("Control+e");
    await session.button("Tell me if something earlier frees…").click();
    await session.button("Watch").click();
    // The panel, and with it its key, is there once there is a watch.
    await session.page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Watches/ }).waitFor();
    await session.page.keyboard.press("Control+6");
    await session.page.locator("[data-watch=watching]").waitFor();
    await expectAccessible(session.page);
    await session.button("End this watch").click();
    await session.page.getByText("Nothing is watched for").waitFor();
    await other.stop();
  });
});
