// The day board as tests reach for it: a day with free times, a free time, the booking that stands there.
import type { Locator, Page, Route } from "playwright-core";
import { expect } from "vitest";

import type { CalendarDay, DayBoard, FindTimes } from "../../ui/src/bindings.ts";
import type { Desk } from "./desk.ts";
import type { Session } from "./session.ts";
import type { World } from "./simulator.ts";

/** A day ahead on which the service has free times; never today, whose times run out under the hand. */
export async function openFreeDay(session: Session): Promise<Locator> {
  const panel = await session.go("Appointments");
  await session.choose("Service", /^Licences by appointment$/);
  const board = panel.locator('[aria-label="Day board"]');
  const date = panel.locator("input[type=date]");
  const read = panel.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])');
  for (let ahead = 0; ahead < 14; ahead++) {
    await read.waitFor();
    const day = await date.inputValue();
    await session.button("Day after").click();
    await expect.poll(() => date.inputValue()).not.toBe(day);
    await read.waitFor();
    if ((await board.locator("[data-start]:not(.past)").count()) > 3) return board;
  }
  throw new Error("two weeks without a free time");
}

/** What is found begins tomorrow, so that its earliest time can't run out between the search and what is done with it. */
export async function fromTomorrow(session: Session): Promise<void> {
  const notBefore = { date: await daysFromToday(session, 1), minute: 0 };
  await session.page.route("**/api/find_times", (route) => {
    const asked = route.request().postDataJSON() as FindTimes;
    return route.continue({ postData: JSON.stringify({ ...asked, criteria: { ...asked.criteria, notBefore } }) });
  });
}

/** The date so many days after today at the unit, where it is another day than in UTC for some hours. */
export async function daysFromToday({ desk, world }: Session, days: number): Promise<string> {
  const { serviceId } = world.services.find((entry) => entry.name === "Licences by appointment")!;
  const { today } = await desk.call("get_today", { serviceId });
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first free time of the day after the one on the board, opened. */
export async function openFreeTime(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Appointments/ }).click();
  const panel = page.locator("[data-panel=appointments]");
  const date = panel.locator("input[type=date]");
  const read = panel.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])');
  await read.waitFor();
  const today = await date.inputValue();
  await panel.getByRole("button", { name: "Day after" }).click();
  await expect.poll(() => date.inputValue()).not.toBe(today);
  await read.waitFor();
  await panel.locator("[data-start]:not(.past)").first().click();
  await page.getByRole("textbox", { name: "Phone number" }).waitFor();
}

export interface Slot {
  button: Locator;
  label: string;
  time: string;
  booked: RegExp;
}

export async function slot(board: Locator, index: number): Promise<Slot> {
  const button = board.locator("[data-start]:not(.past)").nth(index);
  const label = ((await button.getAttribute("aria-label")) ?? "").replace(/[\u2066-\u2069]/g, "");
  const [, when, time] = /^Free, (.* (\d\d:\d\d)), /.exec(label) ?? [];
  const calendar = /Calendar \d+/.exec(label)?.[0];
  if (!when || !time || !calendar) throw new Error(`a free time is called "${label}"`);
  return { button, label, time, booked: new RegExp(`^Booked, ${when}, .*${calendar}`) };
}

/** The booking of a slot, whose name may hold marks that keep digits in order. */
export async function bookingOf(board: Locator, booked: RegExp): Promise<Locator> {
  let key: string | undefined;
  const find = async () => {
    const named = await board.locator('[data-key^="case-"]').evaluateAll((all) =>
      all.map((one) => ({ key: (one as HTMLElement).dataset.key, name: one.getAttribute("aria-label") ?? "" })),
    );
    key = named.find(({ name }) => booked.test(name.replace(/[\u2066-\u2069]/g, "")))?.key;
    return key;
  };
  await expect.poll(find).toBeDefined();
  // By its key: which one of how many it is changes with what is in sight.
  return board.locator(`[data-key="${key}"]`);
}

/** Somebody else books the same time through the same desk's core. */
export async function rivalBooks(session: Session, free: Slot): Promise<void> {
  const key = await free.button.evaluate((button) => ({
    cuIndex: Number(button.closest<HTMLElement>("[data-calendar]")?.dataset.calendar),
    startTime: Number((button as HTMLElement).dataset.start),
    date: document.querySelector<HTMLInputElement>("[data-panel=appointments] input[type=date]")?.value ?? "",
  }));
  const service = session.world.services.find((entry) => entry.name === "Licences by appointment")!;
  const serviceTypeId = await session.choice("Service type").inputValue();
  await session.desk.call("book_appointment", {
    ...key,
    serviceId: service.serviceId,
    serviceTypeId,
    contactPhoneNumber: "0555000999",
  });
}

/** The day of the desk, made over before the screens see it. */
export async function dayAs(page: Page, change: (board: DayBoard) => DayBoard): Promise<void> {
  await page.route("**/api/load_day", async (route: Route) => {
    const { known: _, reader: __, ...whole } = route.request().postDataJSON() as Record<string, unknown>;
    const answer = await route.fetch({ postData: JSON.stringify(whole) });
    await route.fulfill({ response: answer, json: change((await answer.json()) as DayBoard) });
  });
}

export interface FreeCalendar {
  at: CalendarDay;
  serviceTypeId: string;
  /** The starts that are free for it. */
  slots: number[];
}

/** A calendar of a day ahead with so many free times of one type. */
export async function freeCalendar(desk: Pick<Desk, "call">, { services }: World, atLeast: number): Promise<FreeCalendar> {
  const { serviceId, serviceTypeIds } = services.find((entry) => entry.kind === "appointment")!;
  const { today } = await desk.call("get_today", { serviceId });
  const { days } = await desk.call("load_span", { serviceId, from: today, days: 14 });
  for (const { date } of days.slice(1)) {
    for (const serviceTypeId of serviceTypeIds) {
      const { columns } = await desk.call("load_day", { serviceId, date, serviceTypeId });
      for (const { calendar, vacancies } of columns) {
        const slots = vacancies.state === "loaded" ? (vacancies.value?.slots ?? []) : [];
        if (slots.length >= atLeast) return { at: { serviceId, date, cuIndex: calendar.cuIndex }, serviceTypeId, slots };
      }
    }
  }
  throw new Error("two weeks without so many free times");
}

/** Books for a customer of the world, with a number of their own. */
export async function bookFor(
  desk: Pick<Desk, "call">,
  { customers }: World,
  { at, serviceTypeId }: Omit<FreeCalendar, "slots">,
  startTime: number,
  customer: number,
): Promise<string> {
  const { caseId } = await desk.call("book_appointment", {
    ...at,
    serviceTypeId,
    startTime,
    customerRecordId: customers[customer]!.recordId,
    contactPhoneNumber: `055500010${customer}`,
    contactEmail: "robin.vale@example.org",
  });
  return caseId!;
}
