import { beforeEach, expect, it } from "vitest";
import type { Catalogue, CatalogueService, CatalogueServiceType, DayBoard } from "../../bindings";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { afterBooking, afterCancel } from "./afterwards";
import { DayState } from "./day.svelte";
import { appointment, board, booked, calendar, column, dana, SERVICE, today, TYPE } from "./testing";

const service = (
  serviceId: string,
  kind: CatalogueService["kind"],
  unitId: string | null = null,
): CatalogueService => ({
  serviceId,
  name: serviceId,
  unitId,
  categoryName: null,
  kind,
  timeZone: null,
  isCustomerRequired: null,
  isPhoneNumberRequired: null,
  isEmailRequired: null,
});
const type = (serviceTypeId: string, ...serviceIds: string[]): CatalogueServiceType => ({
  serviceTypeId,
  name: serviceTypeId,
  serviceIds,
  duration: 10,
  colorCode: null,
});
const catalogue: Catalogue = {
  services: [
    service("walk-in", "walkIn"),
    service("elsewhere", "appointment", "other-unit"),
    service(SERVICE, "appointment", "unit"),
  ],
  serviceTypes: [type("long", "elsewhere"), type(TYPE, SERVICE), type("second", SERVICE)],
  units: [],
  fields: [],
  caseFields: [],
  caseTags: [],
};

let host: FakeHost;
let answer: DayBoard;
let day: DayState;

beforeEach(() => {
  answer = board([column(calendar(0), [550, 560]), column(calendar(1), [545])]);
  host = fakeHost({
    get_today: () => today("2026-11-24"),
    load_day: ({ date, serviceId }) => ({ ...answer, date, serviceId }),
    board_view: () => ({ services: [] }),
    keep_board_view: () => null,
  });
  day = new DayState();
});

it("begins with a bookable service of the agent's unit, its first type, and today there", async () => {
  await day.adopt(catalogue, "unit");
  expect(host.sent("load_day")).toEqual([{ serviceId: SERVICE, date: "2026-11-24", serviceTypeId: TYPE }]);
  await day.adopt(catalogue, "unit");
  expect(host.sent("load_day")).toHaveLength(1);
});

it("a day that was asked for while today is being looked up is kept", async () => {
  const first = day.adopt(catalogue, null);
  day.date = "2026-12-01";
  await first;
  expect(host.sent("load_day").at(-1)?.date).toBe("2026-12-01");
});

it("moves over the end of a month, and takes no half-typed date", async () => {
  await day.adopt(catalogue, "unit");
  await day.chooseDate("2026-11-30");
  await day.shiftDay(1);
  expect(day.date).toBe("2026-12-01");
  await day.chooseDate("0002-12-01");
  await day.chooseDate("2026-12");
  expect(day.date).toBe("2026-12-01");
});

it("keeps the type when the same service is chosen again, and takes the first one of another", async () => {
  await day.adopt(catalogue, "unit");
  await day.chooseType("second");
  await day.chooseService(SERVICE, catalogue);
  expect(day.typeId).toBe("second");
  await day.chooseService("elsewhere", catalogue);
  expect(day.typeId).toBe("long");
});

it("keeps a draft by slot while another one is opened, and forgets one with nothing typed", async () => {
  await day.adopt(catalogue, "unit");
  const place = day.place(0, 550, 10);
  day.openBooking(place);
  if (day.beside?.kind === "booking") day.beside.draft.phone = "030";
  day.openBooking(day.place(0, 560, 10));
  expect([...day.drafts.values()].map((draft) => draft.phone)).toEqual(["030"]);
  day.openBooking(place);
  expect(day.beside?.kind === "booking" && day.beside.draft.phone).toBe("030");
  expect(day.drafts.size).toBe(0);
});

const openDraft = () => {
  if (day.beside?.kind !== "booking") throw new Error("no booking is open");
  return day.beside.draft;
};

it("a customer brought along waits for a time through days and types, and takes it with everything typed", async () => {
  await day.adopt(catalogue, "unit");
  day.openNew(dana);
  const draft = openDraft();
  expect([draft.customer, draft.phone, draft.place]).toEqual([dana, "0501234567", undefined]);
  draft.email = "d@levi.example";
  await day.shiftDay(1);
  await day.chooseType("second");
  expect([openDraft(), draft.wanted.serviceTypeId]).toEqual([draft, "second"]);
  const place = day.place(0, 550, 10);
  day.openBooking(place);
  expect([openDraft(), draft.place, draft.email]).toEqual([draft, place, "d@levi.example"]);
  answer = board([column(calendar(0), [560], [appointment(0, 550)])]);
  await afterBooking(day, draft, { booked: booked(null), place });
  expect([day.beside, day.focusKey]).toEqual([undefined, "case-case-0-550"]);
});

it("a customer brought along goes into the booking that is open and has none", async () => {
  await day.adopt(catalogue, "unit");
  day.openBooking(day.place(0, 550, 10));
  const draft = openDraft();
  day.openNew(dana);
  expect([openDraft(), draft.customer, draft.place?.start]).toEqual([draft, dana, 550]);
});

it("keeps the time for another type that has it, and gives it back for one that does not", async () => {
  await day.adopt(catalogue, "unit");
  day.openBooking(day.place(0, 550, 10));
  const draft = openDraft();
  answer = board([column(calendar(0), [550], [], 40)]);
  await day.changeWanted(draft, { serviceId: SERVICE, serviceTypeId: "second" });
  expect(draft.place).toMatchObject({ start: 550, duration: 40, serviceTypeId: "second" });
  answer = board([column(calendar(0), [600])]);
  await day.changeWanted(draft, { serviceId: SERVICE, serviceTypeId: TYPE });
  expect([draft.place, draft.lost?.start, openDraft()]).toEqual([undefined, 550, draft]);
});

it("a type that is wanted is wanted at once, and no time is booked as another type's meanwhile", async () => {
  await day.adopt(catalogue, "unit");
  day.openBooking(day.place(0, 550, 10));
  const draft = openDraft();
  const asked = calendar(0);
  expect(draft.ready(asked, "")).toBe(true);
  answer = board([column(asked, [550], [], 40)]);
  const changing = day.changeWanted(draft, { serviceId: SERVICE, serviceTypeId: "second" });
  expect([draft.wanted.serviceTypeId, draft.ready(asked, "")]).toEqual(["second", false]);
  await draft.fitting;
  expect([draft.place?.serviceTypeId, draft.ready(asked, "")]).toEqual(["second", true]);
  await changing;
});

it("of two types wanted one after the other the last one counts, however late the first is read", async () => {
  let read = () => {};
  const slow = new Promise<void>((resolve) => (read = resolve));
  host.answers.load_day = async ({ date, serviceId, serviceTypeId }) => {
    if (serviceTypeId === "second") await slow;
    return { ...answer, date, serviceId };
  };
  await day.adopt(catalogue, "unit");
  day.openNew(dana);
  const draft = openDraft();
  const first = day.changeWanted(draft, { serviceId: SERVICE, serviceTypeId: "second" });
  await day.changeWanted(draft, { serviceId: SERVICE, serviceTypeId: TYPE });
  read();
  await first;
  expect(draft.wanted.serviceTypeId).toBe(TYPE);
});

it("a draft without a time waits in the list while something else is open, and opens again", async () => {
  await day.adopt(catalogue, "unit");
  day.openNew(dana);
  const draft = openDraft();
  day.openCalendar(0);
  expect([...day.drafts.values()]).toEqual([draft]);
  await day.openDraft(draft, catalogue);
  expect([openDraft(), day.drafts.size]).toEqual([draft, 0]);
});

it("reads one calendar again without touching the others", async () => {
  await day.adopt(catalogue, "unit");
  host.answers.list_calendars = () => [calendar(1, { agentsBookingActive: false })];
  host.answers.list_appointments = () => [appointment(1, 600)];
  host.answers.list_vacancies = () => Promise.reject(refusal("list_vacancies", "busy"));
  await day.rereadColumn(1);
  expect(day.columns.map((entry) => [entry.condition, entry.free, entry.booked])).toEqual([
    ["open", 2, 0],
    ["bookingOff", 0, 1],
  ]);
  expect(day.columns[1]?.vacanciesError?.code).toBe("busy");
  expect(day.part()?.rereading).toEqual([]);
});

it("a free time of another type turns the board to that type first", async () => {
  await day.adopt(catalogue, "unit");
  await day.openOtherType(0, 560, 10, "second");
  expect(host.sent("load_day").at(-1)?.serviceTypeId).toBe("second");
  expect(day.beside?.kind === "booking" && day.beside.draft.place).toMatchObject({
    serviceTypeId: "second",
    start: 560,
  });
});

it("shows several services side by side, remembers them, and keeps at least one", async () => {
  await day.adopt(catalogue, "unit");
  await day.toggleService("elsewhere", catalogue);
  expect(day.groups.map((group) => [group.part.serviceId, group.part.typeId, group.columns.length])).toEqual([
    [SERVICE, TYPE, 2],
    ["elsewhere", "long", 2],
  ]);
  expect(host.sent("keep_board_view").at(-1)).toEqual({
    services: [
      { serviceId: SERVICE, serviceTypeId: TYPE },
      { serviceId: "elsewhere", serviceTypeId: "long" },
    ],
  });
  expect(new Set(day.columns.map((column) => column.key)).size).toBe(4);
  await day.toggleService(SERVICE, catalogue);
  await day.toggleService("elsewhere", catalogue);
  expect(day.parts.map((part) => part.serviceId)).toEqual(["elsewhere"]);
});

it("begins with the services that stood on the board the last time, as far as they still exist", async () => {
  host.answers.board_view = () => ({
    services: [
      { serviceId: "gone", serviceTypeId: null },
      { serviceId: "elsewhere", serviceTypeId: "long" },
      { serviceId: SERVICE, serviceTypeId: "second" },
    ],
  });
  await day.adopt(catalogue, "unit");
  expect(day.parts.map((part) => [part.serviceId, part.typeId])).toEqual([
    ["elsewhere", "long"],
    [SERVICE, "second"],
  ]);
});

it("asks only for the calendars that moved, and keeps the others as they were", async () => {
  const stamp = (cuIndex: number, calendarTimestamp: string) => calendar(cuIndex, { calendarTimestamp });
  answer = board([column(stamp(0, "a"), [550]), column(stamp(1, "b"), [545])], { loadedAt: new Date().toISOString() });
  await day.adopt(catalogue, "unit");
  answer = board(
    [
      column(stamp(0, "c"), [], [appointment(0, 550)]),
      {
        calendar: stamp(1, "b"),
        appointments: { state: "unchanged" },
        vacancies: { state: "unchanged" },
      },
    ],
    { loadedAt: new Date().toISOString() },
  );
  await day.refresh();
  expect(host.sent("load_day").at(-1)?.known).toEqual([
    { cuIndex: 0, calendarTimestamp: "a", appointmentCount: null, minutesBooked: null },
    { cuIndex: 1, calendarTimestamp: "b", appointmentCount: null, minutesBooked: null },
  ]);
  expect(day.columns.map((entry) => [entry.free, entry.booked])).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(
    day
      .part()
      ?.changes.get(0)
      ?.map((change) => change.kind),
  ).toEqual(["new"]);
  day.look(day.columns[0]);
  expect(day.part()?.changes.size).toBe(0);
});

it("shows a day it has read before at once, and reads it again where somebody stays", async () => {
  await day.adopt(catalogue, "unit");
  await day.shiftDay(1);
  const read = host.sent("load_day").length;
  const back = day.shiftDay(-1);
  expect(day.columns).toHaveLength(2);
  expect(host.sent("load_day")).toHaveLength(read);
  await back;
  expect(host.sent("load_day")).toHaveLength(read + 1);
  expect(host.sent("load_day").at(-1)?.date).toBe(day.date);
});

it("waits for nothing with a day that was chosen, and not stepped to", async () => {
  await day.adopt(catalogue, "unit");
  const first = day.date;
  await day.shiftDay(1);
  const read = host.sent("load_day").length;
  const back = day.chooseDate(first);
  expect(host.sent("load_day")).toHaveLength(read + 1);
  await back;
});

it("keeps what stands in a booking when its own time is pressed again", async () => {
  await day.adopt(catalogue, "unit");
  const place = day.place(0, 550, 10);
  day.openBooking(place);
  const draft = openDraft();
  draft.phone = "030";
  day.openBooking({ ...place });
  expect([openDraft(), day.drafts.size]).toEqual([draft, 0]);
});

it("a draft that was closed while another type was read is one draft, wherever its time went", async () => {
  await day.adopt(catalogue, "unit");
  day.openBooking(day.place(0, 550, 10));
  const draft = openDraft();
  draft.phone = "030";
  const fitted = day.changeWanted(draft, { serviceId: SERVICE, serviceTypeId: "second" });
  day.close();
  await fitted;
  await day.openDraft(draft, catalogue);
  expect([openDraft(), day.drafts.size]).toEqual([draft, 0]);
  day.close();
  expect([...day.drafts.values()]).toEqual([draft]);
});

it("a time of another type belongs to the day on which it was pressed", async () => {
  await day.adopt(catalogue, "unit");
  const opened = day.openOtherType(0, 550, 10, "second");
  await day.shiftDay(1);
  await opened;
  expect(day.beside).toBeUndefined();
});

it("after a cancellation the service is read in which it was", async () => {
  await day.adopt(catalogue, "unit");
  await day.toggleService("elsewhere", catalogue);
  const before = host.sent("load_day").length;
  await afterCancel(day, { serviceId: "elsewhere", cuIndex: 0, start: 550, caseId: "case" });
  expect(
    host
      .sent("load_day")
      .slice(before)
      .map(({ serviceId }) => serviceId),
  ).toEqual(["elsewhere"]);
  expect(day.focusKey).toBe("slot-elsewhere-0-550");
});
