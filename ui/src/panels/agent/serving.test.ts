import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Case } from "../../bindings";
import { app } from "../../state/app.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { connected } from "../../testing/samples";
import { DANA, DESK_1, activeCase, agent, inbox, sampleId } from "./samples";
import { Serving, span } from "./serving.svelte";

let host: FakeHost;
let serving: Serving;

beforeEach(() => {
  app.agent = agent();
  host = fakeHost({
    agent_desk: () => app.agent,
    list_active_cases: () => [],
    list_inboxes: () => [inbox(2), inbox(1)],
  });
  serving = new Serving();
});

const called = (number: number) => ({
  caseId: sampleId(100 + number),
  status: "Active",
  statusDate: "2026-11-22T09:50:00Z",
  queueTimestamp: null,
  ticket: { prefix: "B", suffix: null, number: String(number) },
  onlineMeeting: null,
});

describe("calling next", () => {
  it("sends only what was chosen", async () => {
    host.answers.start_next_case = () => null;
    await serving.callNext();
    app.agent = agent({ workstationId: DESK_1 });
    serving.silent = true;
    serving.applyBehavior = true;
    await serving.callNext(sampleId(71));
    expect(host.sent("start_next_case")).toEqual([
      { userId: DANA },
      { userId: DANA, workstationId: DESK_1, inboxId: sampleId(71), applyWorkspaceBehavior: true, silent: true },
    ]);
  });

  it("knows that nobody waits from an empty answer", async () => {
    host.answers.start_next_case = () => null;
    await serving.callNext();
    expect(serving.nobodyWaiting).toBe(true);
    expect(serving.front).toBeUndefined();
  });

  it("puts the called case in front, even before Cubu lists it", async () => {
    host.answers.start_next_case = () => called(8);
    host.answers.list_active_cases = () => Promise.reject(refusal("list_active_cases", "offline"));
    await serving.callNext();
    expect(serving.front).toMatchObject({ caseId: sampleId(108), details: null });
    host.answers.list_active_cases = () => [activeCase(8), activeCase(55)];
    await serving.look();
    expect(serving.front?.details?.customer?.displayName).toBe("Robin Vale");
    expect(serving.others.map((entry) => entry.caseId)).toEqual([sampleId(155)]);
  });

  it("lets Cubu's list have the last word about a case that somebody else resolved", async () => {
    host.answers.start_next_case = () => called(8);
    await serving.callNext();
    expect(serving.front).toBeUndefined();
  });

  it("keeps the called case in front when a newer look supersedes the one after the call", async () => {
    await serving.look();
    const answers: ((cases: Case[]) => void)[] = [];
    host.answers.start_next_case = () => called(8);
    host.answers.list_active_cases = () => new Promise((resolve) => answers.push(resolve));
    const calling = serving.callNext();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const looking = serving.look();
    answers[0]!([activeCase(8)]);
    await calling;
    expect(serving.front?.caseId).toBe(sampleId(108));
    answers[1]!([activeCase(8), activeCase(5)]);
    await looking;
    expect(serving.front?.details).not.toBeNull();
  });

  it("does not send again by itself after a lost answer, and looks when asked to", async () => {
    host.answers.start_next_case = () =>
      Promise.reject(refusal("start_next_case", "outcome_unknown", { outcomeUnknown: true }));
    await serving.callNext();
    expect(serving.next.phase.at).toBe("unknown");
    host.answers.list_active_cases = () => [activeCase(9)];
    await serving.lookAfterUnknown();
    expect(host.sent("start_next_case")).toHaveLength(1);
    expect(serving.next.phase.at).toBe("ready");
    expect(serving.front?.caseId).toBe(sampleId(109));
  });

  it("stays unknown while the active cases can't be read either", async () => {
    host.answers.start_next_case = () =>
      Promise.reject(refusal("start_next_case", "outcome_unknown", { outcomeUnknown: true }));
    host.answers.list_active_cases = () => Promise.reject(refusal("list_active_cases", "offline"));
    await serving.callNext();
    await serving.lookAfterUnknown();
    expect(serving.next.phase.at).toBe("unknown");
  });
});

describe("resolving", () => {
  beforeEach(async () => {
    host.answers.list_active_cases = () => [activeCase(5), activeCase(9)];
    host.answers.resolve_case = () => ({ caseTimestamp: null });
    await serving.look();
  });

  it("resolves the case in front at once", async () => {
    host.answers.list_active_cases = () => [activeCase(5)];
    await serving.finish();
    expect(host.sent("resolve_case")).toEqual([{ userId: DANA, caseId: sampleId(109) }]);
    expect(serving.front?.caseId).toBe(sampleId(105));
    expect(serving.resolved).toEqual([sampleId(109)]);
  });

  it("asks about any other case first", async () => {
    await serving.finish(sampleId(105));
    expect(serving.doubt).toEqual({ caseId: sampleId(105), name: "B5" });
    expect(host.sent("resolve_case")).toEqual([]);
    expect(await serving.finishDoubted()).toBe(true);
    expect(serving.doubt).toBeUndefined();
    expect(host.sent("resolve_case")).toEqual([{ userId: DANA, caseId: sampleId(105) }]);
  });

  it("keeps the question open when Cubu refuses, and reads the cases again", async () => {
    host.answers.resolve_case = () => Promise.reject(refusal("resolve_case", "conflict"));
    await serving.finish(sampleId(105));
    const reads = host.sent("list_active_cases").length;
    expect(await serving.finishDoubted()).toBe(false);
    expect(serving.doubt?.caseId).toBe(sampleId(105));
    expect(serving.resolve.phase.at).toBe("told");
    expect(host.sent("list_active_cases").length).toBeGreaterThan(reads);
  });

  it("lets the clerk bring another case to the front", async () => {
    serving.bringForward(sampleId(105));
    await serving.finish();
    expect(host.sent("resolve_case")).toEqual([{ userId: DANA, caseId: sampleId(105) }]);
  });
});

describe("a resolving that waits", () => {
  let refuse: (refused: unknown) => void;

  beforeEach(async () => {
    app.snapshot = { ...connected, settings: { ...connected.settings, undoSeconds: 8 } };
    host.answers.list_active_cases = () => [activeCase(5), activeCase(9)];
    host.answers.resolve_case = () => new Promise((_, reject) => (refuse = reject));
    host.answers.list_held = () => [];
    await serving.look();
  });

  afterEach(() => {
    app.snapshot = undefined;
  });

  it("is not in the way of another, and leaves nothing behind when it is taken back", async () => {
    await serving.finish();
    await serving.finish(sampleId(105));
    expect(await serving.finishDoubted()).toBe(true);
    await vi.waitFor(() => expect(host.sent("resolve_case")).toHaveLength(2));
    refuse(refusal("resolve_case", "taken_back"));
    await vi.waitFor(() => expect(host.sent("list_active_cases").length).toBeGreaterThan(1));
    expect(serving.resolve.phase.at).toBe("ready");
    expect(serving.resolved).toEqual([]);
  });

  it("is told beside the case when Cubu refuses it in the end", async () => {
    await serving.finish();
    refuse(refusal("resolve_case", "conflict"));
    await vi.waitFor(() => expect(serving.resolve.phase.at).toBe("told"));
  });
});

describe("the counts", () => {
  it("stand in the order of the workspace and add up", async () => {
    await serving.look();
    expect(serving.inboxes.value?.map((entry) => entry.position)).toEqual([1, 2]);
    expect(serving.waiting).toBe(3);
  });

  it("are forgotten without a unit", async () => {
    await serving.look();
    app.agent = agent({ unitId: null });
    await serving.look();
    expect(serving.inboxes.state).toBe("idle");
  });
});

describe("a span of time", () => {
  it("is never negative and not known when one end is missing or unreadable", () => {
    expect(span("2026-11-22T09:00:00Z", "2026-11-22T09:14:30Z")).toBe(870_000);
    expect(span("2026-11-22T09:14:00Z", "2026-11-22T09:00:00Z")).toBe(0);
    expect(span(null, "2026-11-22T09:00:00Z")).toBeUndefined();
    expect(span("some day", 0)).toBeUndefined();
  });
});
