// Six ways through the door, each a project of its own: Chromium, the real window, the tour, the pictures, the stopwatch, and
// the count of what is asked while nothing changes.
import { defineConfig } from "vitest/config";

const project = (name: string, include: string) => ({
  test: {
    name,
    include: [include],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A real desk is slow to start on two cores; the tests themselves wait for markers.
    fileParallelism: false,
    // As long as every other wait for a marker here.
    expect: { poll: { timeout: 20_000 } },
  },
});

export default defineConfig({
  test: {
    reporters: ["verbose"],
    maxWorkers: 1,
    projects: [
      project("browser", "browser/**/*.spec.ts"),
      project("window", "window/window.spec.ts"),
      project("tour", "window/tour.spec.ts"),
      project("paint", "paint/**/*.spec.ts"),
      project("polling", "polling/**/*.spec.ts"),
      project("shots", "shots/**/*.spec.ts"),
    ],
  },
});
