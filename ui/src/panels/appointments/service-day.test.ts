import { beforeEach, expect, it, vi } from "vitest";
import type { DayBoard, DayColumn } from "../../bindings";
import { clock } from "../../state/resource.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { columnsOf } from "./board";
import { ServiceDay } from "./service-day.svelte";
import { appointment, board, calendar, column, SERVICE, today, TYPE } from "./testing";
import { tracksOf } from "./tracks";

const stamped = (cuIndex: number, stamp = "1") =>
  calendar(cuIndex, { calendarTimestamp: `2026-11-24T08:00:0${stamp}Z` });
const expected = (cuIndex: number): DayColumn => ({
  calendar: stamped(cuIndex),
  appointments: { state: "expected" },
  vacancies: { state: "expected" },
});
const unread = (cuIndex: number, changes = {}): DayColumn => ({
  calendar: { ...stamped(cuIndex), ...changes },
  appointments: { state: "unchanged" },
  vacancies: { state: "unchanged" },
});
const states = (day: ServiceDay) => day.board?.columns.map((one) => one.vacancies.state);

let host: FakeHost;
let day: ServiceDay;
let now: number;

beforeEach(() => {
  now = 1_000_000;
  vi.spyOn(clock, "read").mockImplementation(() => (clock.now = now));
  clock.now = now;
  host = fakeHost({ load_day: () => board([column(stamped(0), [550]), column(stamped(1), [560])]) });
  day = new ServiceDay(SERVICE, TYPE);
});

it("shows the calendars first and each column as it comes", async () => {
  const tell: ((news: DayBoard | null) => void)[] = [];
  host.answers.load_day = () => board([expected(0), expected(1)], { reading: true });
  host.answers.more_of_day = () => new Promise((resolve) => tell.push(resolve));
  const loading = day.load("2026-11-24");
  await vi.waitFor(() => expect(states(day)).toEqual(["expected", "expected"]));
  expect(day.day.state).toBe("arriving");
  tell[0]!(board([column(stamped(1), [560])], { reading: true }));
  await vi.waitFor(() => expect(states(day)).toEqual(["expected", "loaded"]));
  await vi.waitFor(() => expect(tell).toHaveLength(2));
  tell[1]!(board([column(stamped(0), [550])]));
  await loading;
  expect([day.day.state, states(day)]).toEqual(["loaded", ["loaded", "loaded"]]);
  expect(host.sent("more_of_day").map(({ after }) => after)).toEqual([0, 1]);
});

it("a day that was left takes no more columns, and one that is gone in the core is read whole", async () => {
  host.answers.load_day = ({ date, reader }) =>
    reader ? board([expected(0)], { date, reading: true }) : board([column(stamped(0), [550])], { date });
  host.answers.more_of_day = () => null;
  const first = day.load("2026-11-24");
  await day.load("2026-11-25");
  await first;
  expect(day.board?.date).toBe("2026-11-25");
  expect(states(day)).toEqual(["loaded"]);
  expect(host.sent("load_day").map(({ date }) => date)).toEqual(["2026-11-24", "2026-11-25", "2026-11-25"]);
});

it("asks for the calendars alone while nothing moves, and reads one again a minute after five", async () => {
  await day.load("2026-11-24");
  host.answers.load_day = ({ known }) =>
    board(
      [0, 1].map((cuIndex): DayColumn =>
        known?.some((one) => one.cuIndex === cuIndex) ? unread(cuIndex) : column(stamped(cuIndex), [600]),
      ),
    );
  const knownNow = async (after: number) => {
    now += after;
    await day.refresh(now);
    return host
      .sent("load_day")
      .at(-1)
      ?.known?.map((one) => one.cuIndex);
  };
  expect(await knownNow(12_000)).toEqual([0, 1]);
  expect(await knownNow(300_000)).toEqual([1]);
  expect(await knownNow(12_000)).toEqual([0, 1]);
  expect(await knownNow(60_000)).toEqual([0]);
  expect(await knownNow(60_000)).toEqual([0, 1]);
  expect(day.day.state).toBe("loaded");
});

it("a poll that brings nothing leaves every column the very same, so that nothing of it is drawn anew", async () => {
  await day.load("2026-11-24");
  const laid = columnsOf(day.board!, { freeOnly: false });
  const tracks = tracksOf([{ part: day, columns: laid }]);
  host.answers.load_day = () => board([unread(0), unread(1)]);
  await day.refresh(now);
  const again = columnsOf(day.board!, { freeOnly: false });
  expect(again.map((one, index) => one === laid[index])).toEqual([true, true]);
  const same = tracksOf([{ part: day, columns: again }], tracks);
  expect(same.map((one, index) => one === tracks[index])).toEqual([true, true]);
  host.answers.load_day = () => board([unread(0), unread(1, { isPhoneNumberRequired: true })]);
  await day.refresh(now);
  const moved = columnsOf(day.board!, { freeOnly: false });
  expect(moved.map((one, index) => one === laid[index])).toEqual([true, false]);
  expect(columnsOf(day.board!, { freeOnly: true })[0]).not.toBe(laid[0]);
});

it("coming back to a day asks only for what moved, and reads all of it when told to", async () => {
  await day.load("2026-11-24");
  await day.load("2026-11-25");
  await day.load("2026-11-24");
  expect(
    host
      .sent("load_day")
      .at(-1)
      ?.known?.map((one) => one.cuIndex),
  ).toEqual([0, 1]);
  await day.readAll();
  expect(host.sent("load_day").at(-1)?.known).toBeUndefined();
});

it("never takes the free times of one type for those of another that it no longer holds", async () => {
  host.answers.load_day = ({ date, known, serviceTypeId }) =>
    board([known ? unread(0) : column(stamped(0), [serviceTypeId === TYPE ? 550 : 600])], { date });
  await day.load("2026-11-24");
  await day.showType("other");
  await day.showType(TYPE);
  for (let other = 1; other <= 20; other++) await day.load(`2026-12-${String(other).padStart(2, "0")}`);
  await day.load("2026-11-24");
  await day.showType("other");
  expect(columnsOf(day.board!, { freeOnly: true })[0]?.items.map(({ start }) => start)).toEqual([600]);
});

it("shows the day as it was kept when Cubu can't be reached, in the unit's present time", async () => {
  const asOf = new Date(now - 30 * 60_000).toISOString();
  const kept = board([column(stamped(0), [550], [appointment(0, 540)])], { loadedAt: asOf, today: "2026-11-23" });
  host.answers.load_day = () => Promise.reject(refusal("load_day", "offline"));
  host.answers.kept_day = () => ({ board: kept });
  host.answers.get_today = () => ({ ...today("2026-11-24"), nowMinute: 620 });
  await day.load("2026-11-24");
  expect([day.day.state, day.board?.today, day.board?.nowMinute]).toEqual(["stale", "2026-11-24", 590]);
  expect(day.appointment("case-0-540")).toBeDefined();
  host.answers.load_day = () => board([column(stamped(0), [550])]);
  await day.refresh(now);
  expect(host.sent("load_day").at(-1)?.known).toBeUndefined();
  expect(day.day.state).toBe("loaded");
});
