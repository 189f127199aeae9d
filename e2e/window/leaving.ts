// What leaves the real window: paper through the system's print dialog, and everything it keeps when it is erased.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "vitest";

import { filesUnder, Search } from "../door/hygiene.ts";
import { program, stop, until } from "../door/programs.ts";
import type { Desktop } from "./desktop.ts";
import type { WebDriver } from "./webdriver.ts";

/** How many pages a PDF has: WebKit leaves its objects readable. */
const pagesOf = (pdf: string): number => [...pdf.matchAll(/\/Type \/Page\b/g)].length;

/**
 * Prints today's day sheets into a PDF as a person would, and gives it. A window under WebDriver prints nothing: so this one
 * is a window like any other, and its keys come from the display.
 */
export async function printDaySheets(desktop: Desktop): Promise<{ pdf: string; pages: number }> {
  const env = { ...desktop.env };
  delete env.TAURI_WEBVIEW_AUTOMATION;
  const xdotool = (...words: string[]): string => {
    const done = spawnSync("xdotool", words, { env, encoding: "utf8" });
    if (done.error) throw done.error;
    return done.stdout.trim();
  };
  const seen = (name: string): string | undefined =>
    xdotool("search", "--onlyvisible", "--name", name).split("\n").filter(Boolean).at(-1);
  const paper = path.join(desktop.home, "paper");
  mkdirSync(paper);
  const child = spawn(program("front-desk"), ["--data-dir", path.join(desktop.home, "printing"), "--practice"], {
    env,
    cwd: paper,
    stdio: "ignore",
  });
  try {
    const window = await until("the window", async () => seen("^Front Desk for Cubu$"));
    xdotool("windowfocus", "--sync", window);
    // Nothing of the page can be asked. Once the day is read, Ctrl+P shows the paper, and once more prints it.
    const dialog = await until("the print dialog", async () => {
      xdotool("key", "--delay", "200", "ctrl+1", "ctrl+p");
      return seen("^Print$");
    });
    xdotool("windowfocus", "--sync", dialog);
    // The only printer of this desktop, "Print to File", is the first of its list; it writes into the folder it was started in.
    const pdf = await until("the PDF", async () => {
      const [file] = filesUnder(paper);
      if (!file && seen("^Print$")) {
        xdotool("mousemove", "--window", dialog, "90", "88", "click", "1", "key", "--delay", "200", "alt+p");
      }
      const written = file && readFileSync(file, "latin1");
      return written && /%%EOF\s*$/.test(written) && written;
    });
    return { pdf, pages: pagesOf(pdf) };
  } finally {
    await stop(child);
  }
}

/** Where WebKit keeps what pages store. */
const stores = (desktop: Desktop) => path.join(desktop.env.XDG_DATA_HOME!, "app.frontdesk.cubu");

/** Puts a text wherever a page can keep one, and waits until it is on disk. */
export async function plant(desktop: Desktop, window: WebDriver, text: string): Promise<void> {
  await window.run(
    `localStorage.setItem("left", arguments[0]);
     document.cookie = "left=" + arguments[0] + "; max-age=10000";
     const opening = indexedDB.open("left");
     opening.onupgradeneeded = () => opening.result.createObjectStore("store").put(arguments[0], "left");
     void caches.open("left").then((cache) => cache.put("/left", new Response(arguments[0])));`,
    text,
  );
  await until("what was planted on disk", async () => {
    const hits = left(desktop, text);
    return ["localstorage", "indexeddb"].every((store) => hits.some((hit) => hit.includes(store)));
  });
}

/** Where a text is found in the web view's own folders. */
export function left(desktop: Desktop, text: string): string[] {
  const search = new Search({ "what was planted": text });
  for (const folder of [stores(desktop), desktop.env.XDG_CACHE_HOME!]) if (existsSync(folder)) search.lookInto(folder);
  return search.hits;
}

/** Erases everything through Settings, and waits until the program says so. */
export async function erase(window: WebDriver): Promise<void> {
  await (await window.find("button", /^Settings/)).click();
  await (await window.find("button", "Erase all data on this PC")).click();
  await (await window.find("textbox", /^Type ERASE/)).type("erase");
  const button = await window.find("button", "Erase everything");
  await until("the word to be taken", async () => {
    // What is not settled has to be agreed to by itself; it is listed once it has been read.
    await window.run("document.querySelector('dialog[open] input[type=checkbox]:not(:checked)')?.click();");
    return (await button.attribute("aria-disabled")) === null;
  });
  await button.click();
  await window.see("Everything that this program kept on this PC is erased.");
  expect(await window.run("return localStorage.length;")).toBe(0);
}
