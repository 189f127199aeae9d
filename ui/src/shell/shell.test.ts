import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../state/app.svelte";
import { toasts } from "../state/toasts.svelte";
import { fakeHost } from "../testing/fake-host";
import { connected, nobody, practising } from "../testing/samples";
import Banners from "./Banners.svelte";
import { grouped } from "./grouped";
import Rail from "./Rail.svelte";
import StatusBar from "./StatusBar.svelte";
import Toasts from "./Toasts.svelte";

const catalogue = { services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] };
const onshortcuts = vi.fn();

beforeEach(() => {
  fakeHost({ get_catalogue: () => catalogue, stop_practice: () => nobody });
  app.take(nobody);
});

describe("the rail", () => {
  it("offers only connection and settings until an organisation is connected", async () => {
    render(Rail, { onshortcuts });
    expect(screen.queryByRole("button", { name: /Appointments/ })).toBeNull();
    app.take(connected);
    await userEvent.click(await screen.findByRole("button", { name: /Customers/ }));
    expect(app.panel).toBe("customers");
    expect(screen.getByRole("button", { name: /Customers/ }).getAttribute("aria-current")).toBe("page");
  });
});

describe("the banners", () => {
  it("say that practice mode is not real, and end it", async () => {
    app.take(practising);
    render(Banners);
    expect(screen.getByText("Practice mode.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Stop practising" }));
    await vi.waitFor(() => expect(screen.queryByText("Practice mode.")).toBeNull());
  });

  it("warn of a clock that is ten minutes off, and not of a few seconds", async () => {
    app.take({ ...connected, connection: { ...connected.connection, clockSkewSeconds: 10 } });
    render(Banners);
    expect(screen.queryByText(/clock is off/)).toBeNull();
    app.take({ ...connected, connection: { ...connected.connection, clockSkewSeconds: -600 } });
    expect(await screen.findByText(/10 minutes behind/)).toBeTruthy();
    app.take({ ...connected, connection: { ...connected.connection, clockSkewSeconds: 600 } });
    expect(await screen.findByText(/10 minutes ahead/)).toBeTruthy();
  });

  it("say where the secret is when no keychain answers", () => {
    app.take({ ...connected, keychain: { available: false, store: "", message: null } });
    render(Banners);
    expect(screen.getByText(/kept until the program closes/)).toBeTruthy();
  });
});

describe("the status bar", () => {
  it("names organisation, agent and status", () => {
    app.take({
      ...connected,
      agent: {
        ...connected.agent,
        userId: "u",
        displayName: "Dana Frost",
        presence: { ...connected.agent.presence, status: "available" },
      },
    });
    render(StatusBar, { onshortcuts });
    const bar = screen.getByRole("contentinfo");
    for (const words of ["Vale Clinic", "Dana Frost", "Available"]) expect(bar.textContent).toContain(words);
  });
});

describe("toasts", () => {
  it("are said once and can be dismissed", async () => {
    render(Toasts);
    toasts.show("Booked");
    expect(await screen.findByText("Booked")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText("Booked")).toBeNull();
  });
});

describe("the shortcut list", () => {
  it("puts the chords of one act side by side", () => {
    const entry = { label: "list", group: "everywhere", run: () => undefined };
    expect(
      grouped([
        { ...entry, chord: "F1" },
        { ...entry, chord: "?" },
        { ...entry, chord: "F1" },
      ]),
    ).toEqual([{ name: "everywhere", entries: [{ label: "list", chords: ["F1", "?"] }] }]);
  });
});
