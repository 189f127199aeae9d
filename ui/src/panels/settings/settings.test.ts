import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../../state/app.svelte";
import { fakeHost, refusal } from "../../testing/fake-host";
import { nobody, settings } from "../../testing/samples";
import SettingsPanel from "./SettingsPanel.svelte";

describe("the settings", () => {
  beforeEach(() => app.take(nobody));

  it("keep each choice at once", async () => {
    const host = fakeHost({ save_settings: (request) => request.settings });
    render(SettingsPanel);
    await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
    await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
    expect(host.sent("save_settings")[0]?.settings).toEqual({ ...settings, theme: "dark" });
    await userEvent.click(screen.getByRole("checkbox", { name: "Single-key shortcuts" }));
    await vi.waitFor(() => expect(app.settings?.singleKeyShortcuts).toBe(false));
  });

  it("keep how long a cancellation waits, and say beside it what does not fit", async () => {
    const host = fakeHost({ save_settings: (request) => request.settings });
    render(SettingsPanel);
    const seconds = screen.getByLabelText(/^Wait before a cancellation leaves/);
    await userEvent.clear(seconds);
    await userEvent.type(seconds, "5{Tab}");
    await vi.waitFor(() => expect(app.settings?.undoSeconds).toBe(5));
    host.answers.save_settings = () => {
      const message = { id: "field-out-of-range", args: { least: 0, most: 30 } };
      throw refusal("save_settings", "invalid_input", { fields: [{ field: "settings.undoSeconds", message }] });
    };
    await userEvent.clear(seconds);
    await userEvent.type(seconds, "90{Tab}");
    await vi.waitFor(() => expect(seconds.getAttribute("aria-invalid")).toBe("true"));
    expect(app.settings?.undoSeconds).toBe(5);
  });

  it("say so when a choice could not be kept", async () => {
    fakeHost({
      save_settings: () => {
        throw refusal("save_settings", "internal");
      },
    });
    render(SettingsPanel);
    await userEvent.click(screen.getByRole("radio", { name: "Compact" }));
    expect(await screen.findByRole("alert")).toBeTruthy();
  });
});
