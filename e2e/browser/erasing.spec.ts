// A PC that changes hands: everything that is kept on it is erased, nothing unsettled goes without a word, and the program is
// then as at its first start. Beside it, the passphrase and the way to the audit trail's export.
import { readdirSync } from "node:fs";
import path from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { complaints, expectAccessible, openPage, startBrowser } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { filesUnder } from "../door/hygiene.ts";
import { startSimulator, type Simulator, type World } from "../door/simulator.ts";

let browser: Browser;
let simulator: Simulator;
let desk: Desk;
let world: World;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  simulator = await startSimulator();
  desk = await startDesk();
  world = await connect(desk, simulator);
  page = await openPage(browser, desk);
});

afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  await simulator?.stop();
});

const settings = async () => {
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Settings/ }).click();
  return page.getByRole("region", { name: "Data on this PC" });
};

test("the audit trail's export is one press away", async () => {
  const kept = await settings();
  await kept.getByRole("button", { name: "Export the audit trail", exact: true }).click();
  await page.getByRole("dialog", { name: "Export" }).getByRole("button", { name: "CSV" }).waitFor();
  await page.keyboard.press("Escape");
});

test("everything goes, once the word is typed and what is not settled is agreed to", async () => {
  const walkIn = world.services.find((service) => service.kind === "walkIn")!;
  await simulator.fail("QueueUp", "reset-after");
  const lost = desk.call("queue_up", {
    serviceId: walkIn.serviceId,
    serviceTypeId: walkIn.serviceTypeIds[0]!,
    customerRecordId: world.customers[0]!.recordId,
    contactPhoneNumber: "5550100123",
  });
  await expect(lost).rejects.toThrow();
  await page.evaluate(() => localStorage.setItem("left", "behind"));
  expect(readdirSync(desk.folder)).toContain("journal.db");

  const kept = await settings();
  await kept.getByRole("button", { name: "Erase all data on this PC", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Erase all data on this PC?" });
  await dialog.getByText("Queue up a walk-in").waitFor();
  await dialog.getByText("5550100123").waitFor();
  await expectAccessible(page);
  const erase = dialog.getByRole("button", { name: "Erase everything", exact: true });
  await dialog.getByRole("textbox", { name: /^Type ERASE/ }).fill("erase");
  expect(await erase.isDisabled()).toBe(true);
  await dialog.getByRole("checkbox", { name: /^Forget/ }).check();
  await erase.click();

  await page.getByRole("button", { name: "Connect an organisation", exact: true }).waitFor();
  await page.getByText("Everything that this program kept on this PC is erased.").waitFor();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(filesUnder(desk.folder).map((file) => path.basename(file))).toEqual(["journal.lock"]);
  const state = await desk.call("app_state", {});
  expect(state.profiles).toEqual([]);
  expect(state.connection.status).toBe("none");
  expect((await simulator.ledger()).filter((write) => write.endpoint === "QueueUp")).toHaveLength(1);

  // It can be set up again at once.
  await connect(desk, simulator);
  expect((await desk.call("app_state", {})).connection.status).toBe("connected");
  expect(complaints(page)).toEqual([]);
});
