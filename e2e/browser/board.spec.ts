// The day board as a table: every key in both directions, a board far larger than the window, a window far smaller than
// a board, several services, and what changed since somebody looked.
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { DayBoard, DayColumn } from "../../ui/src/bindings.ts";
import { dayAs } from "../door/board.ts";
import { expectAccessible, leavePage, openPage } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

type Busy = { calendars: number; bookings: number; free?: number; minutes?: number; marked?: boolean };

/** A day of many calendars with a booking, or a free time, every few minutes: bookings with no mark, or with all that go together. */
function busy(board: DayBoard, { calendars, bookings, free = 0, minutes = 10, marked = false }: Busy): DayBoard {
  const columns = board.columns;
  const like = columns.find((column) => column.appointments.state === "loaded" && column.appointments.value.length > 0);
  const [sample] = like?.appointments.state === "loaded" ? like.appointments.value : [];
  if (!like || !sample?.appointment) throw new Error("this day has no booking to go by");
  const { appointment } = sample;
  const column = (cuIndex: number): DayColumn => ({
    calendar: {
      ...like.calendar,
      cuIndex,
      workingHours: [{ start: 480, end: 1140 }],
      isPastDate: false,
      isCustomerRequired: marked,
      isPhoneNumberRequired: marked,
      isEmailRequired: marked,
    },
    appointments: {
      state: "loaded",
      value: Array.from({ length: bookings }, (_, index) => ({
        ...sample,
        caseId: `made-${cuIndex}-${index}`,
        channel: marked ? "Video" : "FaceToFace",
        customer: marked ? null : sample.customer,
        appointment: { ...appointment, noShowProbability: marked ? 0.6 : null, cuIndex, start: 480 + index * minutes, timeLocal: null, duration: minutes },
      })),
    },
    vacancies: {
      state: "loaded",
      value: {
        serviceTypeId: null,
        serviceTypeName: null,
        duration: minutes,
        slots: Array.from({ length: free }, (_, index) => 480 + (bookings + index) * minutes),
      },
    },
  });
  return { ...board, columns: Array.from({ length: calendars }, (_, cuIndex) => column(cuIndex)) };
}

async function openDay(page: Page = session.page, ahead = 1): Promise<Locator> {
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Appointments/ }).click();
  const panel = page.locator("[data-panel=appointments]");
  const read = panel.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])');
  const date = panel.locator("input[type=date]");
  await read.waitFor();
  for (let day = 0; day < ahead; day++) {
    const shown = await date.inputValue();
    await panel.getByRole("button", { name: "Day after" }).click();
    await expect.poll(() => date.inputValue()).not.toBe(shown);
    await read.waitFor();
  }
  return panel;
}

const focusKey = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.key ?? "");
const place = async (page: Page): Promise<{ calendar: number; name: string }> =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const cell = focused.closest<HTMLElement>("[role=gridcell], [role=columnheader]");
    return {
      calendar: Number(cell?.getAttribute("aria-colindex") ?? 0),
      name: (focused.getAttribute("aria-label") ?? "").replace(/[\u2066-\u2069]/g, ""),
    };
  });
const time = (name: string): string => /\d\d:\d\d/.exec(name)?.[0] ?? "";

/** Whether the focused thing is wholly in sight, below the heads. */
const inSight = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const box = focused.closest<HTMLElement>(".board")!.getBoundingClientRect();
    const heads = focused.closest<HTMLElement>(".board")!.querySelector(".heads")!.getBoundingClientRect();
    const at = focused.getBoundingClientRect();
    return at.top >= heads.bottom && at.bottom <= box.bottom && at.left >= box.left && at.right <= box.right;
  });

describe.each(["ltr", "rtl"] as const)("the keys of the board, %s", (direction) => {
  test("lead to every time of every calendar, and what they stand on is always in sight", async () => {
    const page = await openPage(session.browser, session.desk, { direction });
    await dayAs(page, (board) => busy(board, { calendars: 30, bookings: 40, free: 20 }));
    const panel = await openDay(page);
    const [onwards, backwards] = direction === "ltr" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    await panel.locator("[data-start]").first().focus();
    const press = async (key: string) => {
      await page.keyboard.press(key);
      expect(await inSight(page), `${key} leads out of sight`).toBe(true);
      return place(page);
    };
    const first = await place(page);
    expect(first.calendar).toBe(1);
    expect((await press("ArrowDown")).name).not.toBe(first.name);
    expect((await press("ArrowUp")).name).toBe(first.name);
    const neighbour = await press(onwards!);
    expect([neighbour.calendar, time(neighbour.name)]).toEqual([2, time(first.name)]);
    expect((await press(backwards!)).calendar).toBe(1);
    expect(time((await press("Home")).name)).toBe("08:00");
    expect(time((await press("PageDown")).name)).toBe("09:00");
    expect(time((await press("End")).name)).toBe("17:50");
    expect(time((await press("PageUp")).name)).toBe("16:50");
    const last = await press("Control+End");
    expect([last.calendar, time(last.name)]).toEqual([30, "16:50"]);
    expect((await press(backwards!)).calendar).toBe(29);
    expect((await press("Control+Home")).calendar).toBe(1);
    await leavePage(page);
  });
});

describe("30 calendars with 60 bookings each stay below 2,000 nodes, and a screen reader is told of them all", () => {
  test.each([
    [1366, 768, false],
    [1366, 768, true],
    [1920, 1080, false],
    [1920, 1080, true],
  ] as const)("%i by %i, every booking marked: %s", async (width, height, marked) => {
    const page = await openPage(session.browser, session.desk, { width, height });
    await dayAs(page, (board) => busy(board, { calendars: 30, bookings: 60, marked }));
    const panel = await openDay(page);
    const grid = panel.getByRole("grid");
    expect(await grid.getAttribute("aria-colcount")).toBe("30");
    expect(await grid.getAttribute("aria-rowcount")).toBe("61");
    const nodes = () => panel.locator(".board").evaluate((board) => board.querySelectorAll("*").length);
    const counted = [await nodes()];
    await panel.locator(".board").evaluate((board) => board.scrollTo(1500, 900));
    await panel.locator('[role=columnheader][aria-colindex="14"]').waitFor();
    counted.push(await nodes());
    console.log(`board nodes at ${width}x${height}: ${counted.join(", ")}`);
    expect(Math.max(...counted)).toBeLessThanOrEqual(2000);
    await expectAccessible(page);
    await leavePage(page);
  });
});

test("a step to what is in sight changes the two things it concerns, and a day that was read opens where the keyboard stands", async () => {
  const { page } = session;
  await dayAs(page, (board) => busy(board, { calendars: 30, bookings: 40, free: 20 }));
  const panel = await openDay(page);
  const date = panel.locator("input[type=date]");
  const read = panel.locator('[aria-label="Day board"][data-state=loaded][aria-busy=false]');
  const thereAndBack = async () => {
    for (const key of ["Control+PageDown", "Control+PageUp"]) {
      const before = await date.inputValue();
      await page.keyboard.press(key);
      await expect.poll(() => date.inputValue()).not.toBe(before);
      await read.waitFor();
    }
  };
  await thereAndBack();
  await panel.locator("[data-case]").first().focus();
  await page.evaluate(() => {
    const changed = ((globalThis as unknown as { changed: string[] }).changed = []) as string[];
    new MutationObserver((list) => changed.push(...list.map((one) => one.attributeName ?? one.type))).observe(
      document.querySelector(".board")!,
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  });
  const changed = () => page.evaluate(() => (globalThis as unknown as { changed: string[] }).changed.splice(0));
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
    await page.keyboard.press(key);
    expect(await changed(), key).toEqual(["tabindex", "tabindex"]);
  }
  await page.keyboard.press("End");
  const stood = time((await place(page)).name);
  await thereAndBack();
  expect(time((await place(page)).name)).toBe(stood);
  expect(await inSight(page)).toBe(true);
});

test("400 bookings in one calendar can still be read, pressed and walked through", async () => {
  await dayAs(session.page, (board) => busy(board, { calendars: 2, bookings: 400, minutes: 1 }));
  const panel = await openDay();
  const booking = panel.locator("[data-case]").first();
  await booking.focus();
  const size = (await booking.boundingBox())!;
  expect(Math.min(size.height, size.width)).toBeGreaterThanOrEqual(24);
  await session.page.keyboard.press("End");
  expect(await focusKey(session.page)).toBe("case-made-0-399");
  expect(await inSight(session.page)).toBe(true);
  expect(await panel.locator(".board").evaluate((board) => board.querySelectorAll("*").length)).toBeLessThan(2000);
});

describe("a window as narrow as 400 % zoom makes it", () => {
  test.each(["ltr", "rtl"] as const)("shows the day as a list with the same keys, %s", async (direction) => {
    const page = await openPage(session.browser, session.desk, { width: 320, height: 640, direction });
    const panel = await openDay(page);
    await panel.locator(".agenda").waitFor();
    expect(await panel.getByRole("grid").count()).toBe(0);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
    expect(wider).toBe(false);
    await expectAccessible(page);
    await panel.locator("[data-start]").first().focus();
    const from = await focusKey(page);
    await page.keyboard.press("ArrowDown");
    expect(await focusKey(page)).not.toBe(from);
    await page.keyboard.press("ArrowUp");
    expect(await focusKey(page)).toBe(from);
    await page.keyboard.press(direction === "ltr" ? "ArrowRight" : "ArrowLeft");
    const calendar = () =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-calendar]")?.dataset.calendar);
    expect(await calendar()).toBe("1");
    await page.keyboard.press("Enter");
    await page.locator("aside").waitFor();
    await leavePage(page);
  });

  test.each([
    { width: 341, height: 192, direction: "ltr" },
    { width: 480, height: 270, direction: "rtl" },
  ] as const)("and as low ($width by $height, $direction) has all of it within reach", async (look) => {
    const page = await openPage(session.browser, session.desk, look);
    const panel = await openDay(page);
    await expectAccessible(page);
    const aside = page.locator("aside");
    const inReach = async (thing: Locator) => {
      await thing.focus();
      const isOnTop = (element: Element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      };
      await expect.poll(() => thing.evaluate(isOnTop)).toBe(true);
    };
    await inReach(panel.getByRole("button", { name: /^Refresh/ }));
    await inReach(panel.getByRole("button", { name: "Find a time" }));
    await inReach(panel.locator("[data-start]").first());
    await inReach(panel.locator("[data-start]").last());
    await inReach(page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Settings/ }));
    await panel.locator("[data-start]").first().click();
    await inReach(aside.getByRole("textbox", { name: "Phone number" }));
    await inReach(aside.getByRole("button", { name: /^Book/ }));
    await leavePage(page);
  });
});

test("several services stand side by side, each with its own type, and are there again the next time", async () => {
  const panel = await openDay();
  await session.button("Show several services").click();
  const list = session.page.getByRole("group", { name: "Services side by side" });
  await list.getByRole("checkbox", { checked: false }).first().check();
  await panel.locator("[data-service]").nth(1).waitFor();
  await expectAccessible(session.page);
  await session.page.keyboard.press("Escape");
  const columns = Number(await panel.getByRole("grid").getAttribute("aria-colcount"));
  expect(columns).toBeGreaterThan(1);
  await session.page.reload();
  await openDay(session.page, 0);
  await panel.locator("[data-service]").nth(1).waitFor();
  await session.button("2 services").click();
  await list.getByRole("checkbox", { checked: true }).last().uncheck();
  await expect.poll(() => panel.locator("[data-service]").count()).toBe(0);
});

test("what others booked since somebody looked is counted in the calendar's head, and listed", async () => {
  const panel = await openDay();
  const slots = panel.locator("[data-start]:not(.past)");
  await slots.first().waitFor();
  const at = await slots.first().evaluate((button) => ({
    cuIndex: Number(button.closest<HTMLElement>("[data-calendar]")?.dataset.calendar),
    startTime: Number((button as HTMLElement).dataset.start),
    date: document.querySelector<HTMLInputElement>("[data-panel=appointments] input[type=date]")?.value ?? "",
  }));
  const service = session.world.services.find((entry) => entry.kind === "appointment")!;
  const shown = await session.choice("Service").inputValue();
  const serviceTypeId = await session.choice("Service type").inputValue();
  await slots.first().focus();
  await session.desk.call("book_appointment", {
    ...at,
    serviceId: shown || service.serviceId,
    serviceTypeId,
    contactPhoneNumber: "0555000777",
  });
  await session.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  const mark = panel.locator('[data-key^="changes-"]');
  await mark.waitFor();
  expect(await focusKey(session.page), "the keyboard has lost its place").not.toBe("");
  await expectAccessible(session.page);
  await mark.click();
  await session.page.getByText(/^New: \d\d:\d\d/).waitFor();
  await session.page.keyboard.press("Escape");
  await expect.poll(() => mark.count()).toBe(0);
});
