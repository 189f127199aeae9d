// A resolved case waits some seconds before it leaves: it can be taken back until then, and leaves by itself after.
import { expect, test } from "vitest";

import { expectAccessible } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const SECONDS = 3;

const session = Session.forFile(async ({ desk, world }) => {
  const user = world.users.find((entry) => entry.displayName === "Dana Frost")!;
  const unit = world.units.find((entry) => entry.name === "Jerusalem, Jaffa Road")!;
  await desk.call("choose_agent", { userId: user.userId, displayName: user.displayName });
  await desk.call("select_current_unit", { userId: user.userId, unitId: unit.unitId });
  await desk.call("clock_in", { userId: user.userId, unitId: unit.unitId });
  const stations = await desk.call("list_workstations", { userId: user.userId });
  const free = stations.find((station) => station.isActive && !station.user)!;
  await desk.call("occupy_workstation", { userId: user.userId, workstationId: free.workstationId });
});

const bar = () => session.page.getByRole("status", { name: "About to leave" });
const serving = () => session.page.getByLabel(/^Serving ticket/);

async function resolve(): Promise<void> {
  await session.button(/^Resolve( |$)/).first().click();
  await bar().getByText(/Resolving/).waitFor();
}

test("taken back with the keyboard it is still being served, and nothing was sent", async () => {
  await session.holdBack(30);
  await session.go("Agent");
  await session.button(/^Call next/).first().click();
  await serving().waitFor();
  await resolve();
  await expectAccessible(session.page);
  await session.page.keyboard.press("Control+z");
  await session.page.getByText("Taken back. Nothing was sent.").waitFor();
  await bar().getByText(/Resolving/).waitFor({ state: "detached" });
  await serving().waitFor();
  expect(await session.writtenNames()).toEqual(["StartNextCase"]);
});

test("left alone it leaves when its time is up, once", async () => {
  await session.holdBack(SECONDS);
  await session.go("Agent");
  await serving().waitFor();
  const before = Date.now();
  await resolve();
  await bar().getByText(/Resolving/).waitFor({ state: "detached" });
  await session.page.getByText(/^Resolved /).first().waitFor();
  await serving().waitFor({ state: "detached" });
  // Read from what Cubu noted: a look in the middle can come after the time is up.
  const [left, ...others] = await session.written();
  expect([left?.endpoint, others]).toEqual(["ResolveCase", []]);
  expect(Date.parse(String(left?.at)) - before).toBeGreaterThanOrEqual(SECONDS * 1000);
});
