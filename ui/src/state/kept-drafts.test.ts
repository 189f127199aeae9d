import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { keptDrafts } from "./kept-drafts.svelte";

let host: FakeHost;

beforeEach(() => {
  vi.useFakeTimers();
  keptDrafts.clear();
  host = fakeHost({ keep_draft: () => null, drop_draft: () => null, list_drafts: () => [] });
});
afterEach(() => vi.useRealTimers());

const kept = () => host.sent("keep_draft").map(({ name, content }) => [name, content]);

it("writes what was typed last, once, after a moment", async () => {
  keptDrafts.keep("a", { phone: "0" });
  keptDrafts.keep("a", { phone: "05" });
  keptDrafts.keep("a", { phone: "055" });
  expect(kept()).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(kept()).toEqual([["a", { phone: "055" }]]);
  keptDrafts.keep("a", { phone: "055" });
  await vi.advanceTimersByTimeAsync(300);
  expect(kept()).toHaveLength(1);
});

it.each(["blur", "pagehide", "visibilitychange"])("does not wait when the page is left (%s)", async (name) => {
  const stop = keptDrafts.watch();
  keptDrafts.keep("a", 1);
  (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name));
  await vi.advanceTimersByTimeAsync(0);
  expect(kept()).toEqual([["a", 1]]);
  stop();
});

it("writes what is typed while it writes, in the order in which it was typed", async () => {
  let written: () => void = () => {};
  host.answers.keep_draft = () => new Promise((resolve) => (written = () => resolve(null)));
  keptDrafts.keep("a", 1);
  void keptDrafts.flush();
  keptDrafts.keep("a", 2);
  keptDrafts.keep("a", 3);
  expect(kept()).toEqual([["a", 1]]);
  written();
  await vi.advanceTimersByTimeAsync(0);
  expect(kept()).toEqual([
    ["a", 1],
    ["a", 3],
  ]);
  written();
  await vi.advanceTimersByTimeAsync(300);
  expect(kept()).toHaveLength(2);
});

it("sends all that waits as the page goes, whatever is on its way", async () => {
  const stop = keptDrafts.watch();
  const answers: (() => void)[] = [];
  host.answers.keep_draft = () => new Promise((resolve) => answers.push(() => resolve(null)));
  host.answers.list_drafts = () => [{ name: "c", content: 1, keptAt: "2026-11-24T09:12:00Z" }];
  await keptDrafts.read();
  keptDrafts.keep("a", 1);
  void keptDrafts.flush();
  keptDrafts.keep("a", 2);
  keptDrafts.keep("b", 1);
  keptDrafts.drop("c");
  window.dispatchEvent(new Event("pagehide"));
  expect(kept()).toEqual([
    ["a", 1],
    ["a", 2],
    ["b", 1],
  ]);
  expect(host.sent("drop_draft")).toEqual([{ name: "c" }]);
  host.answers.keep_draft = () => null;
  for (const answer of answers) answer();
  await keptDrafts.flush();
  stop();
});

it("writes what was sent in a hurry again where the page stays, so that the last text stands", async () => {
  const stop = keptDrafts.watch();
  const answers: (() => void)[] = [];
  host.answers.keep_draft = () => new Promise((resolve) => answers.push(() => resolve(null)));
  keptDrafts.keep("a", 1);
  void keptDrafts.flush();
  keptDrafts.keep("a", 2);
  window.dispatchEvent(new Event("pagehide"));
  keptDrafts.keep("a", 3);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(300);
  expect(kept()).toEqual([
    ["a", 1],
    ["a", 2],
  ]);
  answers[1]?.();
  await vi.advanceTimersByTimeAsync(300);
  expect(kept().slice(2)).toEqual([["a", 3]]);
  answers[2]?.();
  await vi.advanceTimersByTimeAsync(300);
  expect(kept()).toHaveLength(3);
  stop();
});

it("keeps what a locked journal refuses until it is open", async () => {
  host.answers.keep_draft = () => Promise.reject(refusal("keep_draft", "journal_locked"));
  keptDrafts.keep("a", 1);
  await keptDrafts.flush();
  host.answers.keep_draft = () => null;
  await keptDrafts.read();
  expect(kept()).toEqual([
    ["a", 1],
    ["a", 1],
  ]);
});

it("gives a form what the last run left once, and lets it go when it is sent", async () => {
  host.answers.list_drafts = () => [{ name: "a", content: { phone: "055" }, keptAt: "2026-11-24T09:12:00Z" }];
  await keptDrafts.read();
  keptDrafts.follow("a", undefined);
  expect(keptDrafts.take("a")?.content).toEqual({ phone: "055" });
  expect(keptDrafts.take("a")).toBeUndefined();
  keptDrafts.follow("a", { phone: "055" });
  await keptDrafts.flush();
  expect(kept()).toEqual([]);
  keptDrafts.follow("a", undefined);
  await keptDrafts.flush();
  expect(host.sent("drop_draft")).toEqual([{ name: "a" }]);
});

it("another organisation's forms are not kept with this one's", async () => {
  keptDrafts.keep("a", 1);
  keptDrafts.clear();
  await vi.advanceTimersByTimeAsync(300);
  expect(kept()).toEqual([]);
});
