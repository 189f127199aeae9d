import { beforeEach, describe, expect, it } from "vitest";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { calendar, SERVICE, today } from "../appointments/testing";
import { heatOf, rowOf, SpanState, stateOf } from "./span.svelte";

const stats = (booked: number, capacity: number) => ({
  appointmentCount: null,
  capacityMinutes: capacity,
  minutesBooked: booked,
  bookingRate: booked / capacity,
  compMinutesBooked: null,
  compBookingRate: null,
  isFullyBooked: booked === capacity,
});

describe("a calendar of a coming day", () => {
  it("says most tellingly why it can't be booked", () => {
    expect(stateOf(calendar(0, { isPastDate: true, workingHours: [] }))).toBe("past");
    expect(stateOf(calendar(0, { workingHours: [] }))).toBe("closed");
    expect(stateOf(calendar(0, { stats: stats(60, 60), isInAgentsBookingWindow: false }))).toBe("full");
    expect(stateOf(calendar(0, { isInAgentsBookingWindow: false }))).toBe("outsideWindow");
    expect(stateOf(calendar(0, { agentsBookingActive: false }))).toBe("bookingOff");
    expect(stateOf(calendar(0))).toBe("open");
  });

  it("is shaded in five steps", () => expect([null, 0, 0.1, 0.5, 0.99, 1.4].map(heatOf)).toEqual([0, 0, 1, 2, 4, 4]));
});

describe("a day of the table", () => {
  it("has a cell for each calendar that any day has, and the share of all of them", () => {
    const value = [calendar(0, { stats: stats(30, 60) }), calendar(2, { stats: stats(60, 60) })];
    const row = rowOf({ date: "2026-11-24", calendars: { state: "loaded", value } }, [0, 1, 2], "2026-11-24");
    expect(row.cells.map((cell) => cell?.state ?? null)).toEqual(["open", null, "full"]);
    expect([row.isToday, row.share, row.open]).toEqual([true, 0.75, 1]);
  });

  it("keeps the failure of its own day to itself", () => {
    const row = rowOf(
      { date: "2026-11-24", calendars: { state: "failed", error: refusal("list_calendars", "busy") } },
      [0],
      "",
    );
    expect([row.error?.code, row.share]).toEqual(["busy", null]);
  });
});

describe("the span", () => {
  let host: FakeHost;
  beforeEach(() => {
    host = fakeHost({
      get_today: () => today("2026-12-28"),
      load_span: ({ serviceId, from }) => ({
        serviceId,
        from,
        ...today("2026-12-28"),
        loadedAt: "2026-12-28T10:00:00Z",
        days: [],
      }),
    });
  });

  it("starts today, moves by its own length over the year's end, and narrows", async () => {
    const span = new SpanState();
    await span.chooseService(SERVICE);
    await span.shift(1);
    await span.chooseDays(7);
    await span.chooseFrom("0002-01-01");
    expect(host.sent("load_span")).toEqual([
      { serviceId: SERVICE, from: "2026-12-28", days: 14 },
      { serviceId: SERVICE, from: "2027-01-11", days: 14 },
      { serviceId: SERVICE, from: "2027-01-11", days: 7 },
    ]);
  });
});
