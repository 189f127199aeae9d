import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../host";
import { fakeHost, refusal } from "../testing/fake-host";
import { cancelCard, connected, nobody, practising, settings } from "../testing/samples";
import { app } from "./app.svelte";
import { shortcuts } from "./shortcuts.svelte";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };

describe("the app", () => {
  beforeEach(() => {
    app.take(nobody);
    app.panel = "connection";
  });

  it("starts at the connection without an organisation, and at the appointments with one", async () => {
    const host = fakeHost({
      app_state: () => nobody,
      list_endpoints: () => [cancelCard],
      get_catalogue: () => catalogue,
    });
    await app.start();
    expect(app.panel).toBe("connection");
    host.answers.app_state = () => connected;
    await app.start();
    expect(app.panel).toBe("appointments");
    expect(host.sent("get_catalogue")).toHaveLength(1);
  });

  it("stays where somebody went before the core had answered", async () => {
    let answer: (snapshot: typeof connected) => void = () => undefined;
    fakeHost({
      app_state: () => new Promise((resolve) => (answer = resolve)),
      list_endpoints: () => [],
      get_catalogue: () => catalogue,
    });
    const started = app.start();
    app.go("settings");
    answer(connected);
    await started;
    expect(app.panel).toBe("settings");
  });

  it("keeps the failure when the core does not answer at start", async () => {
    fakeHost({
      app_state: () => {
        throw refusal("app_state", "internal");
      },
      list_endpoints: () => [],
    });
    await app.start();
    expect(app.startError?.code).toBe("internal");
    app.startError = undefined;
  });

  it("reads the list of unsettled changes at start and after every change that failed", async () => {
    const host = fakeHost({
      list_unsettled: () => [],
      queue_up: () => {
        throw refusal("queue_up", "outcome_unknown", { outcomeUnknown: true });
      },
      get_catalogue: () => catalogue,
    });
    app.take(connected);
    const before = host.sent("list_unsettled").length;
    expect(before).toBe(1);
    await call("queue_up", { serviceId: "s", serviceTypeId: "t" }).catch(() => undefined);
    expect(host.sent("list_unsettled").length).toBeGreaterThan(before);
  });

  it("leads to the connection while there is none", () => {
    app.go("agent");
    expect(app.panel).toBe("connection");
    app.go("settings");
    expect(app.panel).toBe("settings");
  });

  it("hands an intent to the panel it is for, once", () => {
    fakeHost({ get_catalogue: () => catalogue });
    app.take(connected);
    app.ask({ panel: "customers", customerRecordId: "c1" });
    expect(app.panel).toBe("customers");
    expect(app.takeIntent("appointments")).toBeUndefined();
    expect(app.takeIntent("customers")).toEqual({ panel: "customers", customerRecordId: "c1" });
    expect(app.takeIntent("customers")).toBeUndefined();
  });

  it("forgets the other organisation's traces when it changes", () => {
    fakeHost({ get_catalogue: () => catalogue });
    app.take(connected);
    app.lastAnswerAt = 5;
    app.ask({ panel: "customers", customerRecordId: "c1" });
    app.take(practising);
    expect(app.lastAnswerAt).toBeUndefined();
    expect(app.takeIntent("customers")).toBeUndefined();
  });

  it("takes what this PC has kept for no answer of Cubu's", async () => {
    fakeHost({
      app_state: () => connected,
      list_endpoints: () => [{ ...cancelCard, command: "list_users" }],
      get_catalogue: () => catalogue,
      list_kept_days: () => [],
      list_users: () => [],
    });
    await app.start();
    await vi.waitFor(() => expect(app.endpoints.value).toHaveLength(1));
    app.lastAnswerAt = undefined;
    await call("list_kept_days", {});
    expect(app.lastAnswerAt).toBeUndefined();
    await call("list_users", {});
    expect(app.lastAnswerAt).toBeDefined();
  });

  it("puts the settings on the page", () => {
    app.applySettings({ ...settings, theme: "dark", density: "compact", direction: "rtl", singleKeyShortcuts: false });
    const root = document.documentElement;
    expect(root.dataset).toMatchObject({ theme: "dark", density: "compact" });
    expect(root.dir).toBe("rtl");
    expect(shortcuts.singleKeys).toBe(false);
    app.applySettings(settings);
    expect(root.dataset.theme).toBe("light");
    expect(root.dir).toBe("ltr");
  });

  it("saves settings through the core and shows what it kept", async () => {
    const host = fakeHost({ save_settings: ({ settings: asked }) => ({ ...asked, density: "compact" }) });
    await app.saveSettings({ ...settings, theme: "dark" });
    expect(host.sent("save_settings")[0]?.settings.theme).toBe("dark");
    expect(app.settings?.density).toBe("compact");
    app.applySettings(settings);
  });
});
