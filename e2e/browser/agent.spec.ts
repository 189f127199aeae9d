// The agent's day: who, where, status; a walk-in, the next customer, again, resolved; a break; home.
import { expect, test } from "vitest";

import { expectAccessible } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

/** The first test chooses the agent and the place; the desk remembers both for the ones after it. */
test("an agent is chosen, a unit, a workstation, and the day begins", async () => {
  const panel = await session.go("Agent");
  await expectAccessible(session.page);
  await panel.getByRole("button", { name: /^Dana Frost/ }).click();
  await session.choose("Current unit", /^Jerusalem, Jaffa Road$/);
  await session.button("Work here").click();
  await session.button("Clock in").click();
  await session.button(/^Sit at /).first().click();
  await panel.getByText("Available", { exact: true }).first().waitFor();
  await expectAccessible(session.page);
  const written = await session.writtenNames();
  for (const call of ["SelectCurrentUnit", "ClockIn", "OccupyWorkstation"]) expect(written).toContain(call);
});

test("a walk-in gets a ticket", async () => {
  const panel = await session.go("Agent");
  await session.choose("Service", /^Licences, walk-in/);
  await session.choose("Type", /min/);
  await session.button(/^Queue up/).click();
  await panel.getByText("Walk-in taken").waitFor();
  expect(await session.writtenNames()).toEqual(["QueueUp"]);
  await expectAccessible(session.page);
});

test("the next customer is called, called again and resolved", async () => {
  const panel = await session.go("Agent");
  await session.button(/^Call next/).first().click();
  await panel.getByLabel(/^Serving ticket/).waitFor();
  await expectAccessible(session.page);
  await session.button(/^Call again/).first().click();
  await session.page.getByText(/^Called .* again/).waitFor();
  await session.button(/^Resolve( |$)/).first().click();
  await session.page.getByText(/^Resolved /).first().waitFor();
  expect(await session.writtenNames()).toEqual(["StartNextCase", "CallAgain", "ResolveCase"]);
});

test("the next customer is called from any panel with one key", async () => {
  await session.go("Customers");
  await session.page.keyboard.press("F8");
  await session.page.getByLabel(/^Serving ticket/).waitFor();
  expect(await session.writtenNames()).toContain("StartNextCase");
});

test("a lost answer to the walk-in asks, and never sends again by itself", async () => {
  await session.go("Agent");
  await session.choose("Service", /^Licences, walk-in/);
  await session.choose("Type", /min/);
  await session.loseAnswer("queue_up");
  await session.button(/^Queue up/).click();
  await session.page.getByText(/It is not known whether the walk-in was taken/).waitFor();
  expect(await session.writtenNames()).toEqual(["QueueUp"]);
  await session.button("Drop it").click();
  expect(await session.writtenNames()).toEqual(["QueueUp"]);
});
