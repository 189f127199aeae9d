// One browser, one simulator and one connected desk for a file of tests; a page of its own for each test.
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

import { closePage, openPage, startBrowser } from "./browser.ts";
import { connect, startDesk, type Desk } from "./desk.ts";
import { offline, outcomeUnknown } from "./refusals.ts";
import { startSimulator, type Simulator, type World, type Write } from "./simulator.ts";

export class Session {
  browser!: Browser;
  simulator!: Simulator;
  desk!: Desk;
  world!: World;
  page!: Page;
  private before = 0;

  /** Prepares everything through vitest's hooks; `prepare` is for what a file needs beside. */
  static forFile(prepare?: (session: Session) => Promise<void>): Session {
    const session = new Session();
    beforeAll(async () => {
      session.browser = await startBrowser();
      session.simulator = await startSimulator();
      session.desk = await startDesk();
      session.world = await connect(session.desk, session.simulator);
      await prepare?.(session);
    });
    beforeEach(async () => {
      session.page = await openPage(session.browser, session.desk);
      session.before = (await session.simulator.ledger()).length;
    });
    afterEach(({ task }) => closePage(session.page, task));
    afterAll(async () => {
      await session.browser?.close();
      await session.desk?.stop();
      await session.simulator?.stop();
    });
    return session;
  }

  /** What the simulator has really written since the test began. */
  async written(): Promise<Write[]> {
    return (await this.simulator.ledger()).slice(this.before);
  }

  async writtenNames(): Promise<string[]> {
    return (await this.written()).map((write) => write.endpoint);
  }

  async go(panel: string): Promise<Locator> {
    const rail = this.page.getByRole("navigation", { name: "Panels" });
    await rail.getByRole("button", { name: new RegExp(`^${panel}`) }).click();
    const shown = this.page.locator(`[data-panel=${panel.toLowerCase()}]`);
    await shown.getByRole("heading", { name: panel, exact: true }).waitFor();
    return shown;
  }

  /** The box of the customers' search, once it is known by which fields they can be found. */
  async customerSearch(): Promise<Locator> {
    const panel = await this.go("Customers");
    await panel.locator('[role=search] option[value^="field:"]').first().waitFor({ state: "attached" });
    return panel.getByRole("searchbox", { name: "Look for" });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  }

  field(name: string | RegExp): Locator {
    return this.page.getByRole("textbox", typeof name === "string" ? { name, exact: true } : { name });
  }

  choice(name: string): Locator {
    return this.page.getByRole("combobox", { name, exact: true });
  }

  /** Chooses the first option of a select whose words match. */
  async choose(name: string, words: RegExp): Promise<void> {
    const select = this.choice(name);
    const option = select.locator("option", { hasText: words }).first();
    await option.waitFor({ state: "attached" });
    await select.selectOption({ label: ((await option.textContent()) ?? "").trim() });
  }

  /** How long what can be taken back waits. */
  async holdBack(seconds: number): Promise<void> {
    const settings = await this.desk.call("get_settings", {});
    await this.desk.call("save_settings", { settings: { ...settings, undoSeconds: seconds } });
  }

  /** Keeps the questions of a command from going out, until they are let go. */
  async hold(command: string): Promise<{ asked: () => number; letGo: () => void }> {
    let asked = 0;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await this.page.route(`**/api/${command}`, async (route) => {
      asked++;
      await held;
      await route.continue();
    });
    return { asked: () => asked, letGo };
  }

  /** The answer of a command is lost on its way back: the command is done, and the page hears that nothing is known. */
  async loseAnswer(command: string): Promise<void> {
    await this.page.route(
      `**/api/${command}`,
      async (route) => {
        const answer = await route.fetch();
        expect(answer.ok()).toBe(true);
        await route.fulfill({ status: 422, json: outcomeUnknown(command) });
      },
      { times: 1 },
    );
  }

  /** A command fails once before anything is sent. */
  async failOnce(command: string): Promise<void> {
    await this.page.route(`**/api/${command}`, (route) => route.fulfill({ status: 422, json: offline(command) }), { times: 1 });
  }
}
