// How many command keys the four commonest acts take, one after the other as a clerk would, with no mouse.
import { expect, test } from "vitest";

import { fromTomorrow } from "../door/board.ts";
import { BUDGET, Keys } from "../door/keys.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile(async ({ desk, world }) => {
  // The catalogue learns what customers can be found by from the first one that is read.
  await desk.call("get_customer", { customerRecordId: world.customers[0]!.recordId });
});

function keyboard(): Keys {
  const { keyboard } = session.page;
  return new Keys((chord) => keyboard.press(chord), (text) => keyboard.type(text));
}

test("a returning customer is booked at the earliest time, moved and cancelled, and the day changed, within the budgets", async () => {
  const { page } = session;
  const panel = await session.go("Appointments");
  await session.choose("Service", /^Licences by appointment$/);
  await panel.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])').waitFor();
  const returning = session.world.customers.find((customer) => /^0\d{9}$/.test(customer.phone ?? ""))!;
  const onBooking = page.locator('[data-key^="case-"]:focus');

  await fromTomorrow(session);
  // The type is acted upon before its free times are there.
  const reading = await session.hold("load_day");
  const book = keyboard();
  await book.press("Control+n");
  await page.locator("input[type=search]:focus").waitFor();
  await book.type(returning.phone!);
  await book.press("Enter");
  await page.locator("select[data-type]:focus").waitFor();
  await book.type("Lost");
  await page.locator("select[data-type]:focus option:checked", { hasText: "Lost licence" }).waitFor({ state: "attached" });
  await page.locator("[data-earliest]").waitFor();
  await book.press("Control+Enter");
  await expect.poll(reading.asked).toBeGreaterThan(0);
  reading.letGo();
  await page.locator("[data-book]:focus").waitFor();
  await book.press("Enter");
  await onBooking.waitFor();
  const [booked, ...others] = await session.written();
  const type = session.world.serviceTypes.find((entry) => entry.name === "Lost licence")!;
  expect([booked?.endpoint, booked?.serviceTypeId, others]).toEqual(["BookAppointment", type.serviceTypeId, []]);
  expect(book.commands.length, book.commands.join(", ")).toBeLessThanOrEqual(BUDGET.book);

  const move = keyboard();
  await move.press("Control+x");
  await page.getByRole("group", { name: "Appointment in hand" }).waitFor();
  // The earliest time may have been the last of its calendar.
  await move.aim(
    async () => (await page.locator("[data-start]:focus").count()) > 0,
    () => page.locator("[data-key]:focus").waitFor(),
  );
  await page.locator("[data-start]:focus").waitFor();
  await move.press("Control+v");
  await page.locator("[data-move]:focus").waitFor();
  await move.press("Enter");
  await page.getByText(/: moved to /).waitFor();
  await onBooking.waitFor();
  expect(await session.writtenNames()).toEqual(["BookAppointment", "BookAppointment", "CancelAppointment"]);
  expect(move.commands.length, move.commands.join(", ")).toBeLessThanOrEqual(BUDGET.move);

  const cancel = keyboard();
  await cancel.press("Delete");
  await page.getByRole("dialog").locator("button:focus", { hasText: "Cancel appointment" }).waitFor();
  await cancel.press("Enter");
  const bar = page.getByRole("status", { name: "About to leave" });
  await bar.getByText(/Cancelling/).waitFor();
  await page.getByText(/^Cancelled: .*\.$/).waitFor();
  expect(await session.writtenNames()).toHaveLength(4);
  expect(cancel.commands.length, cancel.commands.join(", ")).toBeLessThanOrEqual(BUDGET.cancel);

  const day = keyboard();
  const date = panel.locator("input[type=date]");
  const before = await date.inputValue();
  await day.press("Control+PageDown");
  await expect.poll(() => date.inputValue()).not.toBe(before);
  expect(day.commands.length).toBeLessThanOrEqual(BUDGET.day);
});
