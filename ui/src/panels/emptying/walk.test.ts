import { beforeEach, describe, expect, it } from "vitest";
import type { EmptiedState, ErrorCode } from "../../bindings";
import { held } from "../../state/held.svelte";
import { fakeHost, refusal } from "../../testing/fake-host";
import { appointmentMove } from "../../testing/moves";
import { calendar } from "../appointments/testing";
import { at, emptying, proposal } from "./testing";
import { placeOf, Walk } from "./walk.svelte";
import { countsOf } from "./words";

beforeEach(() => held.clear());

/** A walk through bookings whose states the test changes as the core would. */
async function walking(...states: EmptiedState[]) {
  const host = fakeHost({
    empty_calendar: () => emptying(...states),
    propose_times: () => ({
      proposals: states.map((_, number) => proposal(number)),
      lookedTo: at.date,
      missed: [],
    }),
    list_calendars: () => [],
    list_emptyings: () => [],
    list_moves: () => [],
    mark_emptied: ({ caseId, mark }) => {
      states[Number(caseId.split("-")[1])] = mark;
      return { ...emptying(...states), appointments: [] };
    },
  });
  const walk = new Walk();
  await walk.go(at);
  return { walk, host, states };
}

describe("walking the list of a calendar", () => {
  it("begins with the first booking nobody has seen to", async () => {
    const { walk } = await walking("moved", "toDo", "toDo");
    expect(walk.current?.caseId).toBe("case-1");
    expect(walk.proposal?.startTime).toBe(610);
  });

  it("goes on to the next one, and from the last one to what was passed over", async () => {
    const { walk } = await walking("toDo", "notReached", "toDo");
    walk.choose("case-2");
    await walk.mark("notReached");
    expect(walk.current?.caseId).toBe("case-0");
    await walk.mark("skipped");
    expect(walk.current?.caseId).toBe("case-0");
    expect(walk.rows.map((entry) => entry.state)).toEqual(["skipped", "notReached", "notReached"]);
    expect(walk.appointment?.caseId).toBe("case-0");
  });

  it("moves by the way that every move takes, and asks for no new proposals when the proposed time was taken", async () => {
    const { walk, host, states } = await walking("toDo", "toDo");
    host.answers.move_appointment = () => {
      states[0] = "moved";
      return appointmentMove();
    };
    expect(await walk.move(placeOf(walk.proposal!))).toBe(true);
    expect(host.sent("move_appointment")[0]?.to).toMatchObject({ cuIndex: 1, startTime: 600 });
    expect(walk.current?.caseId).toBe("case-1");
    expect(host.sent("propose_times")).toHaveLength(1);
  });

  it("has the next call in front while the list is still being read after a move", async () => {
    const { walk, host, states } = await walking("toDo", "toDo");
    const readings: (() => void)[] = [];
    host.answers.move_appointment = () => {
      states[0] = "moved";
      return appointmentMove({ state: "moved" });
    };
    host.answers.list_emptyings = () => new Promise((resolve) => readings.push(() => resolve([])));
    const moved = walk.move(placeOf(walk.proposal!));
    await expect.poll(() => walk.rows[0]?.state).toBe("moved");
    const marked = walk.mark("notReached");
    await expect.poll(() => host.sent("mark_emptied")).toHaveLength(1);
    expect(host.sent("mark_emptied")[0]?.caseId).toBe("case-1");
    host.answers.list_emptyings = () => [];
    readings.forEach((read) => read());
    await Promise.all([moved, marked]);
  });

  it("stays with a booking whose time is gone, and proposes anew", async () => {
    const { walk, host } = await walking("toDo", "toDo");
    host.answers.move_appointment = () => {
      throw refusal("move_appointment", "slot_taken", { slots: [] });
    };
    expect(await walk.move(placeOf(walk.proposal!))).toBe(false);
    expect(walk.current?.caseId).toBe("case-0");
    expect(walk.moving.phase).toBe("taken");
    expect(host.sent("propose_times")).toHaveLength(2);
  });

  /** A move from the first list is being sent, and the clerk has gone to the other list. */
  async function awayWhileMoving() {
    const { walk, host, states } = await walking("toDo", "toDo", "toDo");
    const answers: ((refused?: ErrorCode) => void)[] = [];
    host.answers.move_appointment = () =>
      new Promise((resolve, reject) =>
        answers.push((refused) =>
          refused ? reject(refusal("move_appointment", refused)) : resolve(appointmentMove({ state: "moved" })),
        ),
      );
    const moved = walk.move(placeOf(walk.proposal!));
    const here = emptying("toDo", "toDo");
    const rows = here.rows.map((entry) => ({ ...entry, caseId: `other-${entry.caseId}` }));
    host.answers.empty_calendar = ({ cuIndex }) =>
      cuIndex === other.cuIndex ? { ...here, ...other, rows } : emptying(...states);
    await walk.go(other);
    return { walk, host, states, moved, answer: (refused?: ErrorCode) => answers.forEach((say) => say(refused)) };
  }
  const other = { ...at, cuIndex: 1 };

  it("passes over no booking of another list that was opened while a move was being sent", async () => {
    const { walk, moved, answer } = await awayWhileMoving();
    answer();
    expect(await moved).toBe(true);
    expect(walk.current?.caseId).toBe("other-case-0");
    expect(walk.moving.cut).toBeUndefined();
    expect(held.fallen).toEqual([]);
  });

  it("tells the refusal of a move whose list is not shown any more", async () => {
    const { walk, moved, answer } = await awayWhileMoving();
    answer("move_needs_order");
    expect(await moved).toBe(false);
    expect(held.fallen.map(({ name, error }) => [name, error.code])).toEqual([
      ["No customer, 09:00", "move_needs_order"],
    ]);
    expect(walk.moving.phase).toBe("aiming");
    expect(walk.current?.caseId).toBe("other-case-0");
  });

  it("tells a refusal in its card where somebody came back to it before the answer", async () => {
    const { walk, moved, answer } = await awayWhileMoving();
    await walk.go(at);
    answer("offline");
    expect(await moved).toBe(false);
    expect(held.fallen).toEqual([]);
    expect(walk.moving.error?.code).toBe("offline");
  });

  it("takes nothing of a mark for another list that was opened meanwhile", async () => {
    const { walk, host } = await walking("toDo", "toDo");
    const mark = host.answers.mark_emptied!;
    let answer: () => void = () => undefined;
    host.answers.mark_emptied = (request) => new Promise((resolve) => (answer = () => resolve(mark(request))));
    const marked = walk.mark("skipped");
    host.answers.empty_calendar = () => ({ ...emptying("toDo"), ...other });
    await walk.go(other);
    answer();
    await marked;
    expect(walk.emptying?.cuIndex).toBe(1);
    expect(walk.rows).toHaveLength(1);
  });

  it("asks for the number that a new booking demands and nothing tells, and forgets it with the next call", async () => {
    const { walk, host } = await walking("toDo", "toDo");
    expect(walk.missing).toEqual([]);
    host.answers.list_calendars = () => [calendar(0, { isPhoneNumberRequired: true })];
    await walk.go(at);
    await expect.poll(() => walk.missing).toEqual(["phone"]);
    walk.said.phone = " 0555000321 ";
    host.answers.move_appointment = () => {
      throw refusal("move_appointment", "offline");
    };
    await walk.move(placeOf(walk.proposal!));
    expect(host.sent("move_appointment")[0]?.to.contactPhoneNumber).toBe("0555000321");
    walk.said.phone = "0555000322";
    await walk.move(placeOf(walk.proposal!));
    expect(host.sent("move_appointment")[1]?.to.contactPhoneNumber).toBe("0555000322");
    walk.choose("case-1");
    expect(walk.said.phone).toBe("");
  });

  it("proposes nothing for what is seen to", async () => {
    const { walk } = await walking("moved", "gone");
    expect(walk.rows.map((entry) => walk.proposalFor(entry))).toEqual([undefined, undefined]);
  });
});

it("counts what is seen to, what is left and who was not reached", () => {
  expect(countsOf(emptying("moved", "cancelled", "gone", "toDo", "moving", "noneHeld", "notReached"))).toEqual({
    total: 7,
    seenTo: 3,
    toDo: 3,
    notReached: 1,
  });
});
