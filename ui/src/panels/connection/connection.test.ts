import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ConnectionReport } from "../../bindings";
import { app } from "../../state/app.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { cancelCard, connected, nobody, practising, profile, summary } from "../../testing/samples";
import { checkField } from "./checks";
import { desk } from "./connection-desk.svelte";
import ConnectionPanel from "./ConnectionPanel.svelte";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };
const words = (id: string) => ({ id, args: {} });
const report: ConnectionReport = {
  token: { ok: true, message: words("connection-save"), hint: null },
  roles: [
    { role: "appointmentsManager", outcome: "allowed", note: words("calls-call") },
    { role: "organizationReader", outcome: "refused", note: words("calls-call") },
  ],
  clockSkewSeconds: 0,
  checkedAt: "2026-11-22T09:00:00Z",
};

let host: FakeHost;
const button = (name: string) => screen.getByRole("button", { name });
const box = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name);

beforeEach(() => {
  host = fakeHost({
    app_state: () => connected,
    get_catalogue: () => catalogue,
    list_endpoints: () => [cancelCard],
    get_profile: () => profile,
    save_profile: () => summary,
    set_client_secret: () => ({ kept: "keychain" }),
    activate_profile: () => connected.connection,
    test_connection: () => report,
  });
  app.take(nobody);
  app.panel = "connection";
  desk.leave();
  desk.reports.clear();
});

describe("the start screen", () => {
  it("starts practice mode with one press and opens the appointments", async () => {
    host.answers.start_practice = () => practising;
    render(ConnectionPanel);
    await userEvent.click(button("Start practising"));
    await vi.waitFor(() => expect(app.panel).toBe("appointments"));
    expect(app.connection.practice).toBe(true);
  });

  it("says why practice mode could not start and stays", async () => {
    host.answers.start_practice = () => {
      throw refusal("start_practice", "internal");
    };
    render(ConnectionPanel);
    await userEvent.click(button("Start practising"));
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(app.panel).toBe("connection");
  });
});

describe("the form", () => {
  const fill = async () => {
    await userEvent.click(button("Connect an organisation"));
    await userEvent.type(box(/^Name/), "Vale Clinic");
    await userEvent.type(box(/^Tenant id/), profile.tenantId);
    await userEvent.type(box(/^Application id/), profile.applicationId);
    await userEvent.type(box(/^Client id/), profile.clientId);
    await userEvent.type(box(/^Client secret/), "s3cret");
  };

  it("says beside each field what is wrong before anything is sent", async () => {
    render(ConnectionPanel);
    await userEvent.click(button("Connect an organisation"));
    await userEvent.type(box(/^Tenant id/), "nonsense");
    await userEvent.click(button("Save and test connection"));
    expect(screen.getByText("Give the organisation a name.")).toBeTruthy();
    expect(box(/^Tenant id/).getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Enter the client secret.")).toBeTruthy();
    expect(host.sent("save_profile")).toHaveLength(0);
  });

  it("saves, hands over the secret once, and shows role by role what is allowed", async () => {
    render(ConnectionPanel);
    await fill();
    await userEvent.click(button("Save and test connection"));
    const roles = await screen.findByRole("table", { name: "Roles" });
    expect(within(roles).getByText("Lacks it")).toBeTruthy();
    expect(screen.getByText("Ask your administrator")).toBeTruthy();
    expect(host.sent("set_client_secret")).toEqual([{ profileId: "p1", clientSecret: "s3cret" }]);
    expect(desk.editor("p1")?.secret).toBe("");
  });

  it("keeps what was typed, secret and all, when saving fails, and shows the core's words beside the field", async () => {
    host.answers.save_profile = () => {
      throw refusal("save_profile", "invalid_input", {
        fields: [{ field: "tenantId", message: words("connection-check-id") }],
      });
    };
    render(ConnectionPanel);
    await fill();
    await userEvent.click(button("Save and test connection"));
    expect(await screen.findByText(/This is not an id/)).toBeTruthy();
    expect(box(/^Name/).value).toBe("Vale Clinic");
    expect(box(/^Client secret/).value).toBe("s3cret");
  });

  it("corrects an assumed address, and sends none that is as assumed", async () => {
    await app.endpoints.load();
    render(ConnectionPanel);
    await userEvent.click(button("Connect an organisation"));
    const path = box(/^Path of Cancel Appointment/);
    await userEvent.clear(path);
    await userEvent.type(path, "/x");
    const editor = desk.editor("");
    expect(editor?.draft.addresses).toEqual([{ endpoint: "CancelAppointment", method: "DELETE", path: "/x" }]);
    await userEvent.click(button("Use the assumed address"));
    expect(editor?.draft.addresses).toEqual([]);
  });
});

describe("an organisation", () => {
  beforeEach(() => app.take(connected));

  it("exports its profile through the host", async () => {
    host.answers.export_profile = () => ({ fileName: "vale.json", json: "{}" });
    render(ConnectionPanel);
    await userEvent.click(await screen.findByRole("button", { name: "Export" }));
    await vi.waitFor(() => expect(host.saved).toEqual([{ name: "vale.json", text: "{}" }]));
  });

  it("is deleted only after a question", async () => {
    host.answers.delete_profile = () => nobody;
    render(ConnectionPanel);
    await userEvent.click(await screen.findByRole("button", { name: "Delete organisation" }));
    expect(host.sent("delete_profile")).toHaveLength(0);
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Delete organisation" }));
    await vi.waitFor(() => expect(app.snapshot?.profiles).toEqual([]));
  });

  it("adds pasted services and leaves the refused ones to be corrected", async () => {
    const service = {
      serviceId: "s1",
      name: "Passports",
      unitId: null,
      categoryName: null,
      kind: "appointment" as const,
      timeZone: null,
      isCustomerRequired: true,
      isPhoneNumberRequired: null,
      isEmailRequired: null,
    };
    host.answers.learn_services = () => ({
      added: [service],
      refused: [{ input: "bad-id", reason: words("connection-check-id") }],
    });
    host.answers.get_catalogue = () => ({ ...catalogue, services: [service] });
    render(ConnectionPanel);
    await userEvent.click(await screen.findByRole("tab", { name: "Catalogue" }));
    await userEvent.type(box(/^Service ids/), "s1, bad-id");
    await userEvent.click(button("Check and add"));
    expect(await screen.findByText("Added Passports.")).toBeTruthy();
    expect(box(/^Service ids/).value).toBe("bad-id");
    await userEvent.click(button("Add by hand"));
    expect(box(/^Service id\*$/).value).toBe("bad-id");
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Counter");
    host.answers.put_service = () => ({ ...catalogue, services: [service] });
    await userEvent.click(button("Save"));
    await vi.waitFor(() => expect(screen.queryByRole("button", { name: "Add by hand" })).toBeNull());
    expect(host.sent("put_service")).toMatchObject([{ serviceId: "bad-id", name: "Counter", kind: "walkIn" }]);
    expect(await screen.findByRole("table", { name: /Services/ })).toBeTruthy();
  });

  it("lists the calls with their evidence", async () => {
    await app.endpoints.load();
    render(ConnectionPanel);
    await userEvent.click(await screen.findByRole("tab", { name: "Calls" }));
    const calls = await screen.findByRole("table", { name: "Calls" });
    expect(within(calls).getByText("Assumed")).toBeTruthy();
  });
});

describe("practice mode", () => {
  it("shows what a connection is like, without a form to fill in", async () => {
    app.take({ ...practising, profiles: [{ ...summary, id: "practice", name: "Practice", practice: true }] });
    render(ConnectionPanel);
    expect(await screen.findByRole("tab", { name: "Access" })).toBeTruthy();
    expect(screen.queryByRole("tab", { name: "Details" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Delete organisation" })).toBeNull();
    app.take(nobody);
    expect(await screen.findByText("Welcome to the front desk")).toBeTruthy();
  });
});

describe("importing", () => {
  it("takes pasted text and opens the organisation to enter its secret", async () => {
    host.answers.import_profile = () => summary;
    render(ConnectionPanel);
    await userEvent.click(button("Import profile"));
    await userEvent.click(button("Import profile"));
    expect(screen.getByText("Choose a file or paste its text.")).toBeTruthy();
    await userEvent.click(box(/^Or paste/));
    await userEvent.paste('{"format":"x"}');
    await userEvent.click(button("Import profile"));
    await vi.waitFor(() => expect(desk.selected).toBe("p1"));
    expect(host.sent("import_profile")).toEqual([{ json: '{"format":"x"}' }]);
  });
});

describe("the check of one field", () => {
  it.each([
    ["tenantId", "5b0d6c1e-1111-4a6e-9d10-00000000c001", undefined],
    ["tenantId", "example.onmicrosoft.com", undefined],
    ["applicationId", "example.onmicrosoft.com", "connection-check-id"],
    ["clientId", " ", "connection-check-id-missing"],
    ["baseUrl", "https://s2s.api.app.cubu.com", undefined],
    ["baseUrl", "http://s2s.api.app.cubu.com", "connection-check-address-https"],
    ["baseUrl", "http://127.0.0.1:4010", undefined],
    ["authority", "login", "connection-check-address"],
    ["authority", "", "connection-check-address-missing"],
    ["cubuWebUrl", "", undefined],
    ["cubuWebUrl", "ftp://x", "connection-check-address-https"],
    ["clientSecret", "", "connection-check-secret"],
  ] as const)("%s %j: %s", (field, typed, problem) => expect(checkField(field, typed)).toBe(problem));
});
