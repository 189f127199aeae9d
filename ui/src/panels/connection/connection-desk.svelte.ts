/** Which organisation the connection panel shows, which of its tabs, and one editor for each. */
import { SvelteMap } from "svelte/reactivity";
import type { ConnectionReport, ProfileSummary } from "../../bindings";
import { call } from "../../host";
import { t } from "../../l10n/l10n.svelte";
import { Act } from "../../state/act.svelte";
import { app } from "../../state/app.svelte";
import { toasts } from "../../state/toasts.svelte";
import { ProfileEditor } from "./profile-editor.svelte";

export type Tab = "details" | "access" | "catalogue" | "calls";

const NEW = "";

class ConnectionDesk {
  /** A profile id, "" for a new one, or nothing: the start screen. */
  selected = $state<string | undefined>();
  tab = $state<Tab>("details");
  importing = $state(false);
  reports = new SvelteMap<string, ConnectionReport>();
  #editors = new Map<string, ProfileEditor>();

  profiles: ProfileSummary[] = $derived((app.snapshot?.profiles ?? []).filter((profile) => !profile.practice));
  practice: ProfileSummary | undefined = $derived(app.snapshot?.profiles.find((profile) => profile.practice));
  /** The one shown; nothing for a new one, and for one that is gone. */
  profile: ProfileSummary | undefined = $derived(
    app.snapshot?.profiles.find((profile) => profile.id === this.selected),
  );
  shown: boolean = $derived(this.selected === NEW || this.profile !== undefined);

  readonly testing = new Act(async (profileId: string) => {
    this.reports.set(profileId, await call("test_connection", { profileId }));
    await app.refresh();
  });
  readonly practising = new Act(async () => {
    app.take(await call("start_practice", { lifeSeconds: 20 }));
    app.go("appointments");
  });
  readonly activating = new Act(async (profile: ProfileSummary) => {
    await call("activate_profile", { profileId: profile.id });
    await app.refresh();
    toasts.show(t("connection-in-use-now", { name: profile.name }));
  });
  readonly deleting = new Act(async (profileId: string) => {
    app.take(await call("delete_profile", { profileId }));
    this.#editors.delete(profileId);
    this.reports.delete(profileId);
    this.selected = undefined;
  });

  /** What is being typed for an organisation. `open` makes it. */
  editor(profileId: string): ProfileEditor | undefined {
    return this.#editors.get(profileId);
  }

  open(profileId: string, tab: Tab = "details"): void {
    const editor = this.#editors.get(profileId) ?? new ProfileEditor();
    if (profileId !== NEW && editor.isNew) void editor.loading.run(profileId);
    this.#editors.set(profileId, editor);
    this.selected = profileId;
    this.tab = tab;
    this.importing = false;
  }

  startNew(): void {
    this.open(NEW);
  }

  /** Cancel: drops what was typed for a new organisation. */
  leave(): void {
    this.#editors.delete(NEW);
    this.selected = undefined;
    this.importing = false;
  }

  /** Saves, and asks Cubu right away what the application may do. What was typed stays if either fails. */
  async saveAndTest(editor: ProfileEditor): Promise<void> {
    const wasNew = editor.isNew;
    if (!editor.checkAll(this.profile?.hasSecret ?? false)) return;
    const saved = await editor.saving.run();
    const profileId = editor.draft.id;
    if (profileId !== undefined && wasNew) {
      this.#editors.delete(NEW);
      this.#editors.set(profileId, editor);
      this.selected = profileId;
    }
    if (!saved || profileId === undefined) return;
    this.tab = "access";
    await this.testing.run(profileId);
  }
}

export const desk = new ConnectionDesk();
