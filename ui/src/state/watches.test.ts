import { beforeEach, expect, it } from "vitest";
import type { FreedTime, Watch } from "../bindings";
import { fakeHost, type FakeHost } from "../testing/fake-host";
import { watches } from "./watches.svelte";

const freed = (startTime: number): FreedTime => ({
  serviceTypeId: "lost",
  startTime,
  duration: 10,
  user: { userId: "dana", displayName: "Dana Levi", initials: null, picture: null },
  foundAt: "2026-11-23T08:00:00Z",
  serviceId: "licences",
  date: "2026-11-24",
  cuIndex: 0,
});
const watch = (...hits: FreedTime[]): Watch => ({
  watchId: "watch",
  askedAt: "2026-11-23T07:00:00Z",
  wish: { wanted: [], before: { date: "2026-12-01", minute: 600 } },
  appointment: null,
  hits,
  free: 0,
  end: null,
});

let host: FakeHost;
let found: Watch[];

beforeEach(() => {
  host = fakeHost({ list_watches: () => found, check_watches: () => ({ watches: found, trouble: null }) });
  found = [watch()];
  watches.clear();
});

it("calls for attention once for each time that became free, and names nobody", async () => {
  await watches.read();
  expect(host.notices).toEqual([]);
  found = [watch(freed(540))];
  await watches.check(true);
  await watches.check(true);
  expect(host.notices).toEqual([
    { title: "An earlier time is free", body: "Front Desk shows which, and Ctrl+M goes there." },
  ]);
  found = [watch(freed(540), freed(600))];
  await watches.check(true);
  expect(host.notices).toHaveLength(2);
});
