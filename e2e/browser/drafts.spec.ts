// What is typed outlives a crash of the desk, a page that is loaded anew, and the way to another panel.
import { describe, expect, test } from "vitest";

import { openFreeTime } from "../door/board.ts";
import { expectAccessible, openPage, startBrowser } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { until } from "../door/programs.ts";
import { Session } from "../door/session.ts";
import { startSimulator } from "../door/simulator.ts";

const PASSPHRASE = "four words at random";

/** With the day beside the time, where the PC's midnight was between. */
const RESTORED = /^Restored what you were typing (at|on) .*\d\d:\d\d\.$/;

const keptWith = (desk: Desk, text: string) =>
  until(`a draft with ${text}`, async () => JSON.stringify(await desk.call("list_drafts", {})).includes(text));

test("a booking that was being typed is there again after the desk has crashed", async () => {
  const [browser, simulator] = await Promise.all([startBrowser(), startSimulator()]);
  let desk = await startDesk([], undefined, undefined, { keychain: "none" });
  try {
    await connect(desk, simulator);
    await desk.call("unlock_journal", { passphrase: PASSPHRASE });
    const page = await openPage(browser, desk);
    await openFreeTime(page);
    const phone = page.getByRole("textbox", { name: "Phone number" });
    await phone.fill("0555000321");
    await page.getByRole("textbox", { name: "Email address" }).fill("robin@vale.example");
    const title = (await page.locator("[data-beside-title]").textContent()) ?? "";
    await keptWith(desk, "robin@vale.example");

    await desk.crash();
    desk = await startDesk([], undefined, undefined, { folder: desk.folder, url: desk.url, keychain: "none" });
    const { connection } = await desk.call("app_state", {});
    const { clientSecret } = simulator.connection;
    await desk.call("set_client_secret", { profileId: connection.profileId!, clientSecret });
    await page.reload();
    // The journal is still locked: what it keeps comes with the passphrase.
    await page.getByLabel(/^Passphrase/).first().fill(PASSPHRASE);
    await page.keyboard.press("Enter");
    await page.getByText(RESTORED).waitFor();
    expect(await phone.inputValue()).toBe("0555000321");
    expect(await page.getByRole("textbox", { name: "Email address" }).inputValue()).toBe("robin@vale.example");
    expect(await page.locator("[data-beside-title]").textContent()).toBe(title);
    await expectAccessible(page);

    await page.keyboard.press("Control+Enter");
    await page.getByText(/^Booked .*\d\d:\d\d/).first().waitFor();
    await until("the draft to be gone", async () => (await desk.call("list_drafts", {})).length === 0);
  } finally {
    await browser.close();
    await desk.stop();
    await simulator.stop();
  }
});

describe("on one desk", () => {
  const session = Session.forFile(async ({ desk, world }) => {
    const [user] = world.users;
    const unit = world.units[0]!;
    await desk.call("choose_agent", { userId: user!.userId, displayName: user!.displayName });
    await desk.call("select_current_unit", { userId: user!.userId, unitId: unit.unitId });
    await desk.call("get_customer", { customerRecordId: world.customers[0]!.recordId });
  });

  test("a page that is left at once has kept every key, and Discard begins afresh", async () => {
    const { page, desk } = session;
    await openFreeTime(page);
    await page.getByRole("textbox", { name: "Phone number" }).pressSequentially("0555000322");
    await page.reload();
    await page.getByText(RESTORED).waitFor();
    expect(await page.getByRole("textbox", { name: "Phone number" }).inputValue()).toBe("0555000322");
    await page.getByRole("status").getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => page.locator("aside").count()).toBe(0);
    await until("the draft to be gone", async () => (await desk.call("list_drafts", {})).length === 0);
  });

  test("what was typed is booked with a key that comes before its day is read", async () => {
    const { page, desk } = session;
    await openFreeTime(page);
    await page.getByRole("textbox", { name: "Phone number" }).fill("0555000325");
    await page.getByRole("textbox", { name: "Email address" }).fill("robin@vale.example");
    await keptWith(desk, "robin@vale.example");
    const reading = await session.hold("load_day");
    await page.reload();
    await page.getByText(RESTORED).waitFor();
    await expect.poll(reading.asked).toBeGreaterThan(0);
    await page.keyboard.press("Control+Enter");
    await page.locator("[data-book][aria-busy=true]").waitFor();
    expect(await session.written()).toEqual([]);
    reading.letGo();
    await page.getByText(/^Booked .*\d\d:\d\d/).first().waitFor();
    expect(await session.writtenNames()).toEqual(["BookAppointment"]);
    // It goes a moment later, and the next test counts what is kept.
    await until("the draft to be gone", async () => (await desk.call("list_drafts", {})).length === 0);
  });

  test("a draft that was closed waits in the list, on whatever day it is", async () => {
    const { page, desk } = session;
    await openFreeTime(page);
    await page.getByRole("textbox", { name: "Phone number" }).fill("0555000323");
    await page.keyboard.press("Escape");
    // Closed, as it is kept last: what was kept while it was open would be open again.
    await until("the closed draft to be kept", async () =>
      (await desk.call("list_drafts", {})).some(({ content }) => {
        const kept = content as { phone: string; open: boolean };
        return kept.phone === "0555000323" && !kept.open;
      }),
    );
    await page.reload();
    await page.getByRole("button", { name: "1 draft" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: /0555000323$/ }).click();
    await expect.poll(() => page.getByRole("textbox", { name: "Phone number" }).inputValue()).toBe("0555000323");
    await page.getByRole("button", { name: "Discard", exact: true }).first().click();
    await until("the draft to be gone", async () => (await desk.call("list_drafts", {})).length === 0);
  });

  test("a walk-in and a new customer are there again, too", async () => {
    const { page, desk } = session;
    await session.go("Agent");
    await page.locator("[data-walk-in]").getByRole("textbox", { name: "Phone" }).fill("0555000324");
    await keptWith(desk, "0555000324");
    await (await session.customerSearch()).fill("0555999888");
    await page.keyboard.press("Enter");
    await page.getByText("Nobody has").first().waitFor();
    await page.keyboard.press("Control+Enter");
    const given = page.getByRole("textbox", { name: /^First name/ });
    await given.fill("Robin");
    await keptWith(desk, "Robin");
    await page.reload();
    await session.go("Customers");
    expect(await given.inputValue()).toBe("Robin");
    await page.getByText(RESTORED).waitFor();
    await expectAccessible(page);
    await page.getByRole("status").getByRole("button", { name: "Discard" }).click();
    await session.go("Agent");
    await page.getByText(RESTORED).waitFor();
    expect(await page.locator("[data-walk-in]").getByRole("textbox", { name: "Phone" }).inputValue()).toBe("0555000324");
    await expectAccessible(page);
    await page.getByRole("status").getByRole("button", { name: "Discard" }).click();
    await until("the drafts to be gone", async () => (await desk.call("list_drafts", {})).length === 0);
  });
});
