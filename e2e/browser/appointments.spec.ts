// The day board: book from a free time, by mouse and by keyboard alone; lose the race; lose the answer; cancel.
import { describe, expect, test } from "vitest";

import { bookingOf, openFreeDay, rivalBooks, slot } from "../door/board.ts";
import { expectAccessible } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

describe("booking", () => {
  test("a free time is booked once, and listed", async () => {
    const board = await openFreeDay(session);
    const free = await slot(board, 0);
    await free.button.click();
    await session.field("Phone number").fill("0555000101");
    await expectAccessible(session.page);
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await bookingOf(board, free.booked);
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
  });

  test("a time is booked with the keyboard alone", async () => {
    const board = await openFreeDay(session);
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
    const board = await openFreeDay(session);
    const free = await slot(board, 0);
    await free.button.click();
    await session.button(new RegExp(`^Book ${free.time}`)).click();
    await session.page.getByText("This calendar needs a phone number.").first().waitFor();
    expect(await session.written()).toEqual([]);
  });

  test("whoever loses the race keeps what was typed and gets other times", async () => {
    const board = await openFreeDay(session);
    const free = await slot(board, 0);
    await free.button.click();
    const phone = session.field("Phone number");
    await phone.fill("0555000103");
    await rivalBooks(session, free);
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
    const board = await openFreeDay(session);
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
    const board = await openFreeDay(session);
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

describe("cancelling", () => {
  test("asks first, then frees the time", async () => {
    await session.holdBack(30);
    const board = await openFreeDay(session);
    const free = await slot(board, 0);
    await rivalBooks(session, free);
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
    await session.holdBack(30);
    const board = await openFreeDay(session);
    const free = await slot(board, 0);
    await rivalBooks(session, free);
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
