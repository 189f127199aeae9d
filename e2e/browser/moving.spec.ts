// Moving an appointment: by the form, by cut and paste, and by dragging; and what is said when it can't be.
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";

import { bookingOf, openFreeDay, rivalBooks, slot, type Slot } from "../door/board.ts";
import { expectAccessible, leavePage, openPage } from "../door/browser.ts";
import { Keys } from "../door/keys.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();
const MOVED = ["BookAppointment", "BookAppointment", "CancelAppointment"];

/** An appointment of this desk on a day ahead, and its place on the board. */
async function booked(): Promise<{ board: Locator; free: Slot; booking: Locator }> {
  const board = await openFreeDay(session);
  const free = await slot(board, 0);
  await rivalBooks(session, free);
  await session.button(/^Refresh/).first().click();
  return { board, free, booking: await bookingOf(board, free.booked) };
}

const bar = () => session.page.getByRole("group", { name: "Appointment in hand" });
const focused = () => session.page.locator(":focus");
/** So high that the whole day is drawn, and that no time is near an edge, where the board would scroll away under the pointer. */
const whole = () => session.page.setViewportSize({ width: 1366, height: 2400 });

/** The page, opened anew in a direction: what is set by hand is lost when the settings are next read. */
async function opened(direction: "ltr" | "rtl"): Promise<void> {
  await leavePage(session.page);
  session.page = await openPage(session.browser, session.desk, { direction });
}

describe("moving by cut and paste", () => {
  test.each(["ltr", "rtl"] as const)("takes three command keys beside the arrows (%s)", async (dir) => {
    await opened(dir);
    const { board, booking, free } = await booked();
    const { keyboard } = session.page;
    const keys = new Keys((chord) => keyboard.press(chord), (text) => keyboard.type(text));
    await booking.focus();
    await keys.press("Control+x");
    await bar().getByText("Choose a free time").waitFor();
    await board.locator("[data-case].lifted").waitFor();
    await expectAccessible(session.page);
    await keys.press("ArrowDown");
    const aim = await focused().evaluate((slot) => ({ start: (slot as HTMLElement).dataset.start, words: slot.textContent }));
    expect(aim.start).toBeDefined();
    expect(aim.words).toContain(free.time);
    await expectAccessible(session.page);
    await keys.press("Control+v");
    await session.page.locator("button:focus", { hasText: /Move to \d\d:\d\d/ }).waitFor();
    await expectAccessible(session.page);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
    await keys.press("Enter");
    await session.page.getByText(/: moved to /).waitFor();
    await session.page.locator('[data-key^="case-"]:focus').waitFor();
    expect(await session.writtenNames()).toEqual(MOVED);
    expect(keys.commands.length).toBeLessThanOrEqual(4);
  });

  test("Escape goes back to carrying, then lays it back, and nothing was sent", async () => {
    const { booking } = await booked();
    const { keyboard } = session.page;
    await booking.focus();
    const key = await booking.getAttribute("data-key");
    await keyboard.press("Control+x");
    await keyboard.press("ArrowDown");
    await keyboard.press("Control+v");
    await session.page.locator("button:focus", { hasText: /Move to/ }).waitFor();
    await keyboard.press("Escape");
    await session.page.locator("[data-start]:focus").waitFor();
    await keyboard.press("Escape");
    await session.page.locator(`[data-key="${key}"]:focus`).waitFor();
    expect(await bar().count()).toBe(0);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });

  test("another day keeps it in hand, and it is moved there", async () => {
    const { booking } = await booked();
    const { keyboard } = session.page;
    await booking.focus();
    await keyboard.press("Control+x");
    const date = session.page.locator("[data-panel=appointments] input[type=date]");
    const slots = session.page.locator('[aria-label="Day board"][data-state=loaded] [data-start]:not(.past)');
    for (let ahead = 0; ahead < 14; ahead++) {
      const day = await date.inputValue();
      await keyboard.press("Control+PageDown");
      await expect.poll(() => date.inputValue()).not.toBe(day);
      await session.page.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])').waitFor();
      if ((await slots.count()) > 0) break;
    }
    await bar().waitFor();
    await slots.first().focus();
    await keyboard.press("Control+v");
    await session.page.locator("button:focus", { hasText: /Move to/ }).waitFor();
    await keyboard.press("Enter");
    await session.page.locator('[data-key^="case-"]:focus').waitFor();
    expect(await session.writtenNames()).toEqual(MOVED);
  });

  test("the board shows the free times of its type while it is in hand, and the keyboard stays where it is", async () => {
    await whole();
    const board = await openFreeDay(session);
    const type = session.choice("Service type");
    const before = await type.inputValue();
    const other = board.locator("[data-case]", { hasText: "First licence" }).first();
    const key = await other.getAttribute("data-key");
    await other.focus();
    await session.page.keyboard.press("Control+x");
    await expect.poll(() => type.locator("option:checked").textContent()).toContain("First licence");
    await board.locator("[data-start]:not(.unfit)").first().waitFor();
    await session.page.locator(`[data-key="${key}"]:focus`).waitFor();
    await session.page.keyboard.press("Escape");
    await expect.poll(() => type.inputValue()).toBe(before);
    await session.page.locator(`[data-key="${key}"]:focus`).waitFor();
    expect(await session.written()).toEqual([]);
  });

  test("keys that are pressed before the free times of its type are there are not lost", async () => {
    await whole();
    const board = await openFreeDay(session);
    const type = session.choice("Service type");
    const before = await type.inputValue();
    await type.selectOption({ label: "First licence (40 min)" });
    // A day comes column by column.
    const whollyRead = session.page.locator('[aria-label="Day board"][data-state=loaded][aria-busy=false]');
    await whollyRead.waitFor();
    // One that has a free time of its type after it in its calendar.
    const key = await board.locator("[data-start]").evaluateAll((slots) => {
      const above = (slot: Element) =>
        [...document.querySelectorAll<HTMLElement>(`[data-calendar="${slot.closest<HTMLElement>("[data-calendar]")?.dataset.calendar}"] [data-case]`)].find(
          (one) => one.innerText.includes("First licence") && one.offsetTop < (slot as HTMLElement).offsetTop,
        );
      return slots.flatMap((slot) => above(slot)?.dataset.key ?? [])[0];
    });
    expect(key).toBeDefined();
    await type.selectOption(before);
    await whollyRead.waitFor();
    await board.locator(`[data-key="${key}"]`).focus();
    const { keyboard } = session.page;
    const reading = await session.hold("load_day");
    await keyboard.press("Control+x");
    await expect.poll(reading.asked).toBeGreaterThan(0);
    await keyboard.press("ArrowDown");
    await keyboard.press("Control+v");
    expect(await bar().getByText("it can go nowhere else").count()).toBe(0);
    reading.letGo();
    await session.page.locator("button:focus", { hasText: /Move to/ }).waitFor();
    expect(await session.written()).toEqual([]);
  });

  test("only a free time takes it, and the reason is said", async () => {
    const { booking } = await booked();
    await booking.focus();
    await session.page.keyboard.press("Control+x");
    await session.page.keyboard.press("Control+v");
    await bar().getByText("Choose a free time: it can go nowhere else.").waitFor();
    await expectAccessible(session.page);
  });

  test("a time that somebody else took meanwhile is said, and another one is one press away", async () => {
    const { board, booking } = await booked();
    await booking.focus();
    await session.page.keyboard.press("Control+x");
    await session.page.keyboard.press("ArrowDown");
    const key = await focused().getAttribute("data-key");
    const slots = board.locator("[data-start]:not(.past)");
    const index = await slots.evaluateAll((all, key) => all.findIndex((one) => (one as HTMLElement).dataset.key === key), key);
    // The page does not read of it before it has asked about the move.
    const reading = await session.hold("load_day");
    await rivalBooks(session, await slot(board, index));
    await session.page.keyboard.press("Control+v");
    await session.page.locator("button:focus", { hasText: /Move to/ }).waitFor();
    reading.letGo();
    await session.page.keyboard.press("Enter");
    await bar().getByText("This time is not free any more").waitFor();
    await bar().locator("button:focus", { hasText: /\d\d:\d\d, Calendar/ }).waitFor();
    await expectAccessible(session.page);
    await session.page.keyboard.press("Enter");
    await session.page.locator('[data-key^="case-"]:focus').waitFor();
    expect(await session.writtenNames()).toEqual(["BookAppointment", ...MOVED]);
  });
});

describe("moving by dragging", () => {
  async function middle(of: Locator): Promise<{ x: number; y: number }> {
    const box = (await of.boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  test.each(["ltr", "rtl"] as const)("a drop on a free time asks first, with the exact times (%s)", async (dir) => {
    await opened(dir);
    await whole();
    const { board, booking, free } = await booked();
    await booking.scrollIntoViewIfNeeded();
    const { mouse } = session.page;
    const from = await middle(booking);
    const other = await slot(board, 1);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 3, from.y + 3);
    expect(await session.page.locator("[data-ghost]").count()).toBe(0);
    const to = await middle(other.button);
    await mouse.move(to.x, to.y, { steps: 8 });
    const ghost = (await session.page.locator("[data-ghost]").innerText()).replace(/\s+/g, " ");
    expect(ghost).toContain(`${free.time} ${other.time}`);
    await mouse.up();
    await session.page.locator("button:focus", { hasText: `Move to ${other.time}` }).waitFor();
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
    await session.page.keyboard.press("Enter");
    await bookingOf(board, other.booked);
    expect(await session.writtenNames()).toEqual(MOVED);
  });

  test("a drop elsewhere, Escape, and a lost pointer lay it back", async () => {
    await whole();
    const { board, booking } = await booked();
    await booking.scrollIntoViewIfNeeded();
    const { mouse, keyboard } = session.page;
    const from = await middle(booking);
    const to = await middle((await slot(board, 1)).button);
    const head = await middle(board.getByRole("columnheader").first());
    const carry = async () => {
      await mouse.move(from.x, from.y);
      await mouse.down();
      await mouse.move(to.x, to.y, { steps: 4 });
      await session.page.locator("[data-ghost]").waitFor();
    };
    await carry();
    await mouse.move(head.x, head.y - 60);
    await mouse.up();
    await bar().waitFor({ state: "detached" });
    await carry();
    await keyboard.press("Escape");
    await bar().waitFor({ state: "detached" });
    await mouse.up();
    await carry();
    await board.locator(".board").evaluate((box) => box.dispatchEvent(new PointerEvent("pointercancel", { pointerId: 1 })));
    await bar().waitFor({ state: "detached" });
    await mouse.up();
    expect(await session.page.locator("aside").count()).toBe(0);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });

  test("at an edge the board scrolls on", async () => {
    const { board, booking } = await booked();
    // What the keyboard stands on is drawn wherever it is, in a smaller window too.
    await booking.focus();
    await session.page.setViewportSize({ width: 1366, height: 480 });
    // The board is drawn anew for the smaller window; this waits until the booking stands still in it.
    await booking.hover();
    const scrolled = () => board.locator(".board").evaluate((box) => box.scrollTop);
    const { mouse } = session.page;
    const from = await middle(booking);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 12, from.y, { steps: 3 });
    await bar().waitFor();
    const box = (await board.locator(".board").boundingBox())!;
    await mouse.move(from.x, box.y + box.height - 4, { steps: 3 });
    const before = await scrolled();
    await expect.poll(scrolled).toBeGreaterThan(before + 40);
    await mouse.up();
  });

  test("a finger scrolls, and never drags", async () => {
    const { booking } = await booked();
    await booking.evaluate((button) => {
      const at = { pointerId: 5, pointerType: "touch", isPrimary: true, bubbles: true, button: 0, clientX: 100, clientY: 100 };
      button.dispatchEvent(new PointerEvent("pointerdown", at));
      button.dispatchEvent(new PointerEvent("pointermove", { ...at, clientY: 200 }));
    });
    expect(await bar().count()).toBe(0);
  });
});

describe("moving by the form", () => {
  /** An appointment of this desk with its move begun, and another free time. */
  async function begin(): Promise<{ board: Locator; other: Slot }> {
    const board = await openFreeDay(session);
    const free = await slot(board, 0);
    await rivalBooks(session, free);
    await session.button(/^Refresh/).first().click();
    await (await bookingOf(board, free.booked)).click();
    await session.button("Move…").click();
    await session.page.getByRole("heading", { name: /^Move the appointment of/ }).waitFor();
    return { board, other: await slot(board, 1) };
  }

  test("the new time is booked before the old one is cancelled", async () => {
    await begin();
    await session.choice("Time").selectOption({ index: 1 });
    await expectAccessible(session.page);
    await session.button("Move here").click();
    await session.page.getByText(/: moved to /).waitFor();
    await session.page.locator('[data-key^="case-"]:focus').waitFor();
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
