// Moves that Cubu refuses, and one of which nobody can say how it ended: what is held is said, the old appointment is never
// lost, and nothing is booked twice. Each test has a Cubu of its own, with the rule or the fault that it is about.
import type { Browser, Locator, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";

import { bookingOf, openFreeDay, slot, type Slot } from "../door/board.ts";
import { closePage, expectAccessible, openPage, startBrowser } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { Session } from "../door/session.ts";
import { startSimulator, type Simulator, type World } from "../door/simulator.ts";

let browser: Browser;
let simulator: Simulator;
let desk: Desk;
let page: Page;
let session: Session;

/** A desk on a Cubu with these switches, whose screens show a day with free times. */
async function open(switches: string[] = []): Promise<Locator> {
  simulator = await startSimulator(switches);
  desk = await startDesk();
  const world = await connect(desk, simulator);
  page = await openPage(browser, desk);
  session = Object.assign(new Session(), { browser, simulator, desk, world, page });
  return openFreeDay(session);
}

beforeEach(async () => {
  browser = await startBrowser();
});
afterEach(async ({ task }) => {
  try {
    await closePage(page, task);
  } finally {
    await browser?.close();
    await desk?.stop();
    await simulator?.stop();
  }
});

/** Books a free time, for the first of these customers who may have it, and takes the appointment in hand. */
async function lift(board: Locator, free: Slot, customers: World["customers"] = []): Promise<void> {
  const key = await free.button.evaluate((button) => ({
    cuIndex: Number(button.closest<HTMLElement>("[data-calendar]")?.dataset.calendar),
    startTime: Number((button as HTMLElement).dataset.start),
    date: document.querySelector<HTMLInputElement>("[data-panel=appointments] input[type=date]")?.value ?? "",
  }));
  const { serviceId } = session.world.services.find((entry) => entry.name === "Licences by appointment")!;
  const serviceTypeId = await session.choice("Service type").inputValue();
  const contactPhoneNumber = "0555000999";
  const booking = { ...key, serviceId, serviceTypeId, contactPhoneNumber };
  let booked = false;
  for (const customerRecordId of customers.length > 0 ? customers.map(({ recordId }) => recordId) : [undefined]) {
    booked = await desk.call("book_appointment", { ...booking, customerRecordId }).then(
      () => true,
      () => false,
    );
    if (booked) break;
  }
  expect(booked).toBe(true);
  await session.button(/^Refresh/).first().click();
  await (await bookingOf(board, free.booked)).focus();
  await page.keyboard.press("Control+x");
  await bar().waitFor();
}

/** Moves what is in hand to the next free time. */
async function put(): Promise<void> {
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+v");
  await page.locator("button:focus", { hasText: /Move to/ }).waitFor();
  await page.keyboard.press("Enter");
}

const bar = () => page.getByRole("group", { name: "Appointment in hand" });
const names = async () => (await simulator.ledger()).map((write) => write.endpoint);

test("a customer who may hold one appointment only: it is asked before the old time is given up", async () => {
  const board = await open(["--one-appointment-each"]);
  await lift(board, await slot(board, 0), session.world.customers);
  await put();
  const dialog = page.getByRole("dialog", { name: "Give up the old time first?" });
  await dialog.getByText("The customer already has an appointment.").waitFor();
  await expectAccessible(page);
  expect(await names()).toEqual(["BookAppointment"]);
  await dialog.getByRole("button", { name: "Give up the old time", exact: true }).click();
  await page.getByText(/: moved to /).waitFor();
  expect(await names()).toEqual(["BookAppointment", "CancelAppointment", "BookAppointment"]);
});

test("an application whose role was taken away: nothing is changed, and the role is named", async () => {
  const board = await open();
  await lift(board, await slot(board, 0));
  const before = await names();
  await simulator.stop();
  const roles = "agent-impersonator,case-manager,customers-manager,organization-reader";
  simulator = await startSimulator(["--roles", roles], simulator);
  await put();
  await bar().getByText(/Appointments Manager/).first().waitFor();
  await expectAccessible(page);
  expect(before).toEqual(["BookAppointment"]);
  expect(await names()).toEqual([]);
});

test("a move of which nobody can say whether the new time is booked waits for somebody to look", async () => {
  const board = await open();
  await lift(board, await slot(board, 0));
  // Without a customer, one booking of that time looks like any other.
  await simulator.fail("BookAppointment", "reset-after");
  await put();
  const banner = page.locator("[data-move=needsEyes]");
  await banner.getByText("It is not known whether the new time is booked.").waitFor();
  await banner.getByText("Look at both days in Cubu, or let it be looked for again.").waitFor();
  await expectAccessible(page);
  expect(await names()).toEqual(["BookAppointment", "BookAppointment"]);
  await banner.getByRole("button", { name: "Look again" }).click();
  await banner.getByRole("button", { name: "Close" }).click();
  await banner.waitFor({ state: "detached" });
  expect(await names()).toEqual(["BookAppointment", "BookAppointment"]);
});
