// A disk that is full, or that can't be written to: nothing leaves that is not written down, what was typed stays in its
// form, and the screens say what to do. The disk is a real one, and the simulator tells what really reached it.
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";

import { openFreeTime } from "../door/board.ts";
import { expectAccessible, openPage, startBrowser } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { until } from "../door/programs.ts";
import { startSimulator, type Simulator } from "../door/simulator.ts";
import { mountSmallDisk, WITHOUT, type SmallDisk } from "../door/small-disk.ts";

const PASSPHRASE = "four words at random";

let browser: Browser;
let simulator: Simulator;
let disk: SmallDisk;
let desk: Desk;
let page: Page;

const start = (url?: string) =>
  startDesk([], undefined, undefined, { folder: disk.folder, keychain: "none", under: disk.under, url });

if (!process.env[WITHOUT]) {
  beforeEach(async () => {
    [browser, simulator, disk] = await Promise.all([startBrowser(), startSimulator(), mountSmallDisk()]);
    desk = await start();
    await connect(desk, simulator);
    await desk.call("unlock_journal", { passphrase: PASSPHRASE });
  });
  afterEach(async () => {
    await browser?.close();
    await desk?.stop();
    await disk?.stop();
    await simulator?.stop();
  });
}

/** A booking with a phone number and an address, all but sent. */
async function fillIn(): Promise<void> {
  await openFreeTime(page);
  await phone().fill("0555000321");
  await email().fill("robin@vale.example");
}

const phone = () => page.getByRole("textbox", { name: "Phone number" });
const email = () => page.getByRole("textbox", { name: "Email address" });
const typed = () => Promise.all([phone().inputValue(), email().inputValue()]);
const booked = async () => (await simulator.ledger()).filter((write) => write.endpoint === "BookAppointment").length;

test.skipIf(process.env[WITHOUT])("a full disk sends nothing, keeps the form, and with room again it is booked once", async () => {
  page = await openPage(browser, desk);
  await fillIn();
  disk.fill();
  // What is typed from now on can't be kept, and stays in the form all the same.
  await email().fill("robin.vale@vale.example");
  await page.keyboard.press("Control+Enter");
  const alert = page.getByRole("alert").filter({ hasText: "The disk is full" });
  await alert.getByText("so the change could not be written down. Nothing was sent.").waitFor();
  await alert.getByText("Make room on this PC and try again. What you typed is still here.").waitFor();
  expect(await typed()).toEqual(["0555000321", "robin.vale@vale.example"]);
  expect(await booked()).toBe(0);
  await expectAccessible(page);
  // Pressed again, it is refused again, in the same words.
  await page.keyboard.press("Control+Enter");
  await alert.waitFor();
  expect(await booked()).toBe(0);

  disk.makeRoom();
  await page.keyboard.press("Control+Enter");
  await page.getByText(/^Booked .*\d\d:\d\d/).first().waitFor();
  expect(await booked()).toBe(1);
  await until("the draft to be gone", async () => (await desk.call("list_drafts", {})).length === 0);
});

test.skipIf(process.env[WITHOUT])("a folder that can only be read lets read, sends nothing and keeps the form", async () => {
  page = await openPage(browser, desk);
  await desk.crash();
  disk.onlyRead();
  desk = await start(desk.url);
  const { connection } = await desk.call("app_state", {});
  await desk.call("set_client_secret", { profileId: connection.profileId!, clientSecret: simulator.connection.clientSecret });
  await page.reload();
  await fillIn();
  await page.keyboard.press("Control+Enter");
  const alert = page.getByRole("alert").filter({ hasText: "can’t be written to" });
  await alert.getByText("Nothing was sent.").waitFor();
  await alert.getByText("Ask whoever looks after this PC to allow writing to it.").waitFor();
  expect(await typed()).toEqual(["0555000321", "robin@vale.example"]);
  expect(await booked()).toBe(0);
  await expectAccessible(page);
});
