// What a desk must never leave anywhere: the client secret, the access tokens, and what it knows of a customer. A day with
// everything in it, a crash included, and then a search.
import { spawn } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openPage, startBrowser } from "../door/browser.ts";
import { Refusal, emptyFolder, fillCatalogue, startDesk, type Desk } from "../door/desk.ts";
import { Search, coresIn, family, mayLeaveCore, spellings, type Hidden } from "../door/hygiene.ts";
import { stop, until } from "../door/programs.ts";
import { startSimulator, type Simulator, type World } from "../door/simulator.ts";

const PEOPLE: Hidden = {
  "the phone number": "0559876543",
  "the name": "Wilhelmina Oxenstierna",
  "the e-mail address": "w.oxenstierna@example.org",
  "the case field": "inherits the mill at Ostervale",
};

/** Put on purpose into every place that is searched, in the same run: a search that misses it proves nothing. */
const PLANTED: Hidden = { "what was planted": "planted-3f9d2c71-on-purpose" };
const [planted] = Object.values(PLANTED) as [string];

let browser: Browser;
let simulator: Simulator;
let desk: Desk;
let page: Page;
/** All that the web part has been answered. */
const answers: { call: string; body: string }[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  simulator = await startSimulator();
  // As talkative as it can be made.
  desk = await startDesk([], undefined, { FRONT_DESK_LOG: "trace", PLANTED: planted });
});

afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  await simulator?.stop();
});

async function signIn(secret: string): Promise<void> {
  const field = (name: string) => page.getByRole("textbox", { name, exact: true });
  const { connection } = simulator;
  await page.getByRole("button", { name: "Connect an organisation", exact: true }).click();
  await field("Name").fill("Northgate");
  await field("Tenant id").fill(connection.tenantId);
  await field("Application id").fill(connection.applicationId);
  await field("Client id").fill(connection.clientId);
  await page.getByLabel("Client secret").fill(secret);
  const address = field("Address of the Cubu service");
  if (!(await address.isVisible())) await page.getByText("Advanced", { exact: true }).click();
  await address.fill(connection.baseUrl);
  await field("Sign-in address").fill(connection.authority);
  await page.getByRole("button", { name: "Save and test connection", exact: true }).click();
  await page.locator('[aria-label="Access"][data-state="loaded"]').waitFor();
}

/** Asks what the web part would ask, and keeps the answer, refusals too. */
const ask: Desk["call"] = async (name, request) => {
  try {
    const answer = await desk.call(name, request);
    answers.push({ call: name, body: JSON.stringify(answer) });
    return answer;
  } catch (refusal) {
    if (refusal instanceof Refusal) answers.push({ call: name, body: JSON.stringify(refusal.error) });
    throw refusal;
  }
};

const refused = (asked: Promise<unknown>) => expect(asked).rejects.toBeInstanceOf(Refusal);

/** A free time within the next two weeks. */
async function freeTime(world: World) {
  const { serviceId, serviceTypeIds } = world.services.find((service) => service.kind === "appointment")!;
  const serviceTypeId = serviceTypeIds[0]!;
  const { today } = await ask("get_today", { serviceId });
  for (let ahead = 1; ahead < 14; ahead++) {
    const date = new Date(Date.parse(today) + ahead * 86_400_000).toISOString().slice(0, 10);
    for (const { cuIndex } of await ask("list_calendars", { serviceId, date })) {
      const { slots } = await ask("list_vacancies", { serviceId, date, cuIndex, serviceTypeId });
      if (slots.length > 2) return { place: { serviceId, date, cuIndex, serviceTypeId }, slots };
    }
  }
  throw new Error("two weeks without a free time");
}

async function lookAtPage(search: Search): Promise<void> {
  for (const { call, body } of answers) search.look(`the answer to ${call}`, body);
  search.look("the page", await page.content());
  search.look("what the page keeps", JSON.stringify(await page.context().storageState({ indexedDB: true })));
  search.look("the session's storage", await page.evaluate(() => JSON.stringify({ ...sessionStorage })));
}

/** Where the planted text was found, once each. */
const places = (search: Search): string[] => [...new Set(search.hits.map((hit) => hit.replace("what was planted in ", "")))].sort();

test("a day with failures and a crash leaves neither secret nor token nor customer behind", async () => {
  page = await openPage(browser, desk);
  page.on("response", async (response) => {
    if (response.url().includes("/api/")) answers.push({ call: response.url(), body: await response.text().catch(() => "") });
  });
  await signIn(simulator.connection.clientSecret);
  const world = await fillCatalogue(desk, simulator);

  // A customer, appointments, a walk-in.
  const field = (slug: string) => world.customerFields.find((entry) => entry.slug === slug)!.fieldTypeId;
  const [first, last] = PEOPLE["the name"]!.split(" ");
  const fields = {
    [field("customer-first-name")]: first!,
    [field("customer-last-name")]: last!,
    [field("national-id")]: "318273645",
    [field("phone-number")]: PEOPLE["the phone number"]!,
    [field("email")]: PEOPLE["the e-mail address"]!,
  };
  const { recordId } = await ask("create_customer", { fields });
  const contact = {
    customerRecordId: recordId,
    contactPhoneNumber: PEOPLE["the phone number"]!,
    contactEmail: PEOPLE["the e-mail address"]!,
    fields: { [world.caseFields[0]!.fieldTypeId]: PEOPLE["the case field"]! },
  };
  const { place, slots } = await freeTime(world);
  await ask("book_appointment", { ...place, ...contact, startTime: slots[0]! });
  await ask("find_customer", { queryType: "KeyField", fieldSlug: "phone-number", fieldValue: PEOPLE["the phone number"]! });

  // What is refused, malformed, or has no answer; a token that runs out, and one that is refused.
  await refused(ask("book_appointment", { ...place, ...contact, startTime: slots[0]! }));
  await refused(ask("create_customer", { fields: PEOPLE["the phone number"] as unknown as typeof fields }));
  await refused(ask("find_customer", { queryType: "KeyField", fieldSlug: "phone-number", fieldValue: `${PEOPLE["the phone number"]}9` }));
  const first_token = await simulator.tokens();
  await simulator.fail("*", "token-expired");
  await ask("list_calendars", place);
  await simulator.fail("ListCalendars", "malformed");
  await refused(ask("list_calendars", place));
  await simulator.fail("BookAppointment", "reset-after");
  await ask("book_appointment", { ...place, ...contact, startTime: slots[1]! });
  const walkIn = world.services.find((service) => service.kind === "walkIn")!;
  const queueUp = { ...contact, serviceId: walkIn.serviceId, serviceTypeId: walkIn.serviceTypeIds[0]! };
  await simulator.fail("QueueUp", "reset-after");
  await refused(ask("queue_up", queueUp));
  await ask("list_unsettled", {});
  await ask("app_state", {});

  const tokens = [...new Set([...first_token, ...(await simulator.tokens())])];
  expect(tokens.length).toBeGreaterThan(1);
  const credentials: Hidden = Object.fromEntries([
    ["the secret", simulator.connection.clientSecret],
    ...tokens.map((token, index) => [`token ${index + 1}`, token]),
  ]);

  // What the web part sees may name a customer, and nothing else of these.
  const seen = new Search(credentials);
  await lookAtPage(seen);
  expect(seen.hits).toEqual([]);
  expect(seen.places).toBeGreaterThan(20);
  await page.evaluate((text) => {
    localStorage.setItem("planted", text);
    sessionStorage.setItem("planted", text);
    document.body.dataset.planted = text;
  }, planted);
  answers.push({ call: "nothing: this one is planted", body: planted });
  const control = new Search(PLANTED);
  await lookAtPage(control);
  expect(places(control)).toEqual(["the answer to nothing: this one is planted", "the page", "the session's storage", "what the page keeps"]);

  // A change is on its way when the program crashes.
  const processes = new Search({ ...credentials, ...PEOPLE });
  await simulator.fail("UpdateCustomer", "latency=60000");
  const change = { fieldTypeId: field("phone-number"), value: PEOPLE["the phone number"]! };
  const lost = desk.call("update_customer", { customerRecordId: recordId, fields: [change] }).catch(() => undefined);
  await until("the change to be on its way", async () => (await simulator.struck()) > 0);
  processes.lookAt(family(desk.pid));
  const environment = new Search(PLANTED);
  environment.lookAt(family(desk.pid));
  expect(places(environment)[0]).toMatch(/environ of desk-host$/);
  expect(mayLeaveCore(desk.pid)).toBe(false);
  await desk.crash();
  await lost;

  const left = new Search({ ...credentials, ...PEOPLE });
  left.lookInto(desk.folder);
  left.look("what the program said", desk.said());
  // Nothing is learnt from a program that was silent.
  expect(desk.said()).toContain("TRACE");
  expect([...processes.hits, ...left.hits]).toEqual([]);
  expect(coresIn(desk.folder)).toEqual([]);
  expect(left.places).toBeGreaterThan(6);
  expect(processes.places).toBeGreaterThan(1);
  // The same search over the same folder, which finds what is put there.
  await writeFile(path.join(desk.folder, "logs-of-nobody"), `… ${Buffer.from(planted).toString("base64")} …`);
  const found = new Search(PLANTED);
  found.lookInto(desk.folder);
  found.look("what the program said", `${desk.said()}${planted}`);
  expect(places(found)).toEqual([path.join(desk.folder, "logs-of-nobody"), "what the program said"]);
});

test("the search finds what was planted, in every spelling and place", async () => {
  const secret = "a secret with ~ and / in it";
  const folder = await emptyFolder();
  const held = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", secret], { env: { PLANTED: secret } });
  try {
    const all = spellings(secret);
    await Promise.all(all.map((bytes, index) => writeFile(path.join(folder, `${index}`), Buffer.concat([Buffer.from("…"), bytes]))));
    // In the middle of other things, base64 begins at any of three places.
    for (const ahead of [0, 1, 2]) {
      await writeFile(path.join(folder, `base64-${ahead}`), Buffer.from(`${"x".repeat(ahead)}${secret}, and more`).toString("base64"));
    }
    const search = new Search({ planted: secret });
    search.lookInto(folder);
    expect(new Set(search.hits).size).toBe(all.length + 3);
    const processes = new Search({ planted: secret });
    await until("the process to be itself", async () => {
      processes.hits.length = 0;
      processes.lookAt(family(held.pid!));
      return processes.hits.length === 2;
    });
    processes.hits.length = 0;
    processes.lookIntoMemory(held.pid!);
    expect(processes.hits.length).toBeGreaterThan(0);
  } finally {
    await stop(held);
    await rm(folder, { recursive: true });
  }
});
