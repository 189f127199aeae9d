import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ErasurePreview } from "../../bindings";
import { app } from "../../state/app.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { connected, nobody } from "../../testing/samples";
import SettingsPanel from "./SettingsPanel.svelte";

const NOTHING: ErasurePreview = { changes: [], unread: false };
const CHANGE = {
  id: "5b0d6c1e-0000-4a6e-9d10-00000000000a",
  command: "queue_up",
  request: { contactPhoneNumber: "5550100123" },
  organization: "Vale Clinic",
  askedAt: "2026-11-22T08:00:00Z",
};

let host: FakeHost;
const reload = vi.fn();

beforeEach(() => {
  host = fakeHost({
    get_catalogue: () => ({ services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] }),
    list_unsettled: () => [],
    list_moves: () => [],
    preview_erasure: () => NOTHING,
    erase_local_data: () => nobody,
    change_passphrase: () => nobody,
  });
  reload.mockReset();
  vi.stubGlobal("location", { ...window.location, reload });
  app.take(nobody);
});

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
const isOff = (name: string) => button(name).disabled || button(name).getAttribute("aria-disabled") === "true";

async function asked(preview: ErasurePreview = NOTHING) {
  host.answers.preview_erasure = () => preview;
  render(SettingsPanel);
  await press("Erase all data on this PC");
  const dialog = await screen.findByRole("dialog");
  await vi.waitFor(() => expect(dialog.querySelector('[data-state="loaded"]')).toBeTruthy());
  return dialog;
}
const type = async (label: RegExp, words: string) => {
  await userEvent.clear(screen.getByLabelText(label));
  await userEvent.type(screen.getByLabelText(label), words);
};

describe("erasing everything", () => {
  it("wants a word typed, then begins the window anew with nothing kept", async () => {
    localStorage.setItem("left", "behind");
    await asked();
    expect(isOff("Erase everything")).toBe(true);
    await type(/^Type ERASE/, "erasw");
    expect(isOff("Erase everything")).toBe(true);
    await type(/^Type ERASE/, " erase ");
    await press("Erase everything");
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
    expect(host.sent("erase_local_data")).toEqual([{ forget: [], forgetUnread: false }]);
    expect(localStorage.length).toBe(0);
  });

  it("names what is not settled and wants that agreed to as well", async () => {
    const dialog = await asked({ changes: [CHANGE], unread: true });
    expect(within(dialog).getByText("Queue up a walk-in")).toBeTruthy();
    expect(within(dialog).getByText("5550100123")).toBeTruthy();
    await type(/^Type ERASE/, "ERASE");
    expect(isOff("Erase everything")).toBe(true);
    await userEvent.click(screen.getByRole("checkbox", { name: "Forget this change" }));
    expect(isOff("Erase everything")).toBe(true);
    await userEvent.click(screen.getByRole("checkbox", { name: "Forget them unread" }));
    await press("Erase everything");
    await vi.waitFor(() => expect(reload).toHaveBeenCalled());
    expect(host.sent("erase_local_data")).toEqual([{ forget: [CHANGE.id], forgetUnread: true }]);
  });

  it("looks again when something was not agreed to, and asks anew", async () => {
    host.answers.erase_local_data = () => {
      host.answers.preview_erasure = () => ({ changes: [CHANGE], unread: false });
      throw refusal("erase_local_data", "unsettled");
    };
    const dialog = await asked();
    await type(/^Type ERASE/, "ERASE");
    await press("Erase everything");
    expect(await within(dialog).findByText("Queue up a walk-in")).toBeTruthy();
    expect(isOff("Erase everything")).toBe(true);
    expect(reload).not.toHaveBeenCalled();
  });
});

describe("changing the passphrase", () => {
  it("is offered only where one keeps the journal", () => {
    render(SettingsPanel);
    expect(screen.queryByRole("button", { name: "Change passphrase" })).toBeNull();
  });

  it("wants the present one and the next one twice, and says at its field what is wrong", async () => {
    app.take({ ...connected, journal: { ...connected.journal, kept: "passphrase" } });
    render(SettingsPanel);
    await press("Change passphrase");
    const dialog = await screen.findByRole("dialog");
    const send = () => userEvent.click(within(dialog).getByRole("button", { name: "Change passphrase" }));
    await type(/^Present passphrase/, "four words at random");
    await type(/^New passphrase/, "four other words here");
    await type(/^The new one once more/, "four other words there");
    await send();
    expect(await within(dialog).findByText("The two are not the same.")).toBeTruthy();
    expect(host.sent("change_passphrase")).toEqual([]);
    host.answers.change_passphrase = () => {
      const message = { id: "passphrase-wrong", args: {} };
      throw refusal("change_passphrase", "invalid_input", { fields: [{ field: "passphrase", message }] });
    };
    await type(/^The new one once more/, "four other words here");
    await send();
    await vi.waitFor(() =>
      expect(screen.getByLabelText(/^Present passphrase/).getAttribute("aria-invalid")).toBe("true"),
    );
    host.answers.change_passphrase = () => nobody;
    await send();
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const request = { passphrase: "four words at random", newPassphrase: "four other words here" };
    expect(host.sent("change_passphrase").at(-1)).toEqual(request);
  });
});
