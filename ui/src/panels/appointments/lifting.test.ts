import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Catalogue, DayBoard } from "../../bindings";
import { moves } from "../../state/moves.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { appointmentMove, twoHeld } from "../../testing/moves";
import type { Booking, Slot } from "./board";
import { DayState } from "./day.svelte";
import { BookingDraft } from "./draft.svelte";
import { push } from "./drag.svelte";
import { hindranceOf } from "./lifting.svelte";
import { lanesOf } from "./tracks";
import MoveBar from "./MoveBar.svelte";
import { moving } from "./moving.svelte";
import { appointment, board, calendar, column, dana, SERVICE, today, TYPE } from "./testing";

const LONGER = "5b0d6c1e-2222-4a6e-9d10-0000000ce102";
const catalogue: Catalogue = {
  services: [
    {
      serviceId: SERVICE,
      name: "Licences",
      unitId: null,
      categoryName: null,
      kind: "appointment",
      timeZone: null,
      isCustomerRequired: null,
      isPhoneNumberRequired: null,
      isEmailRequired: null,
    },
  ],
  serviceTypes: [
    { serviceTypeId: TYPE, name: "Renewal", serviceIds: [SERVICE], duration: 10, colorCode: null },
    { serviceTypeId: LONGER, name: "First licence", serviceIds: [SERVICE], duration: 40, colorCode: null },
  ],
  units: [],
  fields: [],
  caseFields: [],
  caseTags: [],
};
const theirs = appointment(0, 540, {
  serviceTypeId: LONGER,
  customer: { dataTableId: null, recordId: dana.recordId, displayName: "Dana Levi" },
});

let host: FakeHost;
let read: DayBoard;
let day: DayState;

/** The one booking of the board. */
function booking(): Booking {
  const found = day.columns[0]?.items.find((item) => item.kind === "booking");
  if (found?.kind !== "booking") throw new Error("there is no booking");
  return found;
}

function slotAt(cuIndex: number, start: number): Slot {
  const found = day.columns[cuIndex]?.items.find((item) => item.start === start);
  if (found?.kind !== "slot") throw new Error("there is no such free time");
  return found;
}

beforeEach(async () => {
  const demanding = { isPhoneNumberRequired: true };
  read = board([
    column(calendar(0, demanding), [550, 560], [theirs]),
    column(calendar(1, demanding), [600], [appointment(1, 700)]),
  ]);
  host = fakeHost({
    get_today: () => today("2026-11-24"),
    board_view: () => ({ services: [] }),
    keep_board_view: () => null,
    load_day: () => read,
    list_moves: () => [],
    get_customer: () => dana,
  });
  moves.clear();
  moving.drop();
  day = new DayState();
  await day.adopt(catalogue, null);
});

describe("an appointment in hand", () => {
  it("lends the board its service type, and gives the old one back when it is laid back", async () => {
    expect(day.typeId).toBe(TYPE);
    expect(day.lifting.lift(booking())).toBe(true);
    await day.lifting.fit(moving.cut);
    expect(host.sent("load_day").at(-1)?.serviceTypeId).toBe(LONGER);
    day.lifting.layBack();
    await day.lifting.fit(moving.cut);
    expect(day.typeId).toBe(TYPE);
    expect(host.sent("load_day").at(-1)?.serviceTypeId).toBe(TYPE);
    expect(host.sent("keep_board_view")).toEqual([]);
    expect(day.focusWish?.key).toBe(`case-${theirs.caseId}`);
  });

  it("keeps the board standing while the free times of its type are read, and fits none of the older ones", async () => {
    let answer: (board: DayBoard) => void = () => undefined;
    host.answers.load_day = () => new Promise<DayBoard>((resolve) => (answer = resolve));
    const old = slotAt(0, 560);
    day.lifting.lift(booking());
    const fitting = day.lifting.fit(moving.cut);
    expect(day.reading.state).toBe("loaded");
    expect(day.lifting.fits(old)).toBe(false);
    answer(read);
    await fitting;
    expect(day.lifting.fits(slotAt(0, 560))).toBe(true);
  });

  it("waits with putting it down until the free times of its type are read", async () => {
    let answer: (board: DayBoard) => void = () => undefined;
    host.answers.load_day = () => new Promise<DayBoard>((resolve) => (answer = resolve));
    day.lifting.lift(booking());
    const fitting = day.lifting.fit(moving.cut);
    day.focusKey = slotAt(0, 560).key;
    const put = day.lifting.putHere();
    expect([moving.target, day.lifting.hindrance]).toEqual([undefined, undefined]);
    answer(read);
    await Promise.all([fitting, put]);
    expect(moving.target?.start).toBe(560);
  });

  it("leaves the type alone that somebody chose meanwhile", async () => {
    day.lifting.lift(booking());
    await day.lifting.fit(moving.cut);
    await day.chooseType(TYPE);
    day.lifting.layBack();
    await day.lifting.fit(moving.cut);
    expect(day.typeId).toBe(TYPE);
  });

  it("leads the arrow keys from free time to free time", () => {
    const stops = () =>
      lanesOf(day.groups, (item) => day.lifting.fits(item)).flatMap((lane) => lane.stops.map(({ minute }) => minute));
    expect(stops()).toEqual([]);
    day.lifting.lift(booking());
    expect(stops()).toEqual([550, 560, 600]);
  });

  it("shows the old time on the one free time it would go to", () => {
    day.lifting.lift(booking());
    day.focusKey = slotAt(0, 560).key;
    expect(day.lifting.fromFor(slotAt(0, 560))).toBe("09:00");
    expect(day.lifting.fromFor(slotAt(0, 550))).toBeUndefined();
    day.lifting.dragged = true;
    expect(day.lifting.fromFor(slotAt(0, 560))).toBeUndefined();
    day.lifting.over = slotAt(1, 600).key;
    expect(day.lifting.fromFor(slotAt(1, 600))).toBe("09:00");
  });

  it("goes to a free time of its own service and nowhere else", () => {
    day.lifting.lift(booking());
    day.lifting.put(undefined);
    expect(day.lifting.hindrance).toBe("not-free");
    day.lifting.put({ serviceId: "another", date: day.date, cuIndex: 0, start: 550, duration: 10 });
    expect(day.lifting.hindrance).toBe("other-service");
    expect(day.lifting.target).toBeUndefined();
    day.lifting.putOn(slotAt(1, 600));
    expect(day.lifting.hindrance).toBeUndefined();
    expect(day.lifting.target).toMatchObject({ cuIndex: 1, start: 600, date: "2026-11-24" });
  });

  it.each([
    ["cancelled", { cancelled: true }, {}],
    ["begun", {}, { status: "Active" }],
    [undefined, {}, { status: "Planned" }],
  ] as const)("that is %s", (hindrance, more, its) => {
    const it = booking();
    expect(hindranceOf({ ...it, ...more, appointment: { ...it.appointment, ...its } })).toBe(hindrance);
  });

  it("is not lifted when it has to stay, and the reason is said", async () => {
    render(MoveBar, { day });
    const it = booking();
    expect(day.lifting.lift({ ...it, appointment: { ...it.appointment, status: "Waiting" } })).toBe(false);
    expect(moving.cut).toBeUndefined();
    expect((await screen.findByRole("status")).textContent).toContain("the customer has checked in");
  });
});

describe("the bar", () => {
  const bar = () => screen.findByRole("group", { name: "Appointment in hand" });
  async function asked() {
    render(MoveBar, { day });
    day.lifting.lift(booking());
    await waitFor(() => expect(moving.onCard.phone).toBe("0501234567"));
    day.lifting.putOn(slotAt(0, 560));
    const button = await screen.findByRole("button", { name: "Move to 09:20" });
    await waitFor(() => expect(document.activeElement).toBe(button));
    return userEvent.setup();
  }

  it("asks with the keyboard on Move, and Enter moves once", async () => {
    host.answers.move_appointment = () => appointmentMove();
    const user = await asked();
    expect((await bar()).textContent).toMatch(/Dana Levi.*at .*09:00.*09:20/s);
    expect(host.sent("move_appointment")).toEqual([]);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(moving.cut).toBeUndefined());
    expect(host.sent("move_appointment")).toHaveLength(1);
    expect(day.focusWish?.key).toBe("case-case-new");
  });

  it("goes back to carrying with Escape", async () => {
    const user = await asked();
    await user.keyboard("{Escape}");
    expect(moving.cut).toBeDefined();
    expect(day.lifting.target).toBeUndefined();
    expect(day.focusWish?.key).toBe(slotAt(0, 560).key);
  });

  it("asks for another number where the one on the card may be why a move was refused", async () => {
    host.answers.move_appointment = () => Promise.reject(refusal("move_appointment", "conflict"));
    const user = await asked();
    expect(screen.queryByLabelText("Phone number")).toBeNull();
    await user.keyboard("{Enter}");
    const field = await screen.findByLabelText("Phone number");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard("0555000111{Enter}");
    await waitFor(() => expect(host.sent("move_appointment")).toHaveLength(2));
    const [first, second] = host.sent("move_appointment");
    expect(first?.to.contactPhoneNumber).toBeUndefined();
    expect(second?.to.contactPhoneNumber).toBe("0555000111");
    expect(second?.contactOnCard?.phone).toBe("0501234567");
  });

  it("asks for what Cubu misses, and sends it with the next press", async () => {
    host.answers.get_customer = () => Promise.reject(refusal("get_customer", "offline"));
    let first = true;
    host.answers.move_appointment = () => {
      if (!first) return appointmentMove();
      first = false;
      return Promise.reject(refusal("move_appointment", "invalid_input"));
    };
    render(MoveBar, { day });
    day.lifting.lift(booking());
    day.lifting.putOn(slotAt(0, 560));
    const user = userEvent.setup();
    const button = await screen.findByRole("button", { name: "Move to 09:20" });
    await waitFor(() => expect(document.activeElement).toBe(button));
    await user.keyboard("{Enter}");
    const field = await screen.findByLabelText("Phone number");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard("0509999999{Enter}");
    await waitFor(() => expect(moving.cut).toBeUndefined());
    expect(host.sent("move_appointment")[1]?.to.contactPhoneNumber).toBe("0509999999");
  });

  it("says what is held when two are, and lets go", async () => {
    host.answers.move_appointment = () => twoHeld();
    const user = await asked();
    await user.keyboard("{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Two appointments are held");
    await user.click(within(alert).getByRole("button", { name: "Close" }));
    expect(moving.cut).toBeUndefined();
  });

  it("offers a new booking when none is held", async () => {
    host.answers.move_appointment = () =>
      twoHeld({
        state: "noneHeld",
        message: { id: "move-none-held", args: {} },
        canResume: false,
        canChoose: false,
      });
    const user = await asked();
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("button", { name: "Book a new appointment" })),
    );
    await user.keyboard("{Enter}");
    await waitFor(() => expect(day.beside?.kind).toBe("booking"));
  });
});

describe("what is opened while a move is on its way", () => {
  async function moved(meanwhile: () => void) {
    let answer: (move: ReturnType<typeof appointmentMove>) => void = () => undefined;
    host.answers.move_appointment = () => new Promise((resolve) => (answer = resolve));
    day.lifting.lift(booking());
    day.lifting.putOn(slotAt(0, 560));
    const run = day.lifting.run();
    meanwhile();
    answer(appointmentMove());
    await run;
    expect(moving.cut).toBeUndefined();
  }

  it("stays open, with all that stands in it", async () => {
    const draft = new BookingDraft(day.place(0, 550, 10));
    draft.phone = "030";
    await moved(() => day.open(draft));
    expect(day.beside).toEqual({ kind: "booking", draft });
    expect(day.focusWish?.key).not.toBe("case-case-new");
  });

  it("says that another one can't be lifted now", async () => {
    await moved(() => {
      expect(day.lifting.lift(booking())).toBe(false);
      expect(day.lifting.hindrance).toBe("sending");
    });
  });
});

it("a booking instead of a lost one is begun once, and not over another appointment in hand", async () => {
  let answer: (customer: typeof dana) => void = () => undefined;
  host.answers.get_customer = () => new Promise((resolve) => (answer = resolve));
  day.lifting.lift(booking());
  const asked = host.sent("get_customer").length;
  const begun = [day.lifting.bookInstead(), day.lifting.bookInstead()];
  expect(host.sent("get_customer")).toHaveLength(asked + 1);
  day.lifting.layBack();
  answer(dana);
  await Promise.all(begun);
  expect(day.beside).toBeUndefined();
});

it("a drag scrolls the board near its edges, the faster the nearer, and not in between", () => {
  expect(push(500, 0, 1000)).toBe(0);
  expect(push(990, 0, 1000)).toBeGreaterThan(push(970, 0, 1000));
  expect(push(10, 0, 1000)).toBeLessThan(push(30, 0, 1000));
  expect(push(30, 0, 1000)).toBeLessThan(0);
});
