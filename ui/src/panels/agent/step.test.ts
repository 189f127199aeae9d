import { beforeEach, describe, expect, it } from "vitest";
import type { CommandError } from "../../bindings";
import { unsettled } from "../../state/unsettled.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { unsettledWrite } from "../../testing/unsettled";
import { DANA, sampleId } from "./samples";
import { Step } from "./step.svelte";

const request = { userId: DANA, caseId: sampleId(1) };
let host: FakeHost;
beforeEach(() => (host = fakeHost()));

const failing = (code: CommandError["code"], more: Partial<CommandError> = {}) => {
  const error = refusal("call_again", code, more);
  host.answers.call_again = () => Promise.reject(error);
  return error;
};

describe("a step", () => {
  it("goes from ready through sending to done", async () => {
    host.answers.call_again = () => null;
    const step = new Step("call_again");
    expect(step.phase.at).toBe("ready");
    const running = step.run(request);
    expect(step.sending).toBe(true);
    await running;
    expect(step.phase).toMatchObject({ at: "done", request });
  });

  it("sends once however often it is pressed while it is on its way", async () => {
    let answer: (value: null) => void = () => {};
    host.answers.call_again = () => new Promise<null>((done) => (answer = done));
    const step = new Step("call_again");
    const first = step.run(request);
    const second = await step.run(request);
    expect(second.at).toBe("sending");
    answer(null);
    await first;
    expect(host.sent("call_again")).toHaveLength(1);
  });

  it.each([
    ["conflict", {}, "told"],
    ["offline", {}, "failed"],
    ["outcome_unknown", { outcomeUnknown: true }, "unknown"],
  ] as const)("calls %s with %o %s", async (code, more, place) => {
    failing(code, more);
    const step = new Step("call_again");
    expect((await step.run(request)).at).toBe(place);
  });

  it("runs what comes after whatever the outcome", async () => {
    const seen: string[] = [];
    const step = new Step("call_again", (outcome) => void seen.push(outcome.at));
    failing("conflict");
    await step.run(request);
    host.answers.call_again = () => null;
    await step.run(request);
    expect(seen).toEqual(["told", "done"]);
  });

  it("repeats only when somebody asks, with what was sent", async () => {
    failing("offline");
    const step = new Step("call_again");
    await step.run(request);
    host.answers.call_again = () => null;
    await step.again();
    expect(host.sent("call_again")).toEqual([request, request]);
    await step.again();
    expect(host.sent("call_again")).toHaveLength(2);
  });

  it("names one intent until the outcome is seen, then another", async () => {
    failing("outcome_unknown", { outcomeUnknown: true });
    const step = new Step("call_again");
    await step.run(request);
    await step.run(request);
    step.leave();
    expect(step.phase.at).toBe("ready");
    await step.run(request);
    const [first, second, third] = host.intents("call_again");
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it.each([
    ["happened", "done"],
    ["didNotHappen", "failed"],
  ] as const)("takes the core's verdict when a lost write %s", async (state, place) => {
    const seen: string[] = [];
    failing("outcome_unknown", { outcomeUnknown: true });
    const step = new Step("call_again", (outcome) => void seen.push(outcome.at));
    await step.run(request);
    await step.hear();
    expect(step.phase.at).toBe("unknown");
    host.answers.list_unsettled = () => [unsettledWrite("call_again", state, { intentId: step.intent.id })];
    host.answers.drop_unsettled = () => [];
    await unsettled.read();
    await step.hear();
    expect(seen).toEqual(["unknown", place]);
    expect(unsettled.list).toEqual([]);
  });
});
