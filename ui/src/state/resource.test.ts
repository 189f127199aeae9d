import { describe, expect, it, vi } from "vitest";
import { refusal } from "../testing/fake-host";
import { REST, Resource, clock } from "./resource.svelte";

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (problem: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe("a resource", () => {
  it("goes from idle over loading to loaded", async () => {
    const answer = deferred<string>();
    const resource = new Resource(() => answer.promise);
    expect(resource.state).toBe("idle");
    const loading = resource.load();
    expect(resource.state).toBe("loading");
    answer.resolve("here");
    await loading;
    expect(resource.state).toBe("loaded");
    expect(resource.value).toBe("here");
  });

  it("is failed without a value and stale with an old one", async () => {
    let fails = true;
    const resource = new Resource(async () => {
      if (fails) throw refusal("list_users", "offline");
      return "value";
    });
    await resource.load();
    expect(resource.state).toBe("failed");
    fails = false;
    await resource.reload();
    expect(resource.state).toBe("loaded");
    fails = true;
    await resource.reload();
    expect(resource.state).toBe("stale");
    expect(resource.value).toBe("value");
  });

  it("drops a late answer to an earlier question", async () => {
    const first = deferred<string>();
    const second = deferred<string>();
    const resource = new Resource((which: number) => (which === 1 ? first.promise : second.promise));
    const one = resource.load(1);
    const two = resource.load(2);
    second.resolve("second");
    await two;
    first.resolve("first");
    await one;
    expect(resource.value).toBe("second");
  });

  it("clears the old answer for another question and keeps it for the same one", async () => {
    const answers = [deferred<string>(), deferred<string>(), deferred<string>()];
    let at = 0;
    const resource = new Resource((_: string) => answers[at++]!.promise);
    answers[0]!.resolve("a");
    await resource.load("x");
    void resource.load("x");
    expect(resource.value).toBe("a");
    expect(resource.pending).toBe(true);
    void resource.load("y");
    expect(resource.value).toBeUndefined();
    expect(resource.state).toBe("loading");
  });

  it("shows what it kept at once, and on the way asks again only where somebody stays", async () => {
    vi.useFakeTimers();
    const asked: string[] = [];
    const read = async (which: string) => {
      asked.push(which);
      return `${which}${asked.length}`;
    };
    const resource = new Resource(read, { keep: 3 });
    for (const which of ["a", "b", "c"]) await resource.load(which);
    void resource.load("b", { onTheWay: true });
    expect([resource.value, resource.state, resource.pending]).toEqual(["b2", "loaded", false]);
    await vi.advanceTimersByTimeAsync(REST - 1);
    void resource.load("a", { onTheWay: true });
    expect(resource.value).toBe("a1");
    await vi.advanceTimersByTimeAsync(REST);
    expect(asked).toEqual(["a", "b", "c", "a"]);
    expect(resource.value).toBe("a4");
    vi.useRealTimers();
  });

  it("grows stale with age where a limit is set", async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const resource = new Resource(async () => "value", { staleAfter: 60_000 });
    await resource.load();
    expect(resource.state).toBe("loaded");
    vi.setSystemTime(1_061_000);
    clock.read();
    expect(resource.age).toBe(61_000);
    expect(resource.state).toBe("stale");
    vi.useRealTimers();
  });

  it("takes a value known by other means and forgets everything on clear", async () => {
    const resource = new Resource(async () => "read");
    resource.put("put");
    expect(resource.state).toBe("loaded");
    resource.clear();
    expect(resource.state).toBe("idle");
    await resource.reload();
    expect(resource.state).toBe("idle");
  });
});
