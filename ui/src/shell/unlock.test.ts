import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AppState, JournalState } from "../bindings";
import { app } from "../state/app.svelte";
import { journal } from "../state/journal.svelte";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { connected, practising } from "../testing/samples";
import Banners from "./Banners.svelte";
import UnlockDialog from "./UnlockDialog.svelte";

const PASSPHRASE = "four words at random";
let host: FakeHost;

const kept = (state: Partial<JournalState>, from = connected): AppState => ({
  ...from,
  journal: {
    kept: "locked",
    passphraseLeft: false,
    keychainLeft: false,
    keychainAnswers: false,
    message: null,
    ...state,
  },
});

beforeEach(() => {
  host = fakeHost({
    get_catalogue: () => ({ services: [], serviceTypes: [], units: [], fields: [], caseFields: [], caseTags: [] }),
    list_unsettled: () => [],
    unlock_journal: () => kept({ kept: "passphrase" }),
    go_on_without_passphrase: () => kept({ kept: "memory", message: { id: "journal-in-memory", args: {} } }),
    set_aside_journal: () => kept({}),
  });
  journal.asked = false;
  app.take(connected);
  journal.askOnce();
});

async function asked(state: Partial<JournalState>) {
  app.take(kept(state));
  render(Banners);
  render(UnlockDialog);
  return await screen.findByRole("dialog");
}
const type = async (label: RegExp, words: string) => userEvent.type(screen.getByLabelText(label), words);
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("the question how changes are kept", () => {
  it("is asked once by itself, begins with the same passphrase twice, and ends with it", async () => {
    const dialog = await asked({});
    await type(/^Passphrase/, PASSPHRASE);
    await type(/once more/, "four words at randon");
    await press("Keep changes with this passphrase");
    expect(await within(dialog).findByText("The two are not the same.")).toBeTruthy();
    expect(host.sent("unlock_journal")).toEqual([]);
    await userEvent.clear(screen.getByLabelText(/once more/));
    await type(/once more/, PASSPHRASE);
    await press("Keep changes with this passphrase");
    await vi.waitFor(() => expect(journal.asked).toBe(false));
    expect(host.sent("unlock_journal")).toEqual([{ passphrase: PASSPHRASE }]);
    expect(screen.queryByText("Nothing can be changed yet")).toBeNull();
  });

  it("keeps what was typed when the passphrase is another, and says so at the field", async () => {
    host.answers.unlock_journal = () => {
      const fields = [{ field: "passphrase", message: { id: "passphrase-wrong", args: {} } }];
      throw refusal("unlock_journal", "invalid_input", { fields });
    };
    await asked({ passphraseLeft: true });
    await type(/^Passphrase/, "not this one");
    await press("Open");
    expect(await screen.findByText(/This is not the passphrase/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/^Passphrase/).value).toBe("not this one");
    expect(document.activeElement).toBe(screen.getByLabelText(/^Passphrase/));
  });

  it("can be answered with no, and then a warning stands", async () => {
    await asked({});
    await press("Go on without");
    expect(await screen.findByText("A crash forgets unsettled changes")).toBeTruthy();
    await press("Type the passphrase");
    expect(await screen.findByRole("dialog")).toBeTruthy();
  });

  it("can be put off, and waits in the banner", async () => {
    await asked({ message: { id: "journal-locked", args: {} } });
    await press("Close");
    expect(screen.queryByRole("dialog")).toBeNull();
    await press("Decide now");
    expect(await screen.findByRole("dialog")).toBeTruthy();
  });

  it("sets a journal aside only after a second question", async () => {
    await asked({ passphraseLeft: true });
    await press("I don’t know the passphrase");
    expect(host.sent("set_aside_journal")).toEqual([]);
    await press("Set it aside");
    expect(await screen.findByText("How should changes be kept?")).toBeTruthy();
  });

  it("is not asked while practising", async () => {
    app.take(kept({}, practising));
    render(UnlockDialog);
    await Promise.resolve();
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
