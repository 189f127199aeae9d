// The day board: book from a free time, by mouse and by keyboard alone; lose the race; lose the answer; cancel.
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";

import { expectAccessible } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

/** A day ahead on which the service has free times; never today, whose times run out under the hand. */
async function openFreeDay(): Promise<Locator> {
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

interface Slot {
  button: Locator;
  label: string;
  time: string;
  booked: RegExp;
}

async function slot(board: Locator, index: number): Promise<Slot> {
  const button = board.locator("[data-start]:not(.past)").nth(index);
  const label = ((await button.getAttribute("aria-label")) ?? "").replace(/[\u2066-\u2069]/g, "");
  const [, when, time] = /^Free, (.* (\d\d:\d\d)), /.exec(label) ?? [];
  const calendar = /Calendar \d+/.exec(label)?.[0];
  if (!when || !time || !calendar) throw new Error(`a free time is called "${label}"`);
  return { button, label, time, booked: new RegExp(`^Booked, ${when}, .*${calendar}`) };
}

/** The booking of a slot, whose name may hold marks that keep digits in order. */
async function bookingOf(board: Locator, booked: RegExp): Promise<Locator> {
  const found = async () => {
    const all = await board.locator('[data-key^="case-"]').all();
    for (const one of all) {
      const name = ((await one.getAttribute("aria-label")) ?? "").replace(/[\u2066-\u2069]/g, "");
      if (booked.test(name)) return one;
    }
    return undefined;
  };
  await expect.poll(async () => (await found()) !== undefined, { timeout: 20_000 }).toBe(true);
  return (await found())!;
}

describe("booking", () => {
  test("a free time is booked once, and listed", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await free.button.click();
    await session.field("Phone number").fill("0555000101");
    await expectAccessible(session.page);
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await bookingOf(board, free.booked);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });

  test("a time is booked with the keyboard alone", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 1);
    await free.button.focus();
    await session.page.keyboard.press("Enter");
    await session.field("Phone number").waitFor();
    await session.field("Phone number").focus();
    await session.page.keyboard.type("0555000102");
    await session.page.keyboard.press("Control+Enter");
    await bookingOf(board, free.booked);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });

  test("what a calendar demands is said beside the field, and nothing is sent", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await free.button.click();
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await session.page.getByText("This calendar needs a phone number.").first().waitFor();
    expect(await session.written()).toEqual([]);
  });

  test("whoever loses the race keeps what was typed and gets other times", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await free.button.click();
    const phone = session.field("Phone number");
    await phone.fill("0555000103");
    const rival = await rivalBooks(free);
    expect(rival).toBe(200);
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await session.page.getByText(`${free.time} is no longer free`).waitFor();
    expect(await phone.inputValue()).toBe("0555000103");
    const other = session.page.getByRole("alert").getByRole("button", { name: /^\d\d:\d\d, Calendar/ }).first();
    await other.click();
    await session.button(/^Book \d\d:\d\d/).click();
    await session.page.getByText(/^Booked .*\d\d:\d\d/).first().waitFor();
    expect(await session.writtenNames()).toEqual(["BookAppointment", "BookAppointment"]);
  });

  test("a failed call keeps what was typed", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await free.button.click();
    await session.field("Phone number").fill("0555000104");
    await session.failOnce("book_appointment");
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await session.page.getByRole("alert").first().waitFor();
    expect(await session.field("Phone number").inputValue()).toBe("0555000104");
    expect(await session.written()).toEqual([]);
  });

  test("a lost answer is settled by looking, not by sending again", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await free.button.click();
    await session.field("Phone number").fill("0555000105");
    await session.loseAnswer("book_appointment");
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await session.page.getByText("It is not known whether this was booked").waitFor();
    await session.button("Look at the day again").click();
    await bookingOf(board, free.booked);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });
});

/** Somebody else books the same time through the same desk's core. */
async function rivalBooks(free: Slot): Promise<number> {
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
  return 200;
}

describe("cancelling", () => {
  test("asks first, then frees the time", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await rivalBooks(free);
    await session.button(/^Refresh/).first().click();
    await (await bookingOf(board, free.booked)).click();
    await session.button("Cancel appointment").click();
    const dialog = session.page.getByRole("dialog", { name: "Cancel this appointment?" });
    await dialog.waitFor();
    await expectAccessible(session.page);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
    await dialog.getByLabel(/^Reason/).fill("moved away");
    await dialog.getByRole("button", { name: "Cancel appointment", exact: true }).click();
    const bar = session.page.getByRole("status", { name: "About to leave" });
    await bar.getByText(/Cancelling/).waitFor();
    await expectAccessible(session.page);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
    await bar.getByRole("button", { name: "Send now" }).click();
    await session.page.getByText(/^Cancelled:/).waitFor();
    expect(await session.writtenNames()).toEqual(["BookAppointment", "CancelAppointment"]);
  });

  test("is undone with the keyboard alone, in a window that was loaded anew as well, and nothing is sent", async () => {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await rivalBooks(free);
    await session.button(/^Refresh/).first().click();
    const booking = await bookingOf(board, free.booked);
    await booking.focus();
    const bar = session.page.getByRole("status", { name: "About to leave" });
    for (const reload of [false, true]) {
      await booking.click();
      await session.button("Cancel appointment").focus();
      await session.page.keyboard.press("Enter");
      const dialog = session.page.getByRole("dialog", { name: "Cancel this appointment?" });
      await dialog.locator("button:focus", { hasText: "Cancel appointment" }).waitFor();
      await session.page.keyboard.press("Enter");
      await bar.getByText(/Cancelling/).waitFor();
      if (reload) {
        await session.page.reload();
        await bar.getByText(/Cancelling/).waitFor();
      } else await session.page.locator(":focus", { hasText: "Being cancelled" }).waitFor();
      await session.page.keyboard.press("Control+z");
      await session.page.getByText("Taken back. Nothing was sent.").waitFor();
      await bar.getByText(/Cancelling/).waitFor({ state: "detached" });
    }
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });
});

describe("moving", () => {
  /** An appointment of this desk with its move begun, and another free time. */
  async function begin(): Promise<{ board: Locator; other: Slot }> {
    const board = await openFreeDay();
    const free = await slot(board, 0);
    await rivalBooks(free);
    await session.button(/^Refresh/).first().click();
    await (await bookingOf(board, free.booked)).click();
    await session.button("Move…").click();
    await session.page.getByRole("heading", { name: /^Move the appointment of/ }).waitFor();
    return { board, other: await slot(board, 1) };
  }

  test("by the form, the new time is booked before the old one is cancelled", async () => {
    const { board } = await begin();
    await session.choice("Time").selectOption({ index: 1 });
    await expectAccessible(session.page);
    await session.button("Move here").click();
    await session.page.getByText(/: moved to /).waitFor();
    await expect.poll(() => board.locator('[data-key^="case-"]:focus').count()).toBe(1);
    expect(await session.writtenNames()).toEqual(["BookAppointment", "BookAppointment", "CancelAppointment"]);
  });

  test("a free time chosen on the board is where it goes", async () => {
    const { board, other } = await begin();
    await other.button.click();
    await session.page.getByRole("heading", { name: /^Move the appointment of/ }).waitFor();
    await session.button("Move here").click();
    await bookingOf(board, other.booked);
    expect(await session.writtenNames()).toEqual(["BookAppointment", "BookAppointment", "CancelAppointment"]);
  });

  test("an old time that has to be given up first is asked about, and kept when that is not wanted", async () => {
    await begin();
    const from = await session.page.locator("aside dd").first().textContent();
    const time = /\d\d:\d\d/.exec(from ?? "")?.[0] ?? "";
    const [hours, minutes] = time.split(":").map(Number);
    const later = (hours ?? 0) * 60 + (minutes ?? 0) + 1;
    await session.field("Or another time").fill(`${Math.floor(later / 60)}:${String(later % 60).padStart(2, "0")}`);
    await session.button("Move here").click();
    const dialog = session.page.getByRole("dialog", { name: "Give up the old time first?" });
    await dialog.waitFor();
    await expectAccessible(session.page);
    await dialog.getByRole("button", { name: "Keep it", exact: true }).click();
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });
});
