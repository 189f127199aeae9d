import { configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AgentDesk, QueuedCase, User } from "../../bindings";
import { app } from "../../state/app.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import AgentPanel from "./AgentPanel.svelte";
import {
  DANA,
  DESK_1,
  DESK_2,
  ROBIN,
  UNIT,
  activeCase,
  agent,
  appState,
  catalogue,
  inbox,
  queued,
  sampleId,
  status,
  workstation,
} from "./samples";
import { registerAgentShortcuts } from "./shortcuts";

const users: User[] = [
  { userId: DANA, displayName: "Dana Frost", email: "dana.frost@example.org" },
  { userId: ROBIN, displayName: "Robin Vale", email: "robin@example.org" },
];

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

let host: FakeHost;
let organisation = 0;
let unregister = () => {};
const keys = (event: KeyboardEvent) => shortcuts.handle(event);

beforeEach(() => {
  host = fakeHost({
    agent_desk: () => app.agent,
    get_catalogue: catalogue,
    list_users: () => users,
    get_agent_status: () => status(),
    list_active_cases: () => [activeCase(5), activeCase(9)],
    list_inboxes: () => [inbox(1), inbox(2, { canAccess: false })],
    list_workspaces: () => [],
    list_workstations: () => [
      workstation(DESK_1),
      workstation(DESK_2, {
        status: "OccupiedOpen",
        user: { userId: ROBIN, displayName: "Robin Vale", initials: null, picture: null },
      }),
    ],
  });
  unregister = registerAgentShortcuts();
  window.addEventListener("keydown", keys);
});
afterEach(() => {
  window.removeEventListener("keydown", keys);
  unregister();
});

async function open(who: AgentDesk = agent()) {
  app.take(appState(`organisation ${++organisation}`, who));
  await waitFor(() => expect(app.catalogue.state).toBe("loaded"));
  app.panel = "agent";
  const page = render(AgentPanel);
  if (who.userId) await waitFor(() => expect(region("Inboxes").dataset.state).toBe(who.unitId ? "loaded" : "idle"));
  return page;
}
const card = (name: string) => screen.getAllByRole("region", { name })[0] as HTMLElement;
const region = (name: string) =>
  screen.getAllByRole("region", { name }).find((part) => part.dataset.state) as HTMLElement;
const press = (name: string | RegExp, within_: HTMLElement = document.body) =>
  userEvent.click(within(within_).getByRole("button", { name }));

describe("who works here", () => {
  it("is asked first, narrowed by what is typed and chosen with Enter", async () => {
    host.answers.choose_agent = ({ userId, displayName }) => agent({ userId, displayName: displayName ?? null });
    await open(agent({ userId: null, displayName: null, unitId: null }));
    await screen.findByRole("button", { name: /Dana Frost/ });
    await userEvent.type(screen.getByLabelText("Filter by name or email"), "vale{Enter}");
    await screen.findByRole("heading", { name: "Robin Vale" });
    expect(host.sent("choose_agent")).toEqual([{ userId: ROBIN, displayName: "Robin Vale" }]);
  });

  it("can be pasted when the application may not read the users", async () => {
    host.answers.list_users = () => Promise.reject(refusal("list_users", "role_missing"));
    host.answers.choose_agent = ({ userId }) => agent({ userId, displayName: null });
    await open(agent({ userId: null, displayName: null, unitId: null }));
    await waitFor(() => expect(region("Users of the organisation").dataset.state).toBe("failed"));
    await userEvent.type(screen.getByLabelText("Or paste a user id"), "not an id");
    await press("Work as this user");
    expect(screen.getByText(/This is not one of Cubu’s ids/)).toBeTruthy();
    await userEvent.clear(screen.getByLabelText("Or paste a user id"));
    await userEvent.type(screen.getByLabelText("Or paste a user id"), `${ROBIN}{Enter}`);
    await waitFor(() => expect(host.sent("choose_agent")).toEqual([{ userId: ROBIN }]));
  });
});

describe("status", () => {
  it("says that it is only what this desk knows", async () => {
    await open();
    expect(within(card("Status")).getByText("Available", { selector: ".chip" })).toBeTruthy();
    expect(within(card("Status")).getByText(/As far as this desk knows/)).toBeTruthy();
  });

  it("needs words for Other and sends the reason", async () => {
    host.answers.become_unavailable = () => null;
    await open();
    await press("Unavailable");
    await userEvent.selectOptions(screen.getByLabelText("Why are you unavailable?"), "Other");
    await press("Unavailable now");
    expect(screen.getByText("Say why in a few words.")).toBeTruthy();
    await userEvent.type(screen.getByLabelText(/^Description/), "fire drill");
    expect(screen.getByText("10 of 200 characters")).toBeTruthy();
    await press("Unavailable now");
    await waitFor(() => expect(host.sent("become_unavailable")).toHaveLength(1));
    expect(host.sent("become_unavailable")[0]).toMatchObject({
      unavailabilityReason: "Other",
      unavailabilityDescription: "fire drill",
    });
    await waitFor(() => expect(screen.queryByLabelText("Why are you unavailable?")).toBeNull());
  });

  it("offers Cubu's back-office tasks", async () => {
    host.answers.list_back_office_tasks = () => [{ backOfficeTaskId: sampleId(80), name: "Post" }];
    host.answers.become_unavailable = () => null;
    await open();
    await press("Unavailable");
    await userEvent.selectOptions(screen.getByLabelText("Why are you unavailable?"), "BackOfficeWork");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Back-office task" }), sampleId(80));
    await press("Unavailable now");
    await waitFor(() => expect(host.sent("become_unavailable")[0]).toMatchObject({ backOfficeTaskId: sampleId(80) }));
  });

  it("tells a conflict as news and reads again what the core made of it", async () => {
    host.answers.clock_in = () =>
      Promise.reject(refusal("clock_in", "conflict", { message: { id: "conflict", args: {} } }));
    await open(agent({ presence: { status: "away", reason: null, description: null, since: null } }));
    const before = host.sent("agent_desk").length;
    await press("Clock in");
    const news = await within(card("Status")).findByRole("status");
    expect(news.textContent).toContain("The present state does not allow it.");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(host.sent("agent_desk").length).toBeGreaterThan(before);
  });

  it("can't clock in without a unit, and says so", async () => {
    await open(agent({ unitId: null, presence: { status: "unknown", reason: null, description: null, since: null } }));
    await press("Clock in");
    expect(host.sent("clock_in")).toEqual([]);
    expect(screen.getByText(/Choose a unit first: clocking in/)).toBeTruthy();
  });
});

describe("where", () => {
  it("moves to another unit only when that is confirmed", async () => {
    host.answers.select_current_unit = () => null;
    await open();
    await userEvent.selectOptions(screen.getByLabelText("Current unit"), sampleId(11));
    expect(host.sent("select_current_unit")).toEqual([]);
    await press("Work here");
    await waitFor(() => expect(host.sent("select_current_unit")).toEqual([{ userId: DANA, unitId: sampleId(11) }]));
  });

  it("shows who sits where and takes a free workstation", async () => {
    host.answers.occupy_workstation = ({ workstationId }) => {
      app.agent = agent({ workstationId, workstationName: "Desk 1" });
      return null;
    };
    await open();
    expect(await screen.findByText("Taken by Robin Vale")).toBeTruthy();
    await press("Sit at Desk 1");
    await waitFor(() =>
      expect(host.sent("occupy_workstation")).toEqual([{ userId: DANA, workstationId: DESK_1, vacateOthers: true }]),
    );
  });

  it("asks before a Power Agent frees somebody else's place", async () => {
    host.answers.vacate_workstation = () => ({ outcome: "vacated" });
    await open();
    await press("Leave Desk 2");
    expect(host.sent("vacate_workstation")).toEqual([]);
    await press("Leave", screen.getByRole("dialog", { name: "Free Desk 2?" }));
    await waitFor(() => expect(host.sent("vacate_workstation")).toEqual([{ userId: DANA, workstationId: DESK_2 }]));
  });
});

describe("serving", () => {
  it("shows the newest case big, with its customer", async () => {
    await open();
    const serving = card("Serving now");
    expect(within(serving).getByRole("status", { name: "Serving ticket B9" })).toBeTruthy();
    expect(within(serving).getAllByText("Robin Vale").length).toBeGreaterThan(0);
    expect(serving.getAttribute("data-state")).toBe("loaded");
  });

  it("calls next with F8 from any panel, once for two presses", async () => {
    let answer: (value: null) => void = () => {};
    host.answers.start_next_case = () => new Promise<null>((done) => (answer = done));
    await open();
    app.panel = "appointments";
    await fireEvent.keyDown(document.body, { key: "F8" });
    await fireEvent.keyDown(document.body, { key: "F8" });
    expect(app.panel).toBe("agent");
    answer(null);
    expect(await screen.findByText("Nobody is waiting")).toBeTruthy();
    expect(host.sent("start_next_case")).toHaveLength(1);
  });

  it("offers a look at the active cases after a lost answer", async () => {
    host.answers.start_next_case = () =>
      Promise.reject(refusal("start_next_case", "outcome_unknown", { outcomeUnknown: true }));
    await open();
    await press("Call next");
    await press("Look at active cases", await screen.findByRole("alert"));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(host.sent("start_next_case")).toHaveLength(1);
  });

  it("asks before it resolves a case that is not in front", async () => {
    host.answers.resolve_case = () => ({ caseTimestamp: null });
    await open();
    await press("Resolve B5");
    const dialog = await screen.findByRole("dialog", { name: "Resolve B5?" });
    expect(host.sent("resolve_case")).toEqual([]);
    await press("Resolve B5", dialog);
    await waitFor(() => expect(host.sent("resolve_case")).toEqual([{ userId: DANA, caseId: sampleId(105) }]));
  });

  it("says why an inbox can't be called from", async () => {
    await open();
    const locked = within(region("Inboxes")).getByRole("button", { name: "Call next from Inbox 2" });
    expect(locked.getAttribute("aria-disabled")).toBe("true");
    expect(locked.getAttribute("title")).toBe("You have no access to this inbox.");
  });

  it("keeps the old counts under an amber mark when they can't be read again", async () => {
    await open();
    host.answers.list_inboxes = () => Promise.reject(refusal("list_inboxes", "offline"));
    await press("Count again");
    await waitFor(() => expect(region("Inboxes").dataset.state).toBe("stale"));
    expect(within(region("Inboxes")).getByRole("rowheader", { name: "Inbox 1" })).toBeTruthy();
  });
});

describe("a walk-in", () => {
  const fillByKeys = async () => {
    await fireEvent.keyDown(document.body, { key: "F7" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Service/)));
    await userEvent.selectOptions(screen.getByLabelText(/^Type/), sampleId(50));
    await userEvent.type(screen.getByLabelText(/^Phone/), "0501234567");
  };

  it("is queued up with the keyboard and shows its ticket, place and link", async () => {
    host.answers.queue_up = () => queued();
    await open();
    await fillByKeys();
    await fireEvent.keyDown(screen.getByLabelText(/^Phone/), { key: "Enter", ctrlKey: true });
    const ticket = await screen.findByText("Place 4 in the queue");
    expect(ticket).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Link to the customer’s ticket").value).toBe(
      "https://example.org/t/1",
    );
    expect(within(card("Taken at this desk")).getByText("B319")).toBeTruthy();
  });

  it("keeps the form after a lost answer and sends only when asked", async () => {
    host.answers.queue_up = () => Promise.reject(refusal("queue_up", "outcome_unknown", { outcomeUnknown: true }));
    await open();
    await fillByKeys();
    await press(/^Queue up/);
    expect((await screen.findByRole("alert")).textContent).toContain("It is not known whether the walk-in was taken.");
    expect(screen.getByLabelText<HTMLInputElement>(/^Phone/).value).toBe("0501234567");
    await press("Open in Cubu", screen.getByRole("alert"));
    expect(host.opened).toEqual(["https://cubu.example.org"]);
    expect(host.sent("queue_up")).toHaveLength(1);
    host.answers.retry_unsettled = () => ({ answer: queued() });
    await press("Send again");
    expect(await screen.findByText("Place 4 in the queue")).toBeTruthy();
    expect(host.sent("queue_up")).toHaveLength(1);
  });

  it("takes over the customer that another panel sends along", async () => {
    await open();
    app.ask({ panel: "agent", walkIn: { customerRecordId: sampleId(900), customerName: "Robin Vale" } });
    expect(await within(card("Walk-in")).findByText("Robin Vale")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Use the phone and email on record").checked).toBe(true);
  });

  it.each(["answered", "dropped"])("takes the next customer over once the walk-in on its way is %s", async (end) => {
    const next = { customerRecordId: sampleId(901), customerName: "Sam Oak" };
    let answer: (queued: QueuedCase) => void = () => {};
    const lost = () => Promise.reject(refusal("queue_up", "outcome_unknown", { outcomeUnknown: true }));
    host.answers.queue_up = () => (end === "dropped" ? lost() : new Promise((resolve) => (answer = resolve)));
    host.answers.drop_unsettled = () => [];
    await open();
    await fillByKeys();
    app.ask({ panel: "agent", walkIn: { customerRecordId: sampleId(900), customerName: "Robin Vale" } });
    await within(card("Walk-in")).findByText("Robin Vale");
    await press(/^Queue up/);
    if (end === "dropped") await screen.findByRole("alert");
    app.panel = "customers";
    app.ask({ panel: "agent", walkIn: next });
    await tick();
    expect(within(card("Walk-in")).getByText("Robin Vale")).toBeTruthy();
    expect(within(card("Walk-in")).queryByText("Sam Oak")).toBeNull();
    if (end === "dropped") await press("Drop it", screen.getByRole("alert"));
    else answer(queued());
    expect(await within(card("Walk-in")).findByText("Sam Oak")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(within(card("Walk-in")).getByText("Sam Oak")).toBeTruthy();
    if (end === "answered") expect(within(card("Taken at this desk")).getByText("Robin Vale")).toBeTruthy();
  });

  it("points to Settings while no walk-in service is known", async () => {
    host.answers.get_catalogue = () => ({ ...catalogue(), services: [] });
    await open();
    await press("Open Settings", card("Walk-in"));
    expect(app.panel).toBe("settings");
  });
});

it("reads the unit's lists for the unit the core knows", async () => {
  await open();
  expect(host.sent("list_inboxes")[0]).toEqual({ userId: DANA });
  expect(app.agent.unitId).toBe(UNIT);
});
