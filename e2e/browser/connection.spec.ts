// Connecting a desk: the form, what it says about wrong input, the test of the roles, practice mode, import and export.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { closePage, expectAccessible, openPage, startBrowser } from "../door/browser.ts";
import { startDesk, type Desk } from "../door/desk.ts";
import { startSimulator, type Connection, type Simulator } from "../door/simulator.ts";

let browser: Browser;
let simulator: Simulator;
let desk: Desk;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  simulator = await startSimulator();
});

afterAll(async () => {
  await browser.close();
  await simulator.stop();
});

beforeEach(async () => {
  desk = await startDesk();
});

afterEach(async ({ task }) => {
  try {
    await closePage(page, task);
  } finally {
    await desk.stop();
  }
});

const field = (name: string) => page.getByRole("textbox", { name, exact: true });
const button = (name: string) => page.getByRole("button", { name, exact: true });

async function openForm(): Promise<void> {
  page = await openPage(browser, desk);
  await button("Connect an organisation").click();
  await field("Name").waitFor();
}

async function fillForm(connection: Connection, other: Partial<Connection> = {}): Promise<void> {
  const typed = { ...connection, ...other };
  await field("Name").fill("Northgate");
  await field("Tenant id").fill(typed.tenantId);
  await field("Application id").fill(typed.applicationId);
  await field("Client id").fill(typed.clientId);
  await page.getByLabel("Client secret").fill(typed.clientSecret);
  const address = field("Address of the Cubu service");
  if (!(await address.isVisible())) await page.getByText("Advanced", { exact: true }).click();
  await address.fill(typed.baseUrl);
  await field("Sign-in address").fill(typed.authority);
}

const save = () => button("Save and test connection").click();

/** The answer of the connection test, once there is one. */
async function access() {
  const region = page.getByRole("region", { name: "Access" });
  await page.locator('[aria-label="Access"][data-state="loaded"]').waitFor();
  return region;
}

describe("connecting", () => {
  test("a new desk is connected from the form and told what the application may do", async () => {
    await openForm();
    await fillForm(simulator.connection);
    await save();
    const region = await access();
    for (const role of ["Agent Impersonator", "Customers Manager", "Organization Reader"]) {
      await region.getByRole("row", { name: new RegExp(`${role}.*Has it`) }).waitFor();
    }
    // Nothing harmless tells these two on a desk that knows no service yet.
    for (const role of ["Appointments Manager", "Case Manager"]) {
      await region.getByRole("row", { name: new RegExp(`${role}.*Not known`) }).waitFor();
    }
    await expectAccessible(page);
    expect((await desk.call("app_state", {})).connection.status).toBe("connected");
  });

  test("the secret is not in the page, nor in what the program says", async () => {
    await openForm();
    await fillForm(simulator.connection);
    await save();
    await access();
    expect(await page.content()).not.toContain(simulator.connection.clientSecret);
    expect(desk.said()).not.toContain(simulator.connection.clientSecret);
  });

  test("a revoked role is named, with what to ask the administrator for", async () => {
    const narrow = await startSimulator(["--roles", "appointments-manager,customers-manager,case-manager"]);
    try {
      await openForm();
      await fillForm(narrow.connection);
      await save();
      const region = await access();
      await region.getByRole("row", { name: /Customers Manager.*Has it/ }).waitFor();
      await region.getByRole("row", { name: /Organization Reader.*Lacks it/ }).waitFor();
      await region.getByText("Ask your administrator").waitFor();
    } finally {
      await narrow.stop();
    }
  });
});

describe("wrong input", () => {
  test("a wrong secret is explained, and everything typed is still there", async () => {
    await openForm();
    await fillForm(simulator.connection, { clientSecret: "not the secret" });
    await save();
    await page.getByText(/secret/i).first().waitFor();
    const region = await access();
    expect(await region.innerText()).toMatch(/secret/i);
    expect(await region.innerText()).not.toContain("not the secret");
  });

  test("a wrong tenant is explained", async () => {
    await openForm();
    await fillForm(simulator.connection, { tenantId: "00000000-1111-4222-8333-444444444444" });
    await save();
    const region = await access();
    expect(await region.innerText()).toMatch(/tenant/i);
  });

  test("a wrong application id is explained, and taken for no role", async () => {
    await openForm();
    await fillForm(simulator.connection, { applicationId: "00000000-1111-4222-8333-444444444444" });
    await save();
    const region = await access();
    await region.getByRole("row", { name: /Organization Reader.*Not known.*application id/ }).waitFor();
    expect(await region.getByText("Has it", { exact: true }).count()).toBe(0);
    await expectAccessible(page);
  });

  test.each([
    ["600", "behind"],
    ["-600", "ahead"],
  ])("a clock that is ten minutes off (Cubu's by %s s) is said to be %s", async (offset, words) => {
    const shifted = await startSimulator(["--clock-offset-s", offset]);
    try {
      await openForm();
      await fillForm(shifted.connection);
      await save();
      await access();
      await page.getByText("This computer’s clock is off.").waitFor();
      await page.getByText(new RegExp(`It is .?10.? minutes ${words} (of )?Cubu’s`)).waitFor();
    } finally {
      await shifted.stop();
    }
  });

  test("a malformed id is refused beside its field", async () => {
    await openForm();
    await fillForm(simulator.connection, { applicationId: "12345" });
    await save();
    await page.getByText(/This is not an id/).waitFor();
    expect(await field("Application id").getAttribute("aria-invalid")).toBe("true");
    expect(await field("Name").inputValue()).toBe("Northgate");
    expect((await desk.call("app_state", {})).profiles).toEqual([]);
    await expectAccessible(page);
  });

  test.each(["http://s2s.example.org", "https://s2s.example.org/../admin", "s2s.example.org"])(
    "the address %s is refused beside its field",
    async (baseUrl) => {
      await openForm();
      await fillForm(simulator.connection, { baseUrl });
      await save();
      await page.locator('[aria-invalid="true"]').first().waitFor();
      expect(await field("Address of the Cubu service").getAttribute("aria-invalid")).toBe("true");
      expect((await desk.call("app_state", {})).profiles).toEqual([]);
    },
  );

  test.each([
    ["a foreign file", JSON.stringify({ hello: "world" })],
    ["no JSON at all", "dear desk, please connect"],
    ["a file of a newer version", JSON.stringify({ format: "front-desk-profile", schema: 99 })],
    ["JSON 1,000 levels deep", "[".repeat(1_000) + "]".repeat(1_000)],
    ["10 MB of JSON", JSON.stringify("x".repeat(10 * 1024 * 1024))],
  ])("importing %s is refused, and nothing is saved", async (_, text) => {
    page = await openPage(browser, desk);
    await button("Import profile").click();
    const paste = field("Or paste its text");
    await paste.fill(text);
    await button("Import profile").click();
    await page.locator('[aria-invalid="true"], [role="alert"]').first().waitFor();
    expect(await paste.inputValue()).toBe(text);
    expect((await desk.call("app_state", {})).profiles).toEqual([]);
  });
});

describe("practice mode", () => {
  test("it starts without an account and says so all the time", async () => {
    page = await openPage(browser, desk);
    await expectAccessible(page);
    await button("Start practising").click();
    await page.getByText("Practice mode.").waitFor();
    await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: /^Appointments/ }).waitFor();
    const state = await desk.call("app_state", {});
    expect(state.connection).toMatchObject({ status: "connected", practice: true });
  });
});

describe("handing a profile on", () => {
  test("an exported profile connects another desk and holds no secret", async () => {
    await openForm();
    await fillForm(simulator.connection);
    await save();
    await access();
    const [profile] = (await desk.call("app_state", {})).profiles;
    const { json } = await desk.call("export_profile", { profileId: profile!.id });
    expect(json).not.toContain(simulator.connection.clientSecret);
    const other = await startDesk();
    try {
      const imported = await other.call("import_profile", { json });
      expect(imported).toMatchObject({ name: "Northgate", hasSecret: false });
    } finally {
      await other.stop();
    }
  });
});
