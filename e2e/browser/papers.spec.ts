// Paper: day sheets and slips as they come out of a printer, and files for calendars as another program reads them.
import ICAL from "ical.js";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { Appointment, DayBoard, DayColumn, Papers } from "../../ui/src/bindings.ts";
import { bookingOf, dayAs, openFreeDay, slot } from "../door/board.ts";
import { expectAccessible, leavePage, openPage } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

const LONGEST = "Maximiliana Konstantinopoulou-Weatherington von und zu Hohenstaufen-Ravensburg the Younger";

/** A day of so many appointments in its calendars, with the longest names and every mark. */
function busy(board: DayBoard, bookings: number[]): DayBoard {
  const like = board.columns.find(
    (column) => column.appointments.state === "loaded" && column.appointments.value.length > 0,
  );
  const [sample] = like?.appointments.state === "loaded" ? like.appointments.value : [];
  if (!like || !sample?.appointment) throw new Error("this day has no booking to go by");
  const names = ["Dana Levi", LONGEST, "נועה בן־דוד", "محمد عبد الرحمن"];
  const columns = bookings.map((count, cuIndex): DayColumn => ({
    ...like,
    calendar: { ...like.calendar, cuIndex, isCustomerRequired: true, workingHours: [{ start: 480, end: 1200 }] },
    appointments: {
      state: "loaded",
      value: Array.from({ length: count }, (_, index): Appointment => ({
        ...sample,
        caseId: `made-${cuIndex}-${index}`,
        ticket: { prefix: "C", number: String(index), suffix: null },
        customer:
          index % 5 === 4 ? null : { dataTableId: null, recordId: `r${index}`, displayName: names[index % 4] ?? null },
        contactPhoneNumber: "+972-50-123-4567",
        appointment: {
          ...sample.appointment!,
          cuIndex,
          start: 480 + index * 10,
          timeLocal: null,
          duration: index % 7 === 6 ? 25 : 10,
          noShowProbability: index % 6 === 0 ? 0.4 : 0,
        },
      })),
    },
  }));
  return { ...board, columns };
}

async function openTomorrow(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Appointments/ }).click();
  const panel = page.locator("[data-panel=appointments]");
  const read = panel.locator('[aria-label="Day board"][data-state=loaded]');
  await read.waitFor();
  const shown = await panel.locator("input[type=date]").inputValue();
  await page.keyboard.press("Control+PageDown");
  await expect.poll(() => panel.locator("input[type=date]").inputValue()).not.toBe(shown);
  await read.waitFor();
}

/** The pages of a PDF; Chromium writes each as an object of its own. */
const pagesOf = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

/** The view as a printer gets it. */
async function printed(page: Page): Promise<Buffer> {
  await page.locator('[data-page="1"]').first().waitFor();
  await expect.poll(() => page.locator("[data-page=measuring]").count()).toBe(0);
  return page.pdf({ format: "A4", preferCSSPageSize: false });
}

describe.each(["ltr", "rtl"] as const)("a day sheet, %s", (direction) => {
  test("has a page for each calendar, and as many more as a long day needs, each with its head", async () => {
    const page = await openPage(session.browser, session.desk, { direction });
    await dayAs(page, (board) => busy(board, [70, 3, 0]));
    await openTomorrow(page);
    await page.keyboard.press("Control+p");
    await page.getByRole("dialog", { name: "Day sheet" }).waitFor();
    const pdf = await printed(page);
    const papers = page.locator(".papers .page");
    const count = await papers.count();
    expect(count).toBeGreaterThan(3);
    expect(pagesOf(pdf)).toBe(count);
    for (const paper of await papers.all()) {
      expect(await paper.getByRole("columnheader").count()).toBe(7);
      expect(await paper.getByText(/^As of/).count()).toBe(1);
    }
    const times = await page.locator(".papers tbody td.time").allTextContents();
    expect(times.length).toBe(73);
    await expectAccessible(page);

    // Calendars without appointments are left out until somebody wants them.
    await page.getByRole("button", { name: /^Calendars: 2 of 3/ }).click();
    await page.getByRole("checkbox", { name: /\(70\)/ }).uncheck();
    await page.getByRole("checkbox", { name: /\(0\)/ }).check();
    await page.keyboard.press("Escape");
    expect(pagesOf(await printed(page))).toBe(2);
    await leavePage(page);
  });
});

test("a day sheet asked for while its day is read has every calendar that has bookings", async () => {
  const { page } = session;
  const panel = await session.go("Appointments");
  await panel.locator('[aria-label="Day board"][data-state=loaded]').waitFor();
  const { asked, letGo } = await session.hold("more_of_day");
  await page.keyboard.press("Control+PageDown");
  await expect.poll(asked).toBeGreaterThan(0);
  await page.keyboard.press("Control+p");
  const sheet = page.getByRole("dialog", { name: "Day sheet" });
  const print = sheet.getByRole("button", { name: /^Print/ });
  await sheet.locator("[data-state=loading]").waitFor();
  expect(await print.getAttribute("aria-disabled")).toBe("true");
  letGo();
  await expect.poll(() => print.getAttribute("aria-disabled")).toBeNull();
  await printed(page);
  const date = await panel.locator("input[type=date]").inputValue();
  const { serviceId } = session.world.services.find(({ name }) => name === "Licences by appointment")!;
  const calendars = await session.desk.call("list_calendars", { serviceId, date });
  const booked = async ({ cuIndex }: { cuIndex: number }) =>
    (await session.desk.call("list_appointments", { serviceId, date, cuIndex })).some(({ status }) => status !== "Cancelled");
  const withBookings = (await Promise.all(calendars.map(booked))).filter(Boolean).length;
  expect(withBookings).toBeGreaterThan(1);
  expect(await page.locator('.papers [data-page="1"]').count()).toBe(withBookings);
  await page.keyboard.press("Escape");
});

test("phone numbers come from the customers' records when somebody asks for them", async () => {
  const page = await openPage(session.browser, session.desk);
  await openTomorrow(page);
  await page.keyboard.press("Control+p");
  const sheet = page.getByRole("dialog", { name: "Day sheet" });
  await page.getByRole("button", { name: "Add phone numbers" }).click();
  await sheet.getByText("Phone numbers are those of the customers’ records.").first().waitFor();
  await expect.poll(() => page.locator("[data-page=measuring]").count()).toBe(0);
  const known = new Set(session.world.customers.map(({ phone }) => phone));
  const rows = await page.locator(".papers tbody tr").all();
  let numbers = 0;
  for (const row of rows) {
    const number = (await row.locator("td").nth(4).innerText()).replace(/[\u2066-\u2069]/g, "");
    if (number) numbers++;
    expect(number === "" || known.has(number), number).toBe(true);
  }
  await page.locator("h1:focus").waitFor();
  expect(numbers).toBeGreaterThan(rows.length / 2);
  await expectAccessible(page);
  await leavePage(page);
});

test("paper is black on white in every theme, and nothing of the screens is on it", async () => {
  const page = await openPage(session.browser, session.desk, { theme: "dark" });
  await dayAs(page, (board) => busy(board, [8]));
  await openTomorrow(page);
  await page.keyboard.press("Control+p");
  await printed(page);
  await page.emulateMedia({ media: "print" });
  const odd = await page.evaluate(() => {
    const seen = (element: Element) => {
      const style = getComputedStyle(element);
      return style.visibility === "visible" && element.getClientRects().length > 0;
    };
    const painted = [...document.body.querySelectorAll("*")].filter(seen);
    const off = painted.filter((element) => !element.closest("[data-paper]")).map((element) => element.className);
    const coloured = painted
      .filter((element) => element.closest(".page"))
      .flatMap((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        const isPlain =
          color === "rgb(0, 0, 0)" && ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(backgroundColor);
        return isPlain ? [] : [`${element.tagName} ${color} on ${backgroundColor}`];
      });
    return { off, coloured };
  });
  expect(odd).toEqual({ off: [], coloured: [] });
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  // The keyboard is back where it was.
  await page.locator("[data-panel=appointments] [data-case]").first().waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await leavePage(page);
});

test("after booking, the slip of the new appointment is one chord away, in the customer's language", async () => {
  const board = await openFreeDay(session);
  const free = await slot(board, 0);
  await free.button.click();
  await session.field("Phone number").fill("0555000107");
  await session.choice("Language").fill("he-IL");
  await session.page.keyboard.press("Control+Enter");
  await bookingOf(board, free.booked);
  await expect
    .poll(() => session.page.evaluate(() => (document.activeElement as HTMLElement).dataset.key ?? ""))
    .toMatch(/^case-/);
  await session.page.keyboard.press("Control+Shift+P");
  const slip = session.page.locator(".page[dir=rtl][lang=he]");
  await slip.getByText("התור שלך").waitFor();
  await slip.getByText(free.time).waitFor();
  expect(pagesOf(await printed(session.page))).toBe(1);
  await expectAccessible(session.page);
  await session.page.getByRole("combobox", { name: "Language of the customer" }).selectOption("ar");
  await session.page.locator(".page[lang=ar]").getByText("موعدك").waitFor();
  await session.page.keyboard.press("Escape");
  await session.page.getByRole("dialog").waitFor({ state: "detached" });
});

test("a walk-in's slip has its number and a code with its address", async () => {
  const [agent] = session.world.users;
  await session.desk.call("choose_agent", { userId: agent!.userId, displayName: agent!.displayName });
  await session.page.reload();
  await session.go("Agent");
  await session.choose("Service", /^Licences, walk-in/);
  await session.choose("Type", /min/);
  await session.button(/^Queue up/).click();
  await session.page.locator(".ticket[data-case]").getByRole("button", { name: "Print slip" }).click();
  const slip = session.page.locator(".page");
  await slip.getByRole("img", { name: /^https?:/ }).waitFor();
  expect(pagesOf(await printed(session.page))).toBe(1);
  await expectAccessible(session.page);
});

describe("a calendar file", () => {
  const papersOf = async (zone: string, date: string, start: number, more: Partial<Appointment> = {}) => {
    const service = session.world.services.find((entry) => entry.kind !== "walkIn")!;
    const unit = session.world.units.find((entry) => entry.unitId === service.unitId)!;
    await session.desk.call("put_unit", { unitId: unit.unitId, name: `${unit.name}; "north", קומה 2`, timeZone: zone });
    const appointment = {
      caseId: "5b0d6c1e-6666-4a6e-9d10-000000000001",
      appointment: { date, start, duration: 30 },
      serviceTypeName: "Renewal",
      ...more,
    } as unknown as Appointment;
    return session.desk.call("get_appointment_papers", { serviceId: service.serviceId, date, appointment });
  };

  /** The event as ical.js reads it, by the rules that stand in the file and no others. */
  function read(papers: Papers) {
    const calendar = new ICAL.Component(ICAL.parse(papers.calendarFile!.text) as never);
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent")!);
    return { calendar, event };
  }

  const MOMENTS = [
    // zone, day, minute of the wall clock, the moment in UTC
    ["Europe/Berlin", "2026-11-24", 560, "2026-11-24T08:20:00Z"],
    ["Europe/Berlin", "2027-07-01", 560, "2027-07-01T07:20:00Z"],
    // The last half hour before each change of clocks, the first after it, and an hour that is left out.
    ["Europe/Berlin", "2026-03-29", 90, "2026-03-29T00:30:00Z"],
    ["Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:30:00Z"],
    ["Europe/Berlin", "2026-03-29", 180, "2026-03-29T01:00:00Z"],
    ["Europe/Berlin", "2026-10-25", 90, "2026-10-24T23:30:00Z"],
    ["Europe/Berlin", "2026-10-25", 150, "2026-10-25T00:30:00Z"],
    ["Europe/Berlin", "2026-10-25", 180, "2026-10-25T02:00:00Z"],
    ["Israel Standard Time", "2026-03-27", 100, "2026-03-26T23:40:00Z"],
    ["Israel Standard Time", "2026-03-27", 180, "2026-03-27T00:00:00Z"],
    ["Israel Standard Time", "2026-10-25", 30, "2026-10-24T21:30:00Z"],
    ["Israel Standard Time", "2026-10-25", 120, "2026-10-25T00:00:00Z"],
    ["Israel Standard Time", "2024-03-29", 200, "2024-03-29T00:20:00Z"],
    ["America/New_York", "2026-11-01", 240, "2026-11-01T09:00:00Z"],
    ["Australia/Sydney", "2027-01-05", 600, "2027-01-04T23:00:00Z"],
    ["Asia/Kolkata", "2026-07-01", 600, "2026-07-01T04:30:00Z"],
    ["Africa/Casablanca", "2026-02-25", 600, "2026-02-25T10:00:00Z"],
    ["Pacific/Apia", "2026-07-01", 600, "2026-06-30T21:00:00Z"],
  ] as const;

  test("is the moment that the unit's clock shows to another program too, at every change of clocks", async () => {
    for (const [zone, date, start, moment] of MOMENTS) {
      const { event } = read(await papersOf(zone, date, start));
      const seconds = [event.startDate, event.endDate].map((time) => time.toUnixTime());
      const begins = Date.parse(moment) / 1000;
      expect(seconds, `${zone} ${date} ${start}`).toEqual([begins, begins + 1800]);
    }
  });

  test("says what, where and which event it is, in the customer's language, whatever is in a name", async () => {
    const papers = await papersOf("Europe/Berlin", "2026-11-24", 560, { language: "he" });
    const { calendar, event } = read(papers);
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(event.uid).toContain("5b0d6c1e-6666-4a6e-9d10-000000000001");
    expect(event.sequence).toBe(0);
    expect(event.location).toContain('; "north", קומה 2');
    expect(event.summary).toContain("Renewal");
    expect(event.description).toBe(papers.message);
    for (const line of papers.calendarFile!.text.split("\r\n")) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }
  });
});
