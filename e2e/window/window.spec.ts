// The real window on the real core, with a real keyring holding the secret: set up by script, then the main job.
import { spawn } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { connect, startDesk } from "../door/desk.ts";
import { program, stop, until } from "../door/programs.ts";
import { startSimulator, type Simulator } from "../door/simulator.ts";
import { startDesktop, secretsInKeyring, type Desktop } from "./desktop.ts";
import { JOB } from "./journey.ts";
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

/** Every file under a folder. */
async function files(under: string): Promise<string[]> {
  const names = await readdir(under, { recursive: true });
  const paths = names.map((name) => path.join(under, name));
  const kinds = await Promise.all(paths.map(async (file) => (await stat(file)).isFile()));
  return paths.filter((_, index) => kinds[index]);
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

test("the secret is in none of the desk's files, and not in the page", async () => {
  const all = await files(folder);
  expect(all.length).toBeGreaterThan(2);
  for (const file of all) {
    expect((await readFile(file)).includes(simulator.connection.clientSecret), file).toBe(false);
  }
  const page = await window.run<string>("return document.documentElement.outerHTML;");
  expect(page).not.toContain(simulator.connection.clientSecret);
});

test("the page cannot reach beyond its policy", async () => {
  const globals = await window.run<boolean>("return '__TAURI__' in window;");
  expect(globals).toBe(false);
  const fetched = await window.run<string>(
    "try { const ask = new XMLHttpRequest(); ask.open('GET', arguments[0], false); ask.send(); return 'reached'; } catch { return 'refused'; }",
    simulator.connection.baseUrl,
  );
  expect(fetched).toBe("refused");
});
