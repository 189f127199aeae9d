import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Catalogue, DayBoard, FreedTime } from "../../bindings";
import { fakeHost, type FakeHost } from "../../testing/fake-host";
import { connected } from "../../testing/samples";
import { app } from "../../state/app.svelte";
import { DayState } from "../appointments/day.svelte";
import { moving } from "../appointments/moving.svelte";
import { appointment, board, calendar, column, SERVICE, today, TYPE } from "../appointments/testing";
import { showFreed } from "./take";

const known = {
  services: [{ serviceId: SERVICE, name: "Licences", unitId: null, kind: "appointment" }],
  serviceTypes: [{ serviceTypeId: TYPE, name: "Renewal", serviceIds: [SERVICE], duration: 10 }],
} as unknown as Catalogue;
const freed: FreedTime = {
  serviceId: SERVICE,
  date: "2026-11-26",
  cuIndex: 0,
  startTime: 560,
  serviceTypeId: TYPE,
  duration: 10,
  user: null,
  foundAt: "2026-11-24T09:20:00Z",
};
const moved = {
  caseId: "case-1",
  at: { serviceId: SERVICE, date: "2026-12-02", cuIndex: 1 },
  startTime: 640,
  customerRecordId: null,
  customerName: null,
};

let host: FakeHost;
let day: DayState;
/** Answers the reading of the freed time's day, which waits until then. */
let giveDay: (() => void) | undefined;

beforeEach(async () => {
  giveDay = undefined;
  const read = (date: string): DayBoard => ({ ...board([column(calendar(0), [550, 560])]), date });
  host = fakeHost({
    get_today: () => today("2026-11-24"),
    board_view: () => ({ services: [] }),
    keep_board_view: () => null,
    list_moves: () => [],
    list_appointments: () => [appointment(1, 640, { caseId: "case-1" })],
    load_day: ({ date }) =>
      date === freed.date ? new Promise((resolve) => (giveDay = () => resolve(read(date)))) : read(date),
  });
  app.take(connected);
  moving.drop();
  day = new DayState();
  await day.adopt(known, null);
});

/** Shown as far as the reading of its day. */
async function showing(wish: Parameters<typeof showFreed>[2]) {
  const shown = showFreed(day, known, wish);
  await vi.waitFor(() => expect(giveDay).toBeDefined());
  return { shown };
}

describe("a time that freed", () => {
  it("is opened as a booking on its day", async () => {
    const { shown } = await showing({ freed });
    giveDay?.();
    await shown;
    expect(day.date).toBe(freed.date);
    expect(day.beside).toMatchObject({ kind: "booking", draft: { place: { start: 560 } } });
  });

  it("is where the appointment is to go", async () => {
    const { shown } = await showing({ freed, moved });
    giveDay?.();
    await shown;
    expect(moving.isAbout("case-1")).toBe(true);
    expect(moving.target).toMatchObject({ date: freed.date, start: 560 });
  });

  it.each([
    ["booking", { freed }],
    ["move", { freed, moved }],
  ])("is left behind as a %s with its day", async (_, wish) => {
    const { shown } = await showing(wish);
    await day.chooseDate("2026-11-27");
    giveDay?.();
    await shown;
    expect(day.date).toBe("2026-11-27");
    expect(day.beside).toBeUndefined();
    expect(moving.cut).toBeUndefined();
  });

  it("does not take the place of what was opened meanwhile", async () => {
    const { shown } = await showing({ freed, moved });
    day.openCalendar(0);
    giveDay?.();
    await shown;
    expect(day.beside).toMatchObject({ kind: "calendar" });
    expect(moving.cut).toBeUndefined();
    expect(host.sent("list_appointments")).toHaveLength(1);
  });
});
