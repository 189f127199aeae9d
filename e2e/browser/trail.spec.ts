// The audit trail and forgetting a customer, as a clerk meets them.
import { expect, test } from "vitest";

import { expectAccessible, settled } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile(async ({ desk, world }) => {
  const agent = world.users[0]!;
  await desk.call("choose_agent", { userId: agent.userId, displayName: agent.displayName });
  await desk.call("clock_in", { userId: agent.userId, unitId: world.units[0]!.unitId });
});

async function openTrail() {
  await session.page
    .getByRole("navigation", { name: "Panels" })
    .getByRole("button", { name: /^Audit trail/ })
    .click();
  const panel = session.page.locator("[data-panel=audit]");
  await panel.locator("tbody tr").first().waitFor();
  return panel;
}

test("the trail names what was done and by whom, narrows, opens an entry, and proves itself whole", async () => {
  const panel = await openTrail();
  await panel.getByRole("button", { name: "Clock in" }).waitFor();
  await expectAccessible(session.page);
  await panel.getByRole("textbox", { name: "Search" }).or(panel.getByRole("searchbox", { name: "Search" })).fill("no such words");
  await panel.getByText("No entry fits").or(panel.locator("[data-state=empty]")).first().waitFor();
  await expectAccessible(session.page);
  await panel.getByRole("button", { name: /Clear/ }).first().click();
  await panel.getByRole("button", { name: "Clock in" }).click();
  await panel.locator("aside").getByText("What became of it").waitFor();
  await expectAccessible(session.page);
  await panel.getByRole("button", { name: "Verify" }).click();
  await panel.getByText("The trail is whole").waitFor();
  await expectAccessible(session.page);
});

test("the trail is exported as a file", async () => {
  const panel = await openTrail();
  await panel.getByRole("button", { name: "Export" }).click();
  await expectAccessible(session.page);
  const downloading = session.page.waitForEvent("download");
  await session.page.getByRole("button", { name: /CSV/ }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.csv$/);
});

test("forgetting a customer asks first, and takes the card away", async () => {
  const customer = session.world.customers[0]!;
  await session.go("Customers");
  const { page } = session;
  await page.getByRole("searchbox", { name: "Look for" }).fill(customer.recordId);
  await session.button("Find").click();
  await page.locator("#customer-name").waitFor();
  await settled(page);
  await session.button("Forget on this PC").click();
  const dialog = page.getByRole("dialog", { name: "Forget this customer on this PC?" });
  await dialog.waitFor();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Forget on this PC" }).click();
  await page.locator("#customer-name").waitFor({ state: "detached" });
  expect(await session.written()).toEqual([]);
});
