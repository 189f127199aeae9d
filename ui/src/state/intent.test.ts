import { beforeEach, describe, expect, it } from "vitest";
import type { ErrorCode } from "../bindings";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { IntentDraft } from "./intent";

const wish = { serviceId: "s", serviceTypeId: "t" };
const answer = { caseId: "c" } as never;
let host: FakeHost;
let draft: IntentDraft;
const refuse = (code: ErrorCode, outcomeUnknown = false) => {
  host.answers.queue_up = () => Promise.reject(refusal("queue_up", code, { outcomeUnknown }));
};
const send = (request = wish) => draft.send("queue_up", request).catch(() => undefined);

describe("the intent of a draft", () => {
  beforeEach(() => {
    host = fakeHost({ queue_up: () => answer });
    draft = new IntentDraft();
  });

  it("goes along with the request, and two sendings on their way share it", async () => {
    await Promise.all([send(), send()]);
    const [first, second] = host.intents("queue_up");
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
  });

  it("is another one after a success", async () => {
    await send();
    await send();
    expect(new Set(host.intents("queue_up")).size).toBe(2);
  });

  it.each([
    ["conflict", "another"],
    ["did_not_happen", "another"],
    ["slot_taken", "another"],
    ["unsettled", "the same"],
    ["internal", "the same"],
    ["journal_unavailable", "the same"],
  ] as const)("after %s is %s", async (code, which) => {
    refuse(code);
    await send();
    await send();
    expect(new Set(host.intents("queue_up")).size).toBe(which === "another" ? 2 : 1);
  });

  it("stays while nobody knows whether it was done, so that sending again does it once", async () => {
    refuse("outcome_unknown", true);
    await send();
    host.answers.queue_up = () => answer;
    await send();
    expect(new Set(host.intents("queue_up")).size).toBe(1);
  });

  it("is another one when something else is asked for", async () => {
    refuse("outcome_unknown", true);
    await send();
    await send({ ...wish, serviceTypeId: "other" });
    expect(new Set(host.intents("queue_up")).size).toBe(2);
  });
});
