// Customers: found by any key field or the record id, edited, created; nothing typed is lost.
import { expect, test } from "vitest";

import { expectAccessible } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile(async ({ desk, world }) => {
  // The desk learns the customers' fields from the first record it sees.
  await desk.call("get_customer", { customerRecordId: world.customers[0]!.recordId });
});

const customer = (index: number) => session.world.customers[index]!;

async function find(text: string): Promise<void> {
  await (await session.customerSearch()).fill(text);
  await session.button("Find").click();
}

const card = (name: string) => session.page.locator("[data-panel=customers] #customer-name", { hasText: name });

test("a customer is found by the record id", async () => {
  await find(customer(3).recordId);
  await card(customer(3).displayName).waitFor();
  await expectAccessible(session.page);
});

test("a customer is found by a key field", async () => {
  const wanted = session.world.customers.find((entry) => entry.phone)!;
  await find(wanted.phone!);
  await card(wanted.displayName).waitFor();
});

test("a search without a hit says what was tried and offers to create", async () => {
  await find("no-such-value-anywhere");
  await session.page.getByText("Nobody has").first().waitFor();
  await session.button(/New customer/).first().waitFor();
  await expectAccessible(session.page);
});

test("an edit sends only what changed", async () => {
  await find(customer(5).recordId);
  await card(customer(5).displayName).waitFor();
  await session.button(/^Edit/).click();
  const field = session.field(/^First name/);
  await field.fill(`${await field.inputValue()} B.`);
  await expectAccessible(session.page);
  await session.button(/^Save 1 change/).click();
  await session.page.getByText(/^Saved:/).waitFor();
  expect(await session.writtenNames()).toEqual(["UpdateCustomer"]);
});

test("a failed save keeps what was typed", async () => {
  await find(customer(6).recordId);
  await card(customer(6).displayName).waitFor();
  await session.button(/^Edit/).click();
  await session.field(/^First name/).fill("Kept");
  await session.failOnce("update_customer");
  await session.button(/^Save 1 change/).click();
  await session.page.getByRole("alert").first().waitFor();
  expect(await session.field(/^First name/).inputValue()).toBe("Kept");
  expect(await session.written()).toEqual([]);
});

test("a new customer is created and shown", async () => {
  await session.go("Customers");
  await session.button(/New customer/).click();
  await session.field(/^First name/).fill("Ada");
  await session.field(/^Last name/).fill("Brook");
  await session.field(/^National id/).fill("998877665");
  await expectAccessible(session.page);
  await session.button(/^Create customer/).click();
  await session.page.getByText(/^Created:/).waitFor();
  await card("Ada").waitFor();
  expect(await session.writtenNames()).toEqual(["CreateCustomer"]);
});
