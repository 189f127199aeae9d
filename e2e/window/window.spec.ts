// The real window on the real core, with a real keyring holding the secret: set up by script, then the main job.
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { connect, startDesk } from "../door/desk.ts";
import { Search, coresIn, family, mayLeaveCore, programOf, type Hidden } from "../door/hygiene.ts";
import { program, stop, until } from "../door/programs.ts";
import { startSimulator, type Simulator } from "../door/simulator.ts";
import { budgets } from "./budgets.ts";
import { startDesktop, secretsInKeyring, type Desktop } from "./desktop.ts";
import { JOB } from "./journey.ts";
import { erase, left, plant, printDaySheets } from "./leaving.ts";
import { notice } from "./notice.ts";
import { clearPictures, take } from "./tour.ts";
import type { WebDriver } from "./webdriver.ts";

let desktop: Desktop;
let simulator: Simulator;
let window: WebDriver;
let folder: string;
let profile: string;

/** A profile as an administrator exports it: addresses and catalogue, no secret. */
async function exportProfile(): Promise<string> {
  const desk = await startDesk();
  try {
    await connect(desk, simulator);
    const [first] = (await desk.call("app_state", {})).profiles;
    return (await desk.call("export_profile", { profileId: first!.id })).json;
  } finally {
    await desk.stop();
  }
}

beforeAll(async () => {
  await clearPictures();
  simulator = await startSimulator();
  desktop = await startDesktop();
  folder = path.join(desktop.home, "desk");
  profile = path.join(desktop.home, "northgate.json");
  await writeFile(profile, await exportProfile());
});

afterAll(async () => {
  await desktop?.close();
  await simulator?.stop();
});

test("a script sets the desk up, and the secret goes to the keyring", async () => {
  const setUp = spawn(
    program("front-desk"),
    ["--data-dir", folder, "--import-profile", profile, "--secret-stdin"],
    { env: desktop.env, stdio: ["pipe", "ignore", "inherit"] },
  );
  setUp.stdin?.end(`${simulator.connection.clientSecret}\n`);
  try {
    await until("the secret in the keyring", async () =>
      secretsInKeyring(desktop.env).includes(simulator.connection.clientSecret),
    );
    await until("the desk to remember its profile", async () =>
      (await readFile(path.join(folder, "desk.json"), "utf8")).includes("activeProfile"),
    );
  } finally {
    await stop(setUp);
  }
});

test("the window opens connected, from the keyring alone", async () => {
  window = await desktop.open(["--data-dir", folder]);
  await window.resize(1366, 768);
  await window.see("Northgate");
  await window.find("button", /^Appointments/);
});

take(JOB, () => window);

test("what was done is what Cubu was told, once each and in order", async () => {
  const done = (await simulator.ledger()).map((write) => write.endpoint);
  const job = ["BookAppointment", "CancelAppointment", "UpdateCustomer", "QueueUp", "StartNextCase", "CallAgain", "ResolveCase"];
  expect(done.filter((endpoint) => job.includes(endpoint))).toEqual(job);
});

take(budgets(() => simulator.world()), () => window);

take([notice(() => simulator, () => desktop.env)], () => window);

test("the page cannot reach beyond its policy", async () => {
  const globals = await window.run<boolean>("return '__TAURI__' in window;");
  expect(globals).toBe(false);
  const fetched = await window.run<string>(
    "try { const ask = new XMLHttpRequest(); ask.open('GET', arguments[0], false); ask.send(); return 'reached'; } catch { return 'refused'; }",
    simulator.connection.baseUrl,
  );
  expect(fetched).toBe("refused");
});

/** Put on purpose into every place that is searched, in the same run: a search that misses it proves nothing. */
const PLANTED: Hidden = { "what was planted": "planted-3f9d2c71-on-purpose" };

/** Telephone numbers that the journey types. */
const NUMBERS: Hidden = { "a booking's number": "0555000199", "a walk-in's number": "0555000188" };

test("no secret, token or telephone number is anywhere it should not be, while it runs and after a crash", async () => {
  const tokens = await simulator.tokens();
  expect(tokens).not.toEqual([]);
  const credentials: Hidden = Object.fromEntries([
    ["the secret", simulator.connection.clientSecret],
    ...tokens.map((token, index) => [`token ${index + 1}`, token]),
  ]);

  // What the page sees, and all that WebKit's process for it knows: the secret came in by script, so it never saw that either.
  const seen = new Search(credentials);
  const look = async (search: Search) => {
    const page = await window.run<string[]>(
      "return [document.documentElement.outerHTML, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];",
    );
    page.forEach((part, index) => search.look(`part ${index} of the page`, part));
  };
  await look(seen);
  const processes = family(desktop.process());
  const webs = processes.filter((pid) => /^WebKit/.test(programOf(pid)));
  expect(webs.length).toBeGreaterThan(0);
  for (const web of webs) seen.lookIntoMemory(web);
  expect(seen.hits).toEqual([]);
  const [planted] = Object.values(PLANTED) as [string];
  await window.run(
    "globalThis.planted = arguments[0]; document.body.dataset.planted = arguments[0]; localStorage.setItem('planted', arguments[0]); sessionStorage.setItem('planted', arguments[0]);",
    planted,
  );
  const control = new Search(PLANTED);
  await look(control);
  for (const part of [0, 1, 2]) expect(control.hits).toContain(`what was planted in part ${part} of the page`);
  control.hits.length = 0;
  for (const web of webs) control.lookIntoMemory(web);
  expect(new Set(control.hits)).toContain("what was planted in the memory of WebKitWebProcess");
  await window.run("localStorage.clear(); sessionStorage.clear();");
  // The program itself does know them: so this search finds what is there.
  const known = new Search(credentials);
  known.lookIntoMemory(processes[0]!);
  expect(new Set(known.hits).size).toBe(Object.keys(credentials).length);

  // A walk-in whose answer is lost, and one that is on its way when the program crashes.
  await simulator.fail("QueueUp", "latency=60000");
  await (await window.find("button", /^Agent/)).click();
  await (await window.find("combobox", "Service")).choose(/^Licences, walk-in/);
  await (await window.find("combobox", "Type")).choose(/min/);
  await (await window.find("textbox", "Phone")).fill(NUMBERS["a walk-in's number"]!);
  await (await window.find("button", "Queue up")).click();
  await until("the walk-in to be on its way", async () => (await simulator.struck()) > 0);
  const running = new Search({ ...credentials, ...NUMBERS });
  running.lookAt(processes);
  expect(running.hits).toEqual([]);
  expect(running.places).toBeGreaterThan(2 * webs.length);

  const [main] = processes;
  expect(mayLeaveCore(main!)).toBe(false);
  process.kill(main!, "SIGABRT");
  await until("the program to be gone", async () => programOf(main!) !== "front-desk");

  // Everything that was written under this home: the desk's folder, WebKit's own, the keyring's.
  const left = new Search({ ...credentials, ...NUMBERS });
  left.lookInto(desktop.home);
  left.look("what the program said", desktop.said());
  expect(left.hits).toEqual([]);
  expect(left.places).toBeGreaterThan(20);
  await writeFile(path.join(folder, "planted"), `… ${Buffer.from(planted).toString("hex")} …`);
  const found = new Search(PLANTED);
  found.lookInto(desktop.home);
  expect(found.hits).toContain(`what was planted in ${path.join(folder, "planted")}`);
  expect([...coresIn(desktop.home), ...coresIn(folder), ...coresIn(process.cwd())]).toEqual([]);
});

test("everything that is kept is erased, what the web view has stored of the page included", async () => {
  const text = "left-behind-7c41e0aa-on-purpose";
  // The driver has one session at a time, also of a window that crashed.
  await window.close().catch(() => undefined);
  window = await desktop.open(["--data-dir", folder]);
  await window.find("button", /^Appointments/);
  await plant(desktop, window, text);
  expect(secretsInKeyring(desktop.env)).toContain(simulator.connection.clientSecret);
  await erase(window);
  await until("the web view to have forgotten", async () => left(desktop, text).length === 0);
  expect(secretsInKeyring(desktop.env)).not.toContain(simulator.connection.clientSecret);
  await window.close();
});

test("Ctrl+P shows the day's sheets and prints them through the system's dialog", async () => {
  const { pdf, pages } = await printDaySheets(desktop);
  // A page at least for each of the eight calendars, on A4 or US Letter.
  expect(pages).toBeGreaterThanOrEqual(8);
  expect(pdf).toMatch(/\/MediaBox \[0 0 (595|612) (842|792)\]/);
});
