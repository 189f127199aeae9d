import { beforeEach, describe, expect, it, vi } from "vitest";
import type { BookedAppointment, DayBoard, JsonValue, UnsettledState } from "../../bindings";
import { unsettled } from "../../state/unsettled.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { unsettledWrite } from "../../testing/unsettled";
import { BookingDraft, parseTime, type Place } from "./draft.svelte";
import { Cancellation } from "./cancellation.svelte";
import { board, calendar, column, dana, SERVICE, TYPE, booked } from "./testing";

const place: Place = {
  serviceId: SERVICE,
  date: "2026-11-24",
  cuIndex: 0,
  start: 560,
  serviceTypeId: TYPE,
  duration: 10,
};
const day = board([column(calendar(0), [550, 560, 570]), column(calendar(1), [560])]);
const answer = booked("new");
const never = async (): Promise<DayBoard | undefined> => {
  throw new Error("the day must not be read again here");
};

describe("a booking being written", () => {
  it("sends what was typed and nothing else", async () => {
    const host = fakeHost({ book_appointment: () => answer });
    const draft = new BookingDraft(place);
    expect(await draft.send(never)).toEqual({ booked: answer, place });
    expect(host.sent("book_appointment")).toEqual([
      {
        serviceId: SERVICE,
        date: "2026-11-24",
        cuIndex: 0,
        serviceTypeId: TYPE,
        startTime: 560,
        channel: "FaceToFace",
      },
    ]);
    draft.choose(dana, calendar(0));
    draft.email = " a@b.example ";
    draft.preventSelfCheckIn = true;
    expect(draft.request()).toMatchObject({
      customerRecordId: dana.recordId,
      contactPhoneNumber: "0501234567",
      contactEmail: "a@b.example",
      preventSelfCheckIn: true,
    });
  });

  it("a double press sends one", async () => {
    let settle: (value: BookedAppointment) => void = () => {};
    const host = fakeHost({ book_appointment: () => new Promise<BookedAppointment>((resolve) => (settle = resolve)) });
    const draft = new BookingDraft(place);
    const first = draft.send(never);
    const second = draft.send(never);
    expect(await second).toBeUndefined();
    await vi.waitFor(() => expect(host.sent("book_appointment")).toHaveLength(1));
    settle(answer);
    expect((await first)?.booked).toEqual(answer);
    expect(host.sent("book_appointment")).toHaveLength(1);
  });

  it("says what the calendar demands before it is missing", () => {
    const strict = calendar(0, { isCustomerRequired: true, isPhoneNumberRequired: true });
    const draft = new BookingDraft(place);
    expect(draft.missing(strict)).toEqual(["customer", "phone"]);
    draft.choose(dana, strict);
    expect(draft.missing(strict)).toEqual([]);
    expect(draft.ready(strict, "overbook")).toBe(true);
  });

  it("keeps a phone number that was typed before the customer was found", () => {
    const draft = new BookingDraft(place);
    draft.phone = "030 1234";
    draft.choose(dana, calendar(0));
    expect(draft.phone).toBe("030 1234");
  });

  it("offers the nearest times that the core names when its time is taken", async () => {
    const slots = [
      { cuIndex: 1, startTime: 560 },
      { cuIndex: 0, startTime: 570 },
    ];
    fakeHost({ book_appointment: () => Promise.reject(refusal("book_appointment", "slot_taken", { slots })) });
    const draft = new BookingDraft(place);
    draft.phone = "030 1234";
    let rereads = 0;
    await draft.send(async () => void rereads++ as undefined);
    expect([draft.phase, rereads]).toEqual(["taken", 1]);
    expect(draft.alternatives.map((slot) => [slot.cuIndex, slot.start, slot.duration])).toEqual([
      [1, 560, 10],
      [0, 570, 10],
    ]);
    expect(draft.phone).toBe("030 1234");
    draft.moveTo({ ...place, cuIndex: 1 });
    expect([draft.phase, draft.place?.cuIndex, draft.phone]).toEqual(["typing", 1, "030 1234"]);
  });

  it("takes a refusal by Cubu as news: the day is read again and other times are offered", async () => {
    fakeHost({ book_appointment: () => Promise.reject(refusal("book_appointment", "conflict")) });
    const draft = new BookingDraft(place);
    await draft.send(async () => board([column(calendar(0), [570])]));
    expect(draft.phase).toBe("taken");
    expect(draft.alternatives.map((slot) => slot.start)).toEqual([570]);
  });

  it("does not call a time taken that is still free: the refusal was for something else", async () => {
    fakeHost({ book_appointment: () => Promise.reject(refusal("book_appointment", "conflict")) });
    const draft = new BookingDraft(place);
    await draft.send(async () => day);
    expect([draft.phase, draft.error?.code, draft.alternatives]).toEqual(["typing", "conflict", []]);
  });

  it("keeps everything typed when the call fails", async () => {
    fakeHost({ book_appointment: () => Promise.reject(refusal("book_appointment", "offline")) });
    const draft = new BookingDraft(place);
    draft.choose(dana, calendar(0));
    draft.language = "he";
    expect(await draft.send(never)).toBeUndefined();
    expect([draft.phase, draft.error?.code, draft.customer, draft.language]).toEqual(["typing", "offline", dana, "he"]);
    expect(draft.dirty).toBe(true);
  });
});

describe("a lost answer", () => {
  const lost = () => Promise.reject(refusal("book_appointment", "outcome_unknown", { outcomeUnknown: true }));

  let host: FakeHost;
  beforeEach(() => {
    unsettled.clear();
    host = fakeHost({ book_appointment: lost });
  });

  it("is never sent again by itself", async () => {
    const draft = new BookingDraft(place);
    await draft.send(never);
    expect(draft.phase).toBe("unknown");
    await draft.send(never);
    expect(host.sent("book_appointment")).toHaveLength(1);
  });

  const found = (state: UnsettledState, answer: JsonValue = null) => {
    const [intentId] = host.intents("book_appointment");
    host.answers.list_unsettled = () => [unsettledWrite("book_appointment", state, { intentId: intentId!, answer })];
    host.answers.drop_unsettled = () => [];
  };

  it("is settled as booked when the core has found the appointment", async () => {
    const draft = new BookingDraft(place);
    await draft.send(never);
    found("happened", { caseId: "mine" });
    expect(await draft.look(async () => day)).toEqual({ booked: { caseId: "mine" }, place });
    expect(host.sent("drop_unsettled")).toHaveLength(1);
  });

  it("is settled as not booked when the core says so, and only then may be sent again, as another intent", async () => {
    const draft = new BookingDraft(place);
    await draft.send(never);
    found("didNotHappen");
    expect(await draft.look(async () => day)).toBeUndefined();
    expect(draft.phase).toBe("absent");
    await draft.send(never);
    expect(new Set(host.intents("book_appointment")).size).toBe(2);
  });

  it("stays unknown while the core has no verdict, whatever the day shows", async () => {
    const draft = new BookingDraft(place);
    await draft.send(never);
    found("settling");
    await draft.look(async () => day);
    expect(draft.phase).toBe("unknown");
    host.answers.list_unsettled = () => Promise.reject(refusal("list_unsettled", "internal"));
    await draft.look(async () => undefined);
    expect(draft.phase).toBe("unknown");
  });

  it("that was closed by hand may be sent again under its old intent, which the core knows", async () => {
    const draft = new BookingDraft(place);
    await draft.send(never);
    found("needsEyes");
    await unsettled.read();
    await unsettled.drop(draft.intent.id);
    await draft.hear();
    expect(draft.phase).toBe("typing");
    await draft.send(never);
    expect(new Set(host.intents("book_appointment")).size).toBe(1);
  });
});

describe("booking outside the free times", () => {
  it("is off, needs a time and the word, and is said to Cubu", () => {
    const draft = new BookingDraft(place);
    expect(draft.request()).not.toHaveProperty("bypassTimeslotCheck");
    draft.outside = true;
    draft.outsideTime = "9:2x";
    draft.outsideWord = "overbook";
    expect(draft.ready(calendar(0), "overbook")).toBe(false);
    draft.outsideTime = "9:25";
    draft.outsideWord = "overboo";
    expect(draft.ready(calendar(0), "overbook")).toBe(false);
    draft.outsideWord = " Overbook ";
    expect(draft.ready(calendar(0), "overbook")).toBe(true);
    expect(draft.request()).toMatchObject({ startTime: 565, bypassTimeslotCheck: true });
  });

  it.each([
    ["09:20", 560],
    ["9:05", 545],
    ["905", 545],
    ["9.05", 545],
    ["24:00", null],
    ["09:60", null],
    ["", null],
    ["nine", null],
  ])("reads %j as %j", (typed, minute) => expect(parseTime(typed)).toBe(minute));
});

describe("cancelling", () => {
  const request = { serviceId: SERVICE, date: "2026-11-24", cuIndex: 0, caseId: "one" };
  const lost = () => Promise.reject(refusal("cancel_appointment", "outcome_unknown", { outcomeUnknown: true }));

  it("tells cancelled from already cancelled", async () => {
    fakeHost({ cancel_appointment: () => ({ outcome: "alreadyCancelled" }) });
    expect(await new Cancellation(request).send()).toBe("alreadyCancelled");
  });

  it("settles a lost answer by asking the core", async () => {
    const host = fakeHost({ cancel_appointment: lost });
    const cancellation = new Cancellation(request);
    await cancellation.send();
    expect(cancellation.phase).toBe("unknown");
    await cancellation.send();
    expect(host.sent("cancel_appointment")).toHaveLength(1);
    expect(await cancellation.look(async () => undefined)).toBeUndefined();
    host.answers.list_unsettled = () => [
      unsettledWrite("cancel_appointment", "happened", { intentId: cancellation.intent.id }),
    ];
    host.answers.drop_unsettled = () => [];
    expect(await cancellation.look(async () => day)).toBe("cancelled");
  });

  it("says when it is still there", async () => {
    const host = fakeHost({ cancel_appointment: lost, drop_unsettled: () => [] });
    const cancellation = new Cancellation(request);
    await cancellation.send();
    host.answers.list_unsettled = () => [
      unsettledWrite("cancel_appointment", "didNotHappen", { intentId: cancellation.intent.id }),
    ];
    expect(await cancellation.look(async () => day)).toBe("stillThere");
    expect(cancellation.phase).toBe("stillThere");
  });
});
