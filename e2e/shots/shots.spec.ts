// A picture of every scene at two sizes, light and dark, in both directions, with a page to look through them.
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { complaints, leavePage, openPage, startBrowser, type Look } from "../door/browser.ts";
import { connect, startDesk, type Desk } from "../door/desk.ts";
import { target } from "../door/programs.ts";
import { startSimulator, type Simulator, type World } from "../door/simulator.ts";
import { SCENES, type Scene } from "./scenes.ts";

const folder = path.join(target, "shots");

const LOOKS: Required<Pick<Look, "width" | "height" | "theme" | "direction">>[] = [
  [1366, 768] as const,
  [1920, 1080] as const,
].flatMap(([width, height]) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["ltr", "rtl"] as const).map((direction) => ({ width, height, theme, direction })),
  ),
);

let browser: Browser;
let simulator: Simulator;
let desk: Desk;
let newcomer: Desk;
let world: World;
const pictures: { scene: string; file: string; look: string }[] = [];

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  browser = await startBrowser();
  simulator = await startSimulator();
  desk = await startDesk();
  newcomer = await startDesk();
  world = await connect(desk, simulator);
  const agent = world.users[0]!;
  const unit = world.units[0]!;
  await desk.call("get_customer", { customerRecordId: world.customers[0]!.recordId });
  await desk.call("choose_agent", { userId: agent.userId, displayName: agent.displayName });
  await desk.call("clock_in", { userId: agent.userId, unitId: unit.unitId });
  await desk.call("select_current_unit", { userId: agent.userId, unitId: unit.unitId });
});

afterAll(async () => {
  const rows = [...new Set(pictures.map((picture) => picture.scene))].map((scene) => {
    const shown = pictures.filter((picture) => picture.scene === scene);
    const figures = shown.map(
      ({ file, look }) => `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${look}</figcaption></figure>`,
    );
    return `<section><h2>${scene}</h2><div>${figures.join("")}</div></section>`;
  });
  const style = "body{font:14px system-ui;margin:24px}div{display:grid;grid-template-columns:repeat(4,1fr);gap:12px}img{width:100%;border:1px solid #999}figure{margin:0}";
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Front Desk for Cubu: pictures</title><style>${style}</style><h1>Every screen and state</h1>${rows.join("")}</html>`;
  await writeFile(path.join(folder, "index.html"), page);
  await browser.close();
  await desk.stop();
  await newcomer.stop();
  await simulator.stop();
});

async function picture(scene: Scene, at: Desk): Promise<void> {
  for (const look of LOOKS) {
    const page = await openPage(browser, at, look);
    await scene.answers?.(page, world);
    if (scene.answers) await page.reload();
    await scene.reach(page, world);
    await page.evaluate(() => document.fonts.ready);
    const words = `${look.width}x${look.height}-${look.theme}-${look.direction}`;
    const file = `${scene.name}-${words}.png`;
    await page.screenshot({ path: path.join(folder, file) });
    pictures.push({ scene: scene.name, file, look: words });
    expect(complaints(page)).toEqual([]);
    await leavePage(page);
  }
}

test("start", { timeout: 120_000 }, () =>
  picture({ name: "start", reach: (page) => page.getByRole("button", { name: "Start practising" }).waitFor() }, newcomer),
);

test.each(SCENES)("$name", { timeout: 120_000 }, (scene) => picture(scene, desk));
