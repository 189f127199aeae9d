import { describe, expect, it } from "vitest";
import {
  addDays,
  formatAge,
  formatDate,
  formatDuration,
  formatInstantHere,
  formatLocalTime,
  formatMinute,
  formatMinuteRange,
  formatNumber,
  formatShare,
  formatTicket,
} from "./format";

describe("times of day", () => {
  it.each([
    [0, "00:00"],
    [560, "09:20"],
    [1439, "23:59"],
  ])("reads %i minutes since midnight as %s", (minute, clock) => expect(formatMinute(minute)).toBe(clock));

  it("joins start and end", () => expect(formatMinuteRange(540, 1020)).toBe("09:00–17:00"));

  it("takes the wall clock exactly as Cubu wrote it", () => {
    expect(formatLocalTime("2025-03-04T11:51:00")).toBe("11:51");
    expect(formatLocalTime("odd")).toBe("odd");
  });
});

describe("dates", () => {
  it("names a plain date without any time zone", () => {
    expect(formatDate("2026-11-24", "full")).toContain("Tuesday");
    expect(formatDate("2026-11-24T00:00:00", "weekday")).toBe("Tue");
    expect(formatDate("soon")).toBe("soon");
  });

  it.each([
    ["2026-02-27", 2, "2026-03-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2026-03-29", -1, "2026-03-28"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-10-25", 365, "2027-10-25"],
  ])("%s and %i days is %s", (date, days, result) => expect(addDays(date, days)).toBe(result));

  it("leaves what is no date alone", () => expect(addDays("soon", 1)).toBe("soon"));
});

describe("ages, shares and tickets", () => {
  it.each([
    [1000, "just now"],
    [12_000, "12 s ago"],
    [61_000, "1 min ago"],
    [7_200_000, "2 h ago"],
    [86_400_000, "1 day ago"],
    [-5000, "just now"],
  ])("says how long ago %i ms is", (span, words) => expect(formatAge(span)).toBe(words));

  it("rounds shares to whole percents", () => expect(formatShare(0.1249)).toBe("12%"));

  it("groups large numbers", () => expect(formatNumber(12000)).toBe("12,000"));

  it("says minutes", () => expect(formatDuration(7)).toBe("7 min"));

  it("joins a ticket's parts and is silent without one", () => {
    expect(formatTicket({ prefix: "A", number: "104", suffix: null })).toBe("A104");
    expect(formatTicket(null)).toBe("");
  });

  it("shows an instant by this computer's clock, and odd text as it is", () => {
    expect(formatInstantHere(0, "time")).toMatch(/^\d\d:\d\d$/);
    expect(formatInstantHere("not a time")).toBe("not a time");
  });
});
