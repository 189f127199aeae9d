// Find me a time: the earliest slot booked from the keyboard, within its budget of keys, and nothing for axe to find.
import { describe, expect, test } from "vitest";

import { fromTomorrow } from "../door/board.ts";
import { expectAccessible, leavePage, openPage } from "../door/browser.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile();

async function openBoard(): Promise<void> {
  const panel = await session.go("Appointments");
  await session.choose("Service", /^Licences by appointment$/);
  await panel.locator('[aria-label="Day board"]:is([data-state=loaded], [data-state=empty])').waitFor();
}

const times = () => session.page.getByRole("region", { name: "Free times" });

describe("finding a time", () => {
  test("the earliest time is booked with the keyboard, in four command keys", async () => {
    await openBoard();
    await fromTomorrow(session);
    let commands = 0;
    const press = async (key: string) => {
      commands += 1;
      await session.page.keyboard.press(key);
    };
    await press("Control+e");
    await times().getByRole("option").first().waitFor();
    await expectAccessible(session.page);
    await press("Enter");
    await session.field("Phone number").waitFor();
    await session.field("Phone number").focus();
    await session.page.keyboard.type("0555000177");
    await press("Control+Enter");
    await expect.poll(() => session.writtenNames()).toEqual(["BookAppointment"]);
    expect(commands).toBeLessThanOrEqual(4);
  });

  test("a search that finds nothing says what to loosen, and the page keeps its manners from right to left", async () => {
    await leavePage(session.page);
    session.page = await openPage(session.browser, session.desk, { direction: "rtl" });
    await openBoard();
    await session.page.keyboard.press("Control+e");
    await times().getByRole("option").first().waitFor();
    await expectAccessible(session.page);
    await session.page.getByRole("radio", { name: "Evening" }).check();
    await session.page.getByText("Narrow the search").click();
    await session.page.getByLabel("Not before", { exact: true }).fill("2199-01-01");
    await session.page.locator('[aria-label="Free times"][data-state=empty]').waitFor();
    await session.page.getByText("Take any part of the day.").waitFor();
    await expectAccessible(session.page);
    if (process.env.FIND_SHOT) await session.page.screenshot({ path: `${process.env.FIND_SHOT}-empty.png` });
  });

  test("what is found stands by day, and Escape closes it", async () => {
    await openBoard();
    await session.page.keyboard.press("Control+e");
    const region = session.page.locator('[aria-label="Free times"][data-state=loaded][aria-busy=false]');
    await region.waitFor();
    expect(await region.getByRole("group").count()).toBeGreaterThan(0);
    if (process.env.FIND_SHOT) await session.page.screenshot({ path: `${process.env.FIND_SHOT}.png` });
    await session.page.keyboard.press("Escape");
    await region.waitFor({ state: "detached" });
  });
});
