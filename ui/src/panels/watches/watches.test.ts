import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { FreedTime, Watch } from "../../bindings";
import WatchBanner from "../../shell/WatchBanner.svelte";
import { app } from "../../state/app.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { watches } from "../../state/watches.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { connected } from "../../testing/samples";
import { appointment, SERVICE, TYPE } from "../appointments/testing";
import WatchAppointment from "./WatchAppointment.svelte";
import WatchesPanel from "./WatchesPanel.svelte";
import WatchForm from "./WatchForm.svelte";

const catalogue = {
  services: [{ serviceId: SERVICE, name: "Licences", unitId: null, kind: "appointment" }],
  serviceTypes: [{ serviceTypeId: TYPE, name: "Renewal", serviceIds: [SERVICE], duration: 10 }],
  units: [],
  fields: [],
  caseFields: [],
  caseTags: [],
} as never;
const at = { serviceId: SERVICE, date: "2026-12-02", cuIndex: 1 };
const wish: Watch["wish"] = {
  wanted: [{ serviceId: SERVICE, serviceTypeId: TYPE }],
  before: { date: "2026-12-02", minute: 640 },
};
const forDana = { caseId: "case-1", at, startTime: 640, customerRecordId: "c1", customerName: "Dana Levi" };

const freed = (startTime: number): FreedTime => ({
  ...at,
  date: "2026-11-25",
  startTime,
  serviceTypeId: TYPE,
  duration: 10,
  user: null,
  foundAt: "2026-11-24T09:20:00Z",
});
const watch = (watchId: string, more: Partial<Watch> = {}): Watch => ({
  watchId,
  askedAt: "2026-11-23T08:41:00Z",
  wish,
  appointment: forDana,
  hits: [],
  free: 0,
  end: null,
  ...more,
});

const person = userEvent.setup();
let host: FakeHost;
/** What the core has; its answers are made of this. */
let list: Watch[];

async function begin(...of: Watch[]) {
  list = of;
  host = fakeHost({
    get_catalogue: () => catalogue,
    list_watches: () => list,
    check_watches: () => ({ watches: list, trouble: null }),
    put_away_freed: ({ watchId }) => (list = list.map((one) => (one.watchId === watchId ? { ...one, hits: [] } : one))),
    end_watch: ({ watchId }) => (list = list.filter((one) => one.watchId !== watchId)),
    start_watch: ({ watchId, wish, appointment }) => {
      list = [...list, watch(watchId, { wish, appointment: appointment ?? null })];
      return { watches: list, trouble: null };
    },
  });
  watches.clear();
  app.take(connected);
  app.panel = "watches";
  await app.catalogue.load();
  await watches.read();
}

const cards = () => [...document.querySelectorAll<HTMLElement>("[data-watch]")];
const button = (name: string | RegExp) => screen.getByRole("button", { name });
/** What the window does with a key that no field took. */
const press = (key: string, ctrlKey = false) =>
  shortcuts.handle(new KeyboardEvent("keydown", { key, ctrlKey, cancelable: true }));

beforeEach(() => {
  app.takeIntent("appointments");
});

describe("the list of watches", () => {
  it("says how one is begun while there is none, and leads to the board", async () => {
    await begin();
    render(WatchesPanel);
    expect(screen.getByText("Nothing is watched for")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Look now" })).toBeNull();
    await person.click(button("Open the day board"));
    expect(app.panel).toBe("appointments");
  });

  it("tells of each for whom it is, before when and on which days, and how it stands", async () => {
    await begin(
      watch("w1", { hits: [freed(560), freed(600)], free: 2 }),
      watch("w2", { wish: { ...wish, toMinute: 720, weekdays: [1, 4] } }),
      watch("w3", { appointment: null }),
      watch("w4", { end: "moved" }),
    );
    render(WatchesPanel);
    expect(cards().map((card) => card.dataset.watch)).toEqual(["news", "watching", "watching", "moved"]);
    const [news, narrow, open, over] = cards().map((card) => within(card));
    expect(news!.getByRole("heading", { name: "Dana Levi" })).toBeTruthy();
    expect(news!.getByText("2 times freed")).toBeTruthy();
    expect(narrow!.getByText("Morning, Mon, Thu")).toBeTruthy();
    expect(open!.getByRole("heading", { name: "Renewal" })).toBeTruthy();
    expect(open!.getByText(/^before Wednesday 2 December, 10:40$/)).toBeTruthy();
    expect(over!.getByText("Over: moved")).toBeTruthy();
    expect(over!.getByRole("button", { name: "Remove" })).toBeTruthy();
    expect(over!.queryByRole("button", { name: "End this watch" })).toBeNull();
  });

  it("goes to the board with the time that freed, and with the appointment that is to move there", async () => {
    await begin(watch("w1", { hits: [freed(560)] }), watch("w2", { appointment: null, hits: [freed(600)] }));
    render(WatchesPanel);
    await person.click(button("Move to 09:20"));
    expect(app.panel).toBe("appointments");
    expect(app.takeIntent("appointments")).toEqual({ panel: "appointments", freed: freed(560), moved: forDana });
    await person.click(button("Book 10:00"));
    expect(app.takeIntent("appointments")).toEqual({ panel: "appointments", freed: freed(600) });
  });

  it("puts away what freed, and ends a watch", async () => {
    await begin(watch("w1", { hits: [freed(560)] }));
    render(WatchesPanel);
    await person.click(button("Not these"));
    await waitFor(() => expect(cards()[0]?.dataset.watch).toBe("watching"));
    expect(host.sent("put_away_freed")).toEqual([{ watchId: "w1" }]);
    await person.click(button("End this watch"));
    await screen.findByText("Nothing is watched for");
  });

  it("keeps the list and says so when a watch could not be ended", async () => {
    await begin(watch("w1"));
    host.answers.end_watch = () => {
      throw refusal("end_watch", "journal_unavailable");
    };
    render(WatchesPanel);
    await person.click(button("End this watch"));
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(cards()).toHaveLength(1);
    await person.click(button("Dismiss"));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("looks at once on F5, only while it is in front, and says what could not be read until a round succeeds", async () => {
    await begin(watch("w1"));
    host.answers.check_watches = () => ({ watches: list, trouble: refusal("check_watches", "offline") });
    render(WatchesPanel);
    app.panel = "customers";
    press("F5");
    expect(host.sent("check_watches")).toHaveLength(0);
    app.panel = "watches";
    press("F5");
    const told = await screen.findByRole("alert");
    expect(cards()).toHaveLength(1);
    host.answers.check_watches = () => ({ watches: list, trouble: null });
    await person.click(within(told).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });
});

describe("asking for a watch", () => {
  const open = async (onclose = () => undefined) => {
    await begin();
    render(WatchForm, { wish, appointment: forDana, onclose });
  };

  it("begins with the appointment's own time, and sends what was narrowed", async () => {
    let closed = 0;
    await open(() => void closed++);
    expect(screen.getByLabelText<HTMLInputElement>("Before").value).toBe("2026-12-02");
    const time = screen.getByLabelText<HTMLInputElement>("Time");
    expect(time.value).toBe("10:40");
    await person.clear(time);
    await person.type(time, "9:30");
    await person.click(screen.getByRole("radio", { name: "Morning" }));
    await person.click(button("Thu"));
    await person.click(button("Mon"));
    expect(button("Thu").getAttribute("aria-pressed")).toBe("true");
    await person.click(button("Watch"));
    await waitFor(() => expect(closed).toBe(1));
    expect(host.sent("start_watch")[0]).toMatchObject({
      appointment: forDana,
      wish: { ...wish, before: { date: "2026-12-02", minute: 570 }, fromMinute: 0, toMinute: 720, weekdays: [1, 4] },
    });
    expect(watches.of("case-1")).toBeDefined();
  });

  it("sends nothing for a time that is none, and says which field it is", async () => {
    await open();
    const time = screen.getByLabelText("Time");
    await person.clear(time);
    await person.type(time, "25:99{Enter}");
    expect(host.sent("start_watch")).toHaveLength(0);
    expect(time.getAttribute("aria-invalid")).toBe("true");
  });

  it("keeps the form when the core refuses, and asks again for the same watch", async () => {
    await open();
    const start = host.answers.start_watch!;
    host.answers.start_watch = () => {
      throw refusal("start_watch", "journal_unavailable");
    };
    await person.click(button("Tue"));
    await person.click(button("Watch"));
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(button("Tue").getAttribute("aria-pressed")).toBe("true");
    host.answers.start_watch = start;
    await person.click(button("Watch"));
    await waitFor(() => expect(watches.underWay).toHaveLength(1));
    const [first, second] = host.sent("start_watch");
    expect(second?.watchId).toBe(first?.watchId);
  });

  it("says what is wrong with the day beside its field", async () => {
    await open();
    host.answers.start_watch = () => {
      const fields = [{ field: "wish.before", message: { id: "watches-before-date", args: {} } }];
      throw refusal("start_watch", "invalid_input", { fields });
    };
    await person.click(button("Watch"));
    await waitFor(() => expect(screen.getByLabelText("Before").getAttribute("aria-invalid")).toBe("true"));
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("an appointment's details", () => {
  it("offer a watch for one that is planned, and none for one that is over", async () => {
    await begin();
    const booked = appointment(1, 640);
    const { rerender } = render(WatchAppointment, { appointment: booked, at });
    expect(button("Tell me if something earlier frees…")).toBeTruthy();
    await rerender({ appointment: { ...booked, status: "Resolved" }, at });
    expect(screen.queryByRole("button", { name: "Tell me if something earlier frees…" })).toBeNull();
  });

  it("tell of the watch that there is, and end it", async () => {
    const booked = appointment(1, 640);
    await begin(watch("w1", { appointment: { ...forDana, caseId: booked.caseId } }));
    render(WatchAppointment, { appointment: booked, at });
    expect(screen.getByText(/^Watching for an earlier time, before Wednesday 2 December/)).toBeTruthy();
    await person.click(button("End this watch"));
    expect(await screen.findByRole("button", { name: "Tell me if something earlier frees…" })).toBeTruthy();
  });
});

describe("news of a watch", () => {
  it("stands on every other panel, two at most, and Ctrl+M takes the first", async () => {
    await begin(...["w1", "w2", "w3"].map((id, place) => watch(id, { hits: [freed(560 + place)] })));
    const { container } = render(WatchBanner);
    expect(container.querySelectorAll("[data-freed]")).toHaveLength(0);
    app.panel = "customers";
    await waitFor(() => expect(container.querySelectorAll("[data-freed]")).toHaveLength(2));
    press("m", true);
    expect(app.takeIntent("appointments")).toMatchObject({ freed: freed(560), moved: forDana });
  });

  it("goes when it is put away, and stays when that failed", async () => {
    await begin(watch("w1", { hits: [freed(560), freed(600)] }));
    const putAway = host.answers.put_away_freed!;
    host.answers.put_away_freed = () => {
      throw refusal("put_away_freed", "journal_unavailable");
    };
    app.panel = "customers";
    const { container } = render(WatchBanner);
    expect(await screen.findByText(/One more time became free\./)).toBeTruthy();
    await person.click(button("Not these"));
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(container.querySelector("[data-freed]")).not.toBeNull();
    host.answers.put_away_freed = putAway;
    await person.click(button("Not these"));
    await waitFor(() => expect(container.querySelector("[data-freed]")).toBeNull());
  });

  it("is not asked for again right after a round, and not without a watch", async () => {
    await begin();
    await watches.check(true);
    expect(host.sent("check_watches")).toHaveLength(0);
    await begin(watch("w1"));
    await watches.check(true);
    await watches.check();
    expect(host.sent("check_watches")).toHaveLength(1);
  });
});
