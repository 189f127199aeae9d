// The tour: the main job in the real window, in practice mode, from a desk that knows nothing.
import { afterAll, beforeAll } from "vitest";

import { startDesktop, type Desktop } from "./desktop.ts";
import { JOB } from "./journey.ts";
import { clearPictures, take } from "./tour.ts";
import type { WebDriver } from "./webdriver.ts";

let desktop: Desktop;
let window: WebDriver;

beforeAll(async () => {
  await clearPictures();
  desktop = await startDesktop();
  window = await desktop.open(["--data-dir", `${desktop.home}/desk`]);
  await window.resize(1366, 768);
});

afterAll(() => desktop?.close());

take(
  [
    {
      name: "connect: practice mode",
      act: async () => {
        await (await window.find("button", "Start practising")).click();
        await window.see("Practice mode.");
        await window.find("button", /^Appointments/);
      },
    },
    ...JOB,
  ],
  () => window,
);
