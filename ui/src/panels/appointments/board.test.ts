import { describe, expect, it } from "vitest";
import { buildAxis, closedTimes, SCALE } from "./axis";
import {
  conditionOf,
  inLanes,
  issuesOf,
  layOut,
  minuteOf,
  nearestSlots,
  noShowShare,
  nowOn,
  requirementsOf,
  sameCustomer,
} from "./board";
import { appointment, board, calendar, column, dana, SERVICE, timed } from "./testing";

const everything = { freeOnly: false };

describe("a column", () => {
  it("keeps free times at their real starts, whatever the length", () => {
    const sevens = layOut(column(calendar(0), [540, 547, 554, 561], [], 7), everything, SERVICE);
    expect(sevens.items.map((item) => [item.start, item.end])).toEqual([
      [540, 547],
      [547, 554],
      [554, 561],
      [561, 568],
    ]);
  });

  it("draws free times that overlap only up to the next one", () => {
    const forties = layOut(column(calendar(0), [540, 550, 600], [], 40), everything, SERVICE);
    expect(forties.items.map((item) => item.end)).toEqual([550, 590, 640]);
    expect(forties.items.every((item) => item.lanes === 1)).toBe(true);
  });

  it("puts bookings and free times in the order of the day", () => {
    const mixed = layOut(
      column(calendar(0), [550, 570], [appointment(0, 560), appointment(0, 540)]),
      everything,
      SERVICE,
    );
    expect(mixed.items.map((item) => [item.kind, item.start])).toEqual([
      ["booking", 540],
      ["slot", 550],
      ["booking", 560],
      ["slot", 570],
    ]);
    expect([mixed.free, mixed.booked]).toEqual([2, 2]);
  });

  it("leaves the bookings out when only free times are wanted, and still counts them", () => {
    const free = layOut(column(calendar(0), [550], [appointment(0, 540)]), { freeOnly: true }, SERVICE);
    expect(free.items.map((item) => item.kind)).toEqual(["slot"]);
    expect(free.booked).toBe(1);
  });

  it("marks what is overbooked and what lacks a customer, but not what was cancelled", () => {
    const twice = [
      appointment(0, 540),
      appointment(0, 545, { caseId: "other" }),
      appointment(0, 540, { caseId: "gone", status: "Cancelled" }),
    ];
    const { items, booked } = layOut(column(calendar(0, { isCustomerRequired: true }), [], twice), everything, SERVICE);
    const bookings = items.filter((item) => item.kind === "booking");
    expect(bookings.map((item) => [item.appointment.caseId, item.overbooked])).toEqual([
      ["case-0-540", true],
      ["gone", false],
      ["other", true],
    ]);
    expect(bookings.every((item) => item.lacksCustomer)).toBe(true);
    expect(booked).toBe(2);
  });

  it("says most tellingly why it offers nothing", () => {
    const state = (more: object, slots: number[] | null = []) => conditionOf(column(calendar(0, more), slots));
    expect(state({ isPastDate: true, workingHours: [] })).toBe("past");
    expect(state({ workingHours: [] })).toBe("closed");
    expect(state({ isInAgentsBookingWindow: false })).toBe("outsideWindow");
    expect(state({ agentsBookingActive: false })).toBe("bookingOff");
    expect(state({})).toBe("noneOfType");
    expect(state({}, null)).toBe("noType");
    expect(conditionOf(column(calendar(0), []), 1020)).toBe("past");
    expect(conditionOf(column(calendar(0), []), 1019)).toBe("noneOfType");
    expect(state({}, [540])).toBe("open");
    const full = {
      appointmentCount: 9,
      capacityMinutes: 60,
      minutesBooked: 60,
      bookingRate: 1,
      compMinutesBooked: null,
      compBookingRate: null,
      isFullyBooked: true,
    };
    expect(state({ stats: full })).toBe("full");
  });

  it("lists what it demands and what Cubu says is wrong with it", () => {
    expect(requirementsOf(calendar(0, { isCustomerRequired: true, isEmailRequired: true }))).toEqual([
      "customer",
      "email",
    ]);
    expect(issuesOf({ ...calendar(0), issues: ["No agent", { code: 3 }] })).toEqual(["No agent", '{"code":3}']);
  });
});

describe("items at the same time", () => {
  it("stand side by side, and whoever comes after has the whole width", () => {
    const { items } = layOut(
      column(calendar(0), [], [appointment(0, 540, {}, 30), appointment(0, 550), appointment(0, 580)]),
      everything,
      SERVICE,
    );
    expect(items.map((item) => [item.lane, item.lanes])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  it("go on below each other where they are too many to stand beside each other", () => {
    const crowd = Array.from({ length: 7 }, (_, index) => appointment(0, 540, { caseId: `case-${index}` }));
    const { items } = layOut(column(calendar(0), [], crowd), everything, SERVICE);
    expect(items.map((item) => [item.shelf, item.lane])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
      [2, 0],
    ]);
    expect(items.every((item) => item.lanes === 3 && item.shelves === 3)).toBe(true);
  });

  it("are not disturbed by an empty day", () => expect(inLanes([])).toEqual([]));
});

describe("times of the day", () => {
  it("are what people were told, and the slot's key only where nothing else is known", () => {
    expect(minuteOf(timed(appointment(0, 700), { timeLocal: "2026-11-24T11:51:00" }))).toBe(711);
    expect(minuteOf(appointment(0, 700))).toBe(700);
  });

  it("move on with the clock, on today's board only", () => {
    const read = Date.parse("2026-11-24T10:00:00Z");
    const today = board([], { nowMinute: 600 });
    expect(nowOn(today, read)).toBe(600);
    expect(nowOn(today, read + 61 * 60_000)).toBe(661);
    expect(nowOn(today, read + 20 * 3_600_000)).toBeNull();
    expect(nowOn(board([], { date: "2026-11-25" }), read)).toBeNull();
  });

  it("take a no-show chance as a share, or as per cent when it can only be that", () => {
    const chance = (noShowProbability: number | null) => noShowShare(timed(appointment(0, 540), { noShowProbability }));
    expect([chance(null), chance(0), chance(0.3), chance(30), chance(400)]).toEqual([null, null, 0.3, 0.3, 1]);
  });
});

describe("other choices", () => {
  const day = board([
    column(calendar(0), [540, 560, 580]),
    column(calendar(1), [550, 570]),
    column(calendar(2, { agentsBookingActive: false }), [560]),
  ]);

  it("are the three nearest free times, the same calendar first, never one that can't be booked", () => {
    const near = nearestSlots(day, { cuIndex: 0, start: 560 }).map((slot) => [slot.cuIndex, slot.start]);
    expect(near).toEqual([
      [1, 570],
      [1, 550],
      [0, 580],
    ]);
  });

  it("show where the same customer is booked that day", () => {
    const customer = { dataTableId: null, recordId: dana.recordId, displayName: "Dana Levi" };
    const busy = board([
      column(calendar(0), [], [appointment(0, 540, { customer })]),
      column(calendar(1), [], [appointment(1, 600)]),
    ]);
    expect(sameCustomer([busy], dana.recordId).map((booking) => booking.start)).toEqual([540]);
  });
});

describe("the time axis", () => {
  const stretch = (start: number, end: number, need = 26) => ({ start, end, need });

  it("gives a 7-minute slot the height it needs and keeps every calendar on the same line", () => {
    const axis = buildAxis([stretch(540, 547), stretch(547, 554), stretch(540, 580)], [{ start: 540, end: 600 }]);
    expect(axis.y(547) - axis.y(540)).toBeGreaterThanOrEqual(26);
    expect(axis.y(554) - axis.y(547)).toBeGreaterThanOrEqual(26);
    expect(axis.y(600) - axis.y(580)).toBeCloseTo(20 * SCALE.perMinute);
  });

  it("never runs backwards and never lets two things in a row overlap", () => {
    const rows = [0, 1, 2, 3, 4, 5].flatMap((cuIndex) =>
      Array.from({ length: 30 }, (_, index) => stretch(540 + cuIndex + index * 7, 547 + cuIndex + index * 7)),
    );
    const axis = buildAxis(rows, []);
    for (const row of rows) expect(axis.y(row.end) - axis.y(row.start)).toBeGreaterThanOrEqual(26);
    for (let minute = 540; minute < 760; minute++) expect(axis.y(minute + 1)).toBeGreaterThanOrEqual(axis.y(minute));
  });

  it("squeezes a lunch break that every calendar takes", () => {
    const axis = buildAxis(
      [],
      [
        { start: 540, end: 720 },
        { start: 780, end: 1020 },
      ],
    );
    expect(axis.y(780) - axis.y(720)).toBe(SCALE.closedGap);
  });

  it("labels full hours that have room", () => {
    expect(buildAxis([], [{ start: 530, end: 665 }]).hours).toEqual([540, 600, 660]);
    expect(buildAxis([], []).height).toBe(0);
  });
});

describe("the times a calendar is closed", () => {
  const hours = (...times: [number, number][]) => closedTimes(times.map(([start, end]) => ({ start, end })));

  it("are before, between and after its hours, whatever their order", () => {
    expect(hours([780, 960], [480, 720])).toEqual([
      { from: undefined, to: 480 },
      { from: 720, to: 780 },
      { from: 960, to: undefined },
    ]);
  });

  it("are the whole day where it has no hours, or only such as end before they begin", () => {
    expect(hours()).toEqual([{ from: undefined, to: undefined }]);
    expect(hours([720, 600])).toEqual([{ from: undefined, to: undefined }]);
  });

  it("are not within hours that touch or overlap", () => {
    expect(hours([480, 720], [720, 900], [600, 660])).toEqual([
      { from: undefined, to: 480 },
      { from: 900, to: undefined },
    ]);
  });
});
