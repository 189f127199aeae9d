// Runs steps one after the other as tests, with a picture of the window after each.
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";

import { beforeEach, test } from "vitest";

import { target } from "../door/programs.ts";
import type { Notes, Step } from "./journey.ts";
import type { WebDriver } from "./webdriver.ts";

/** Pictures so far, which keeps them in order over several lists of steps. */
let taken = 0;
const folder = path.join(target, "tour");

/** An empty folder for the pictures. */
export async function clearPictures(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** A later step builds on the earlier ones, so nothing is tried after one that failed. */
export function take(steps: Step[], window: () => WebDriver): void {
  const notes: Notes = {};
  let broken: string | undefined;
  beforeEach(() => {
    if (broken) throw new Error(`not tried, since "${broken}" failed`);
  });
  for (const step of steps) {
    test(step.name, async () => {
      const file = `${String(++taken).padStart(2, "0")}-${step.name.replaceAll(" ", "-")}`;
      try {
        await step.act(window(), notes);
        await window().screenshot(path.join(folder, `${file}.png`));
      } catch (error) {
        broken = step.name;
        await window().screenshot(path.join(folder, `${file}-FAILED.png`)).catch(() => undefined);
        throw error;
      }
    });
  }
}
