import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Catalogue, DayBoard } from "../../bindings";
import { moves } from "../../state/moves.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { appointmentMove, twoHeld } from "../../testing/moves";
import { DayState } from "./day.svelte";
import MoveForm from "./MoveForm.svelte";
import { moving, Moving } from "./moving.svelte";
import { appointment, board, calendar, column, dana, SERVICE, today, TYPE } from "./testing";

const theirs = appointment(0, 540, {
  customer: { dataTableId: null, recordId: dana.recordId, displayName: "Dana Levi" },
});
const at = { serviceId: SERVICE, date: "2026-11-24", cuIndex: 0, serviceTypeId: TYPE };
const place = { ...at, start: 560, duration: 10 };
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
  serviceTypes: [{ serviceTypeId: TYPE, name: "Licence", serviceIds: [SERVICE], duration: 10, colorCode: null }],
  units: [],
  fields: [],
  caseFields: [],
  caseTags: [],
};
let host: FakeHost;
let read: DayBoard;

beforeEach(() => {
  read = board([column(calendar(0), [550, 560], [theirs]), column(calendar(1), [600])]);
  host = fakeHost({
    get_today: () => today("2026-11-24"),
    board_view: () => ({ services: [] }),
    keep_board_view: () => null,
    load_day: () => read,
    list_moves: () => [],
    list_appointments: () => [],
  });
  moves.clear();
  moving.drop();
});

function cut(of = new Moving()): Moving {
  of.cutOut(theirs, at, { phone: "0501234567" });
  of.aim(place);
  return of;
}

describe("moving", () => {
  it("asks for the same appointment at another time, with what would book the old one again", async () => {
    host.answers.move_appointment = () => appointmentMove();
    const outcome = await cut().run();
    expect(outcome?.newCaseId).toBe("case-new");
    const [request] = host.sent("move_appointment");
    expect(request?.order).toBe("bookFirst");
    expect(request?.from.caseId).toBe(theirs.caseId);
    expect(request?.from.booking).toMatchObject({ startTime: 540 });
    expect(request?.contactOnCard).toEqual({ phone: "0501234567" });
    expect(request?.to).toEqual({ ...request?.from.booking, startTime: 560 });
  });

  it("names one move however often it is pressed, and another one for another wish", async () => {
    const lost = () => Promise.reject(refusal("move_appointment", "internal"));
    host.answers.move_appointment = lost;
    const it = cut();
    await Promise.all([it.run(), it.run()]);
    await it.run();
    it.aim({ ...place, start: 550 });
    await it.run();
    const ids = host.sent("move_appointment").map(({ moveId }) => moveId);
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it("names another move once it is known that the first changed nothing", async () => {
    host.answers.move_appointment = () => Promise.reject(refusal("move_appointment", "move_needs_order"));
    const it = cut();
    await it.run();
    expect(it.phase).toBe("asking");
    host.answers.move_appointment = () => appointmentMove();
    await it.run("cancelFirst");
    const [first, second] = host.sent("move_appointment");
    expect(second?.moveId).not.toBe(first?.moveId);
    expect(second?.order).toBe("cancelFirst");
  });
});

describe("the form of a move", () => {
  async function open() {
    cut(moving);
    const day = new DayState();
    await day.adopt(catalogue, null);
    const held = moving.cut;
    if (!held) throw new Error("nothing is cut");
    render(MoveForm, { day, cut: held, place });
    await screen.findByLabelText("Time");
    return day;
  }
  const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

  it("shows the old and the new time, moves, and lets go", async () => {
    const day = await open();
    expect(screen.getByText(/Tuesday 24 November at .*09:20/)).toBeTruthy();
    host.answers.move_appointment = () => appointmentMove();
    await press("Move here");
    await waitFor(() => expect(moving.cut).toBeUndefined());
    expect(day.focusWish?.key).toBe("case-case-new");
  });

  it("asks before the old time is given up", async () => {
    await open();
    host.answers.move_appointment = ({ order }) =>
      order === "cancelFirst"
        ? appointmentMove()
        : Promise.reject(
            refusal("move_appointment", "move_needs_order", { message: { id: "move-overlaps", args: {} } }),
          );
    await press("Move here");
    const dialog = await screen.findByRole("dialog", { name: "Give up the old time first?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Give up the old time" }));
    await waitFor(() => expect(moving.cut).toBeUndefined());
    expect(host.sent("move_appointment").map(({ order }) => order)).toEqual(["bookFirst", "cancelFirst"]);
  });

  it("offers the nearest times when the new one was taken, and moves to the one pressed", async () => {
    await open();
    let first = true;
    host.answers.move_appointment = () => {
      if (!first) return appointmentMove();
      first = false;
      return Promise.reject(refusal("move_appointment", "slot_taken", { slots: [{ cuIndex: 1, startTime: 600 }] }));
    };
    await press("Move here");
    await userEvent.click(await screen.findByRole("button", { name: /10:00.*Calendar 2/ }));
    await waitFor(() => expect(moving.cut).toBeUndefined());
    expect(host.sent("move_appointment")[1]?.to).toMatchObject({ cuIndex: 1, startTime: 600 });
  });

  it("says that no appointment is held, and keeps everything for a new booking", async () => {
    const day = await open();
    host.answers.get_customer = () => dana;
    host.answers.move_appointment = () =>
      twoHeld({
        state: "noneHeld",
        message: { id: "move-none-held", args: {} },
        canResume: false,
        canChoose: false,
      });
    await press("Move here");
    expect((await screen.findByRole("alert")).textContent).toContain("No appointment is held");
    await press("Book a new appointment");
    await waitFor(() => expect(day.beside?.kind).toBe("booking"));
    if (day.beside?.kind !== "booking") throw new Error("no booking is open");
    expect(day.beside.draft.customer?.recordId).toBe(dana.recordId);
    expect(day.beside.draft.phone).toBe("0501234567");
  });
});
