import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { poll } from "./poll";

const pace = { active: 12_000, idle: 50_000, restAfter: 90_000 };
let reads = 0;
let away = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  reads = away = 0;
  stop = poll({ read: () => reads++, when: () => true, away: () => away++ }, pace);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("reads every few seconds while somebody works, and at most once a minute when nobody does", () => {
  vi.advanceTimersByTime(60_000);
  expect(reads).toBeGreaterThanOrEqual(5);
  vi.advanceTimersByTime(40_000);
  const before = reads;
  vi.advanceTimersByTime(100_000);
  expect(reads - before).toBeLessThanOrEqual(3);
  expect(reads - before).toBeGreaterThanOrEqual(1);
});

it("reads at once when somebody comes back", () => {
  window.dispatchEvent(new Event("blur"));
  expect(away).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(reads).toBe(0);
  window.dispatchEvent(new Event("focus"));
  expect(reads).toBe(1);
});

it("stops for good", () => {
  stop();
  window.dispatchEvent(new Event("focus"));
  vi.advanceTimersByTime(200_000);
  expect(reads).toBe(0);
});
