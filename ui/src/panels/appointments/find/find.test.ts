import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Catalogue, CommandError, FoundTime, FoundTimes } from "../../../bindings";
import { fakeHost, refusal } from "../../../testing/fake-host";
import { foundTime as time, SERVICE, TYPE } from "../testing";
import { Finder } from "./finder.svelte";
import FindTimes from "./FindTimes.svelte";

const OTHER = "5b0d6c1e-7777-4a6e-9d10-000000000002";

const catalogue = {
  services: [
    { serviceId: SERVICE, name: "Licences", unitId: "unit-1", kind: "appointment" },
    { serviceId: OTHER, name: "Licences, harbour", unitId: "unit-2", kind: "appointment" },
  ],
  serviceTypes: [{ serviceTypeId: TYPE, name: "Renewal", serviceIds: [SERVICE, OTHER], duration: 10, colorCode: null }],
  units: [
    { unitId: "unit-1", name: "Town hall", timeZone: null },
    { unitId: "unit-2", name: "Harbour", timeZone: null },
  ],
  fields: [],
  caseFields: [],
  caseTags: [],
} as unknown as Catalogue;

const found = (times: FoundTime[], more: Partial<FoundTimes> = {}): FoundTimes => ({
  searchId: "search",
  cursor: 1,
  times,
  services: [],
  progress: {
    days: 14,
    daysAsked: 3,
    calendars: 6,
    calendarsAsked: 4,
    full: 2,
    closed: 1,
    outsideWindow: 0,
    outsideHours: 0,
  },
  missed: [],
  ended: null,
  ...more,
});
const complete = { end: "complete" } as const;

function finder(): Finder {
  const finder = new Finder();
  finder.typeId = TYPE;
  return finder;
}

/** An answer that the test gives when it likes. */
function later<T>() {
  let give!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (give = resolve));
  return { promise, give };
}

describe("finding a time", () => {
  let taken: FoundTime[];
  beforeEach(() => {
    taken = [];
  });
  const show = (of: Finder) =>
    render(FindTimes, { finder: of, catalogue, ontake: (time: FoundTime) => taken.push(time) });
  const options = () =>
    within(screen.getByRole("listbox"))
      .queryAllByRole("option")
      .map((option) => option.querySelector("strong")?.textContent);

  it("shows times in order as they come in, and keeps the choice on its time", async () => {
    const more = later<FoundTimes>();
    fakeHost({
      find_times: () => found([time("2026-11-24", 600), time("2026-11-25", 540)]),
      more_times: () => more.promise,
    });
    show(finder());
    await screen.findByText(/24 November 2026/);
    await userEvent.keyboard("{ArrowDown}");
    more.give(found([time("2026-11-24", 570), time("2026-11-23", 900)], { cursor: 2, ended: complete }));
    await waitFor(() => expect(options()).toHaveLength(4));
    expect(options().map((text) => text?.replace(/[\u2066-\u2069]/g, ""))).toEqual([
      "15:00",
      "09:30",
      "10:00",
      "09:00",
    ]);
    await userEvent.keyboard("{Enter}");
    expect(taken).toEqual([time("2026-11-25", 540)]);
  });

  it("takes the earliest time with one Enter, and walks by days, edges and arrows", async () => {
    const times = [time("2026-11-24", 600), time("2026-11-24", 610), time("2026-11-25", 540), time("2026-11-26", 480)];
    fakeHost({ find_times: () => found(times, { ended: complete }) });
    show(finder());
    await screen.findByText(/24 November 2026/);
    for (const [keys, start] of [
      ["{Enter}", 600],
      ["{PageDown}{Enter}", 540],
      ["{End}{Enter}", 480],
      ["{ArrowUp}{Enter}", 540],
      ["{PageUp}{ArrowDown}{Enter}", 610],
      ["{Home}{ArrowUp}{Enter}", 600],
    ] as const) {
      await userEvent.keyboard(keys);
      expect(taken.at(-1)?.startTime).toBe(start);
    }
  });

  it("looks anew at every change of what is wanted, and lets answers of the older search go", async () => {
    const first = later<FoundTimes>();
    const host = fakeHost({
      find_times: ({ criteria }) =>
        criteria.fromMinute === 720 ? found([time("2026-11-24", 800)], { ended: complete }) : first.promise,
    });
    show(finder());
    await userEvent.click(screen.getByRole("radio", { name: "Afternoon" }));
    await screen.findByText(/24 November 2026/);
    first.give(found([time("2026-11-24", 500)], { ended: complete }));
    await Promise.resolve();
    expect(options()).toHaveLength(1);
    const asked = host.sent("find_times").map(({ criteria }) => [criteria.fromMinute, criteria.toMinute]);
    expect(asked).toEqual([
      [0, 1440],
      [720, 1020],
    ]);
    expect(new Set(host.sent("find_times").map(({ windowId }) => windowId)).size).toBe(1);
  });

  it("searches every service that offers the type, save those left out", async () => {
    const host = fakeHost({ find_times: () => found([], { ended: complete }) });
    show(finder());
    await userEvent.click(screen.getByRole("checkbox", { name: /harbour/ }));
    const wanted = host.sent("find_times").map(({ criteria }) => criteria.wanted.map(({ serviceId }) => serviceId));
    expect(wanted).toEqual([[SERVICE, OTHER], [SERVICE]]);
  });

  it("says what was searched and what to loosen when nothing is free", async () => {
    fakeHost({ find_times: () => found([], { ended: complete }) });
    const narrow = finder();
    narrow.part = "evening";
    narrow.weekdays = [7];
    show(narrow);
    const list = await screen.findByText(/Nothing is free in the next/);
    const region = list.closest("section")!;
    expect(within(region).getByText("Take every weekday.")).toBeTruthy();
    expect(within(region).getByText("Take any part of the day.")).toBeTruthy();
    expect(within(region).queryByText("Look at the calendars of anyone.")).toBeNull();
  });

  it("names what was not answered and asks it again, keeping what was found", async () => {
    const error: CommandError = refusal("list_vacancies", "unreadable_answer");
    const host = fakeHost({
      find_times: () =>
        found([time("2026-11-24", 600)], {
          ended: complete,
          missed: [{ serviceId: SERVICE, date: "2026-11-25", cuIndex: 4, error }],
        }),
      continue_finding: () => null as never,
      more_times: () => found([time("2026-11-25", 540)], { cursor: 2, ended: complete }),
    });
    show(finder());
    await screen.findByText(/Calendar .?5/);
    await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
    await waitFor(() => expect(options()).toHaveLength(2));
    expect(screen.queryByText(/not answered/)).toBeNull();
    expect(host.sent("continue_finding")).toHaveLength(1);
  });

  it("opened for another type, looks for that", async () => {
    const other = "another-type";
    const asked: string[] = [];
    fakeHost({
      find_times: ({ criteria }) => {
        asked.push(criteria.wanted[0]?.serviceTypeId ?? "");
        return found([time("2026-11-24", 600)], { ended: complete });
      },
    });
    const both = {
      ...catalogue,
      serviceTypes: [...catalogue.serviceTypes, { ...catalogue.serviceTypes[0]!, serviceTypeId: other }],
    };
    const one = finder();
    one.open(both);
    await waitFor(() => expect(one.times).toHaveLength(1));
    one.isOpen = false;
    one.open(both);
    expect([asked, one.times.length]).toEqual([[TYPE], 1]);
    one.typeId = other;
    one.open(both);
    expect(one.times).toEqual([]);
    await waitFor(() => expect(asked).toEqual([TYPE, other]));
  });

  it("stops with Escape, and closes with the next one", async () => {
    const never = later<FoundTimes>();
    const host = fakeHost({ find_times: () => never.promise, stop_finding: () => null as never });
    const one = finder();
    one.isOpen = true;
    show(one);
    await userEvent.keyboard("{Escape}");
    expect(host.sent("stop_finding")).toHaveLength(1);
    expect(one.isOpen).toBe(true);
    await userEvent.keyboard("{Escape}");
    expect(one.isOpen).toBe(false);
  });

  it("says why a search halted, and goes on where it was", async () => {
    const error = refusal("list_calendars", "offline");
    const host = fakeHost({
      find_times: () => found([], { ended: { end: "halted", error } }),
      continue_finding: () => null as never,
      more_times: () => found([time("2026-11-24", 600)], { ended: complete }),
    });
    show(finder());
    await waitFor(() => expect(screen.getByRole("region", { name: "Free times" }).dataset.state).toBe("failed"));
    await userEvent.click(screen.getByRole("button", { name: /again/i }));
    await waitFor(() => expect(options()).toHaveLength(1));
    expect(host.sent("find_times")).toHaveLength(1);
  });
});
