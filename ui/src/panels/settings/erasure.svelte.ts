/** Erasing everything on this PC: what it would forget, what has to be agreed to, and doing it. */
import type { ErasurePreview } from "../../bindings";
import { call } from "../../host";
import { t } from "../../l10n/l10n.svelte";
import { Act } from "../../state/act.svelte";
import { Resource } from "../../state/resource.svelte";

export class Erasure {
  typed = $state("");
  /** The changes that are listed may be forgotten. */
  forgets = $state(false);
  /** So may whatever stands in a journal that can't be read. */
  forgetsUnread = $state(false);
  preview = new Resource<ErasurePreview>(() => call("preview_erasure", {}));

  get word(): string {
    return t("erasure-word");
  }

  /** Everything is agreed to, and the word is typed. */
  get ready(): boolean {
    const preview = this.preview.value;
    if (!preview || this.preview.error) return false;
    return (
      folded(this.typed) === folded(this.word) &&
      (preview.changes.length === 0 || this.forgets) &&
      (!preview.unread || this.forgetsUnread)
    );
  }

  erase = new Act(async () => {
    const preview = this.preview.value;
    const forget = preview?.changes.map((change) => change.id) ?? [];
    try {
      await call("erase_local_data", { forget, forgetUnread: this.forgetsUnread });
    } catch (problem) {
      // What stood open may be another by now: agreed to is only what was seen.
      this.forgets = this.forgetsUnread = false;
      this.look();
      throw problem;
    }
    // The screens keep nothing there, and the window's own store is cleared by the program. To be sure, all the same.
    localStorage.clear();
    sessionStorage.clear();
    // Nothing that any screen still holds is to be seen: the window begins anew.
    window.location.reload();
  });

  look(): void {
    void this.preview.load();
  }

  clear(): void {
    this.typed = "";
    this.forgets = this.forgetsUnread = false;
    this.preview.clear();
    this.erase.clear();
  }
}

const folded = (word: string): string => word.trim().normalize("NFKC").toLocaleLowerCase();
