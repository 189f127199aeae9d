import { beforeEach, describe, expect, it } from "vitest";
import type { UnsettledWrite } from "../bindings";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { unsettledWrite } from "../testing/unsettled";
import { unsettled } from "./unsettled.svelte";

let host: FakeHost;
let listed: UnsettledWrite[];

describe("the unsettled changes", () => {
  beforeEach(async () => {
    unsettled.clear();
    listed = [unsettledWrite("queue_up", "needsEyes"), unsettledWrite("clock_in", "settling", { intentId: "i2" })];
    host = fakeHost({ list_unsettled: () => listed });
    await unsettled.read();
  });

  it("tell what is open, and what somebody has to look at", () => {
    expect(unsettled.open).toHaveLength(2);
    expect(unsettled.waiting.map((write) => write.intentId)).toEqual(["i1"]);
    expect(unsettled.settling).toBe(true);
  });

  it("stay as they were when they can't be read", async () => {
    host.answers.list_unsettled = () => Promise.reject(refusal("list_unsettled", "internal"));
    await unsettled.read();
    expect(unsettled.list).toHaveLength(2);
  });

  it("have no verdict while they are open or were never heard of", () => {
    expect(["i1", "i2", "i3"].map((id) => unsettled.verdictOn(id).is)).toEqual(["open", "open", "open"]);
  });

  it("carry the core's verdict, and keep it once it has been told", async () => {
    const answer = { caseId: "c" };
    listed = [unsettledWrite("queue_up", "happened", { answer })];
    host.answers.drop_unsettled = () => (listed = []);
    await unsettled.read();
    expect(unsettled.verdictOn("i1")).toEqual({ is: "happened", answer });
    await unsettled.told("i1");
    expect(unsettled.list).toEqual([]);
    expect(unsettled.verdictOn("i1")).toEqual({ is: "happened", answer });
  });

  it("are closed when they leave the list elsewhere", async () => {
    listed = [];
    await unsettled.read();
    expect(unsettled.verdictOn("i1").is).toBe("closed");
  });

  it("are closed when the core is asked about one that it does not list", async () => {
    await unsettled.ask("i3");
    expect(["i1", "i3"].map((id) => unsettled.verdictOn(id).is)).toEqual(["open", "closed"]);
  });

  it("are made again by their intent, and their answer is the verdict", async () => {
    host.answers.retry_unsettled = () => {
      listed = listed.slice(1);
      return { answer: 7 };
    };
    expect(await unsettled.retry("i1")).toBe(7);
    expect(host.sent("retry_unsettled")).toEqual([{ intentId: "i1" }]);
    expect(unsettled.verdictOn("i1")).toEqual({ is: "happened", answer: 7 });
    expect(unsettled.list).toHaveLength(1);
  });

  it("are read again when making one again failed", async () => {
    host.answers.retry_unsettled = () => Promise.reject(refusal("retry_unsettled", "offline"));
    await expect(unsettled.retry("i1")).rejects.toMatchObject({ code: "offline" });
    expect(host.sent("list_unsettled")).toHaveLength(2);
    expect(unsettled.verdictOn("i1").is).toBe("open");
  });
});
