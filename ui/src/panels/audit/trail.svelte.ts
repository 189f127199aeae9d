/** The audit trail on the screen: what is looked for, the pages read so far, the entry that is open, and the two acts. */
import type { AuditCheck, AuditEntry, AuditFilter, AuditFormat, AuditPage } from "../../bindings";
import { call, saveFile } from "../../host";
import { t } from "../../l10n/l10n.svelte";
import { Act } from "../../state/act.svelte";
import { Resource } from "../../state/resource.svelte";
import { toasts } from "../../state/toasts.svelte";

const PAGE = 50;
/** The longest page the core gives: more steps than any change takes. */
const LIFE = 200;

const FILES = { csv: "audit-trail.csv", jsonLines: "audit-trail.jsonl" } as const;

export class Trail {
  from = $state("");
  to = $state("");
  text = $state("");
  command = $state("");
  outcome = $state("");
  steps = $state(false);

  pages = new Resource<AuditPage, AuditFilter>((filter) => call("list_audit", { filter, limit: PAGE }));
  /** Every step of the change that is open, newest first. */
  life = new Resource<AuditPage, string>((intent) => call("list_audit", { filter: { intent }, limit: LIFE }));
  chosen = $state.raw<AuditEntry | undefined>();
  check = $state.raw<AuditCheck | undefined>();

  /** What narrows the list down; showing every step does not. */
  narrowed: boolean = $derived(Boolean(this.from || this.to || this.text.trim() || this.command || this.outcome));

  get filter(): AuditFilter {
    return {
      ...(this.from && { from: this.from }),
      ...(this.to && { to: this.to }),
      ...(this.text.trim() && { text: this.text.trim() }),
      ...(this.command && { command: this.command }),
      ...(this.outcome && { outcome: this.outcome }),
      ...(this.steps && { steps: true }),
    };
  }

  load(): void {
    void this.pages.load(this.filter);
  }

  clear(): void {
    this.from = this.to = this.text = this.command = this.outcome = "";
    this.load();
  }

  /** For another organisation, or none: nothing of the one before is left. */
  startAfresh(): void {
    this.pages.clear();
    this.close();
    this.check = undefined;
    this.load();
  }

  open(entry: AuditEntry): void {
    this.chosen = entry;
    if (entry.intent) void this.life.load(entry.intent);
    else this.life.clear();
  }

  close(): void {
    this.chosen = undefined;
    this.life.clear();
  }

  older = new Act(async () => {
    const shown = this.pages.value;
    const before = shown?.entries.at(-1)?.seq;
    if (!shown || before === undefined) return;
    const page = await call("list_audit", { filter: this.filter, before, limit: PAGE });
    // Another question may have been asked meanwhile.
    if (this.pages.value === shown) this.pages.put({ ...page, entries: [...shown.entries, ...page.entries] });
  });

  verify = new Act(async () => {
    this.check = undefined;
    this.check = await call("verify_audit", {});
  });

  export = new Act(async (format: AuditFormat) => {
    const { steps: _, ...filter } = this.filter;
    const saved = await saveFile({
      suggestedName: FILES[format],
      text: async () => (await call("export_audit", { format, filter })).text,
      writeTo: (path) => call("export_audit_to_file", { path, format, filter }),
    });
    if (saved) toasts.show(t("audit-exported", { file: FILES[format] }));
    this.load();
  });
}
