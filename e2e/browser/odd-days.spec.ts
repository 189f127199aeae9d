// Days that are not as a clerk expects them: over, too far away, closed meanwhile, without calendars, with bookings of which
// hardly anything is known, in a zone nobody knows, and with an hour too many or too few. The board stays usable and says so.
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { Appointment, DayBoard, DayColumn } from "../../ui/src/bindings.ts";
import { dayAs, daysFromToday, openFreeDay } from "../door/board.ts";
import { expectAccessible, leavePage, openPage } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

const READ = '[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])';

const plain = async (locator: Locator): Promise<string> =>
  ((await locator.innerText()) + " " + ((await locator.getAttribute("aria-label")) ?? "")).replace(/[\u2066-\u2069]/g, "");

/** The board of a date, reached through the field where dates are typed. */
async function openDate(page: Page, date: string): Promise<Locator> {
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Appointments/ }).click();
  const panel = page.locator("[data-panel=appointments]");
  await panel.locator(READ).waitFor();
  await panel.locator("input[type=date]").fill(date);
  await expect.poll(() => panel.locator("input[type=date]").inputValue()).toBe(date);
  await panel.locator(READ).waitFor();
  return panel;
}

const distant = (days: number) => daysFromToday(session, days);
/** A day that no page shows by itself, before or after midnight: asking for the one that is shown reads nothing. */
const AWAY = 2;

describe("A day that is not as expected", () => {
  test("is read when it is over, and takes no booking", async () => {
    const panel = await openDate(session.page, await distant(-3));
    expect(await panel.locator("[data-start]:not(.past)").count()).toBe(0);
    expect(await plain(panel)).toContain("This day is over");
    await expectAccessible(session.page);
  });

  test("says when it lies beyond the booking window", async () => {
    const panel = await openDate(session.page, await distant(300));
    expect(await panel.locator("[data-start]").count()).toBe(0);
    expect(await plain(panel)).toMatch(/Not open for booking yet|No calendars on this day/);
    await expectAccessible(session.page);
  });

  test("says that a service has no calendars", async () => {
    await dayAs(session.page, (board) => ({ ...board, columns: [] }));
    const panel = await openDate(session.page, await distant(AWAY));
    expect(await plain(panel)).toContain("No calendars on this day");
    await expectAccessible(session.page);
  });

  test("keeps what was typed when its calendar is closed meanwhile", async () => {
    const board = await openFreeDay(session);
    const free = board.locator("[data-start]:not(.past)").first();
    await free.click();
    await session.field(/^Phone/).fill("0555000123");
    await dayAs(session.page, (day) => ({
      ...day,
      columns: day.columns.map((column) => ({
        ...column,
        calendar: { ...column.calendar, agentsBookingActive: false },
        vacancies: { state: "loaded", value: null },
      })),
    }));
    await session.button(/^Refresh/).first().click();
    await expect.poll(() => board.locator("[data-start]:not(.past)").count()).toBe(0);
    expect(await session.field(/^Phone/).inputValue()).toBe("0555000123");
    await expectAccessible(session.page);
  });

  test("shows a booking of which Cubu tells nothing but the case and the time", async () => {
    const bare = (booking: Appointment): Appointment => ({
      ...(Object.fromEntries(Object.keys(booking).map((name) => [name, null])) as unknown as Appointment),
      caseId: booking.caseId,
      appointment: booking.appointment && { ...booking.appointment, duration: null, noShowProbability: null },
    });
    let cases: string[] = [];
    await dayAs(session.page, (board) => ({
      ...board,
      columns: board.columns.map((column) => ({
        ...column,
        appointments:
          column.appointments.state === "loaded"
            ? { state: "loaded", value: column.appointments.value.map(bare) }
            : column.appointments,
      })),
    }));
    const panel = await openDate(session.page, await distant(AWAY));
    cases = await panel.locator('[data-key^="case-"]').evaluateAll((all) => all.map((one) => one.getAttribute("data-key")!));
    expect(cases.length).toBeGreaterThan(0);
    const first = panel.locator(`[data-key="${cases[0]}"]`);
    expect(await plain(first)).toContain("No customer");
    await first.click();
    await expectAccessible(session.page);
  });

  test("names a zone nobody knows, and what to do about it", async () => {
    const zone = "Mars/Olympus Mons";
    await dayAs(session.page, (board: DayBoard) => ({
      ...board,
      timeZone: null,
      timeZoneProblem: { id: "zone-unknown", args: { zone } },
    }));
    const panel = await openDate(session.page, await distant(AWAY));
    expect(await plain(panel)).toContain(`The time zone “${zone}” is not known`);
    await expectAccessible(session.page);
  });
});

// Clocks go forward in Jerusalem on Friday 26 March 2027 and in London on Sunday 28 March, back on 31 October in both.
describe.each([
  ["forward in Jerusalem", "2027-03-26", "The clocks go forward that day: 02:00 to 03:00 does not exist."],
  ["forward in London", "2027-03-28", undefined],
  ["back in both", "2027-10-31", "The clocks go back that day: 01:00 to 02:00 comes twice."],
])("The day on which clocks go %s", (_, date, said) => {
  test.each(["America/New_York", "Asia/Jerusalem", "Asia/Kathmandu"])("shows the unit's own times on a PC in %s", async (timezoneId) => {
    const page = await openPage(session.browser, session.desk, { timezoneId });
    try {
      const minutes = [60, 90, 120, 150];
      const { services } = session.world;
      const { serviceId } = services.find((service) => service.kind === "appointment")!;
      const { columns } = await session.desk.call("load_day", { serviceId, date: await distant(1) });
      await dayAs(page, (board) => {
        const first = columns[0]!;
        const column: DayColumn = {
          ...first,
          calendar: {
            ...first.calendar,
            workingHours: [{ start: 60, end: 180 }],
            isPastDate: false,
            isInAgentsBookingWindow: true,
            agentsBookingActive: true,
          },
          appointments: { state: "loaded", value: [] },
          vacancies: {
            state: "loaded",
            value: { serviceTypeId: null, serviceTypeName: null, duration: 10, slots: minutes },
          },
        };
        return { ...board, date, columns: [column] };
      });
      const panel = await openDate(page, date);
      for (const minute of minutes) {
        const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
        const free = panel.locator(`[data-start="${minute}"]`);
        await free.waitFor({ state: "attached" });
        expect((await free.getAttribute("aria-label"))?.replace(/[\u2066-\u2069]/g, "")).toContain(` ${time}, 10 minutes`);
      }
      const words = await plain(panel);
      if (said) expect(words).toContain(said);
      else expect(words).not.toContain("The clocks go");
      await expectAccessible(page);
    } finally {
      await leavePage(page);
    }
  });
});
