/** The audit trail in words: what was done, how it ended, and what it changed. */
import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleHelp from "@lucide/svelte/icons/circle-question-mark";
import CircleX from "@lucide/svelte/icons/circle-x";
import Clock from "@lucide/svelte/icons/clock-3";
import Eye from "@lucide/svelte/icons/eye";
import Pencil from "@lucide/svelte/icons/pencil";
import type { AuditEntry, JsonValue } from "../../bindings";
import { formatDate, formatLocalTime } from "../../l10n/format";
import { t } from "../../l10n/l10n.svelte";
import { actName, fieldsOf, isRecord, linesOf, type Line } from "../../shell/unsettled-words";
import { app } from "../../state/app.svelte";

/** Changes in Cubu, in the order of a day, and what is done on this PC. */
export const CHANGES = [
  "book_appointment",
  "cancel_appointment",
  "queue_up",
  "start_next_case",
  "call_again",
  "resolve_case",
  "create_customer",
  "update_customer",
  "clock_in",
  "clock_out",
  "become_available",
  "become_unavailable",
  "select_current_unit",
  "occupy_workstation",
  "vacate_workstation",
] as const;
const ACTS = [
  "save_profile",
  "delete_profile",
  "import_profile",
  "set_client_secret",
  "export_audit",
  "forget_customer",
  "erase_local_data",
] as const;
export const COMMANDS: readonly string[] = [...CHANGES, ...ACTS];

export const OUTCOMES = [
  "confirmed",
  "refused",
  "unknown",
  "needs-eyes",
  "happened",
  "did-not-happen",
  "harmless",
  "dropped",
  "taken-back",
  "done",
] as const;

export function commandName(command: string): string {
  const word = command.replaceAll("_", "-");
  if ((ACTS as readonly string[]).includes(command)) return t(`audit-act-${word}`);
  return (CHANGES as readonly string[]).includes(command) ? actName({ command }) : command;
}

export const eventName = (event: string): string => t(`audit-event-${event}`);

export const reasonName = (reason: string): string => t(`audit-reason-${reason}`);

const WAITING = { tone: "neutral", icon: Clock } as const;
const LOOKS = {
  confirmed: { tone: "ok", icon: CircleCheck },
  happened: { tone: "ok", icon: CircleCheck },
  done: { tone: "neutral", icon: Pencil },
  refused: { tone: "danger", icon: CircleX },
  "did-not-happen": { tone: "neutral", icon: CircleX },
  harmless: { tone: "neutral", icon: CircleCheck },
  dropped: { tone: "neutral", icon: CircleX },
  "taken-back": { tone: "neutral", icon: CircleX },
  unknown: { tone: "warn", icon: CircleHelp },
  "needs-eyes": { tone: "warn", icon: Eye },
} as const;

export const lookOf = (event: string) => LOOKS[event as keyof typeof LOOKS] ?? WAITING;

export const whoOf = ({ agentName, user }: AuditEntry): string =>
  agentName && user ? t("audit-who-agent", { agent: agentName, user }) : (agentName ?? user ?? t("audit-nobody"));

const member = (value: JsonValue, name: string): JsonValue => (isRecord(value) ? (value[name] ?? null) : null);

/** What an entry is about, in a few lines. */
export function subjectOf(entry: AuditEntry): Line[] {
  if (entry.intent) return linesOf({ request: member(entry.content, "request") });
  const name = member(member(entry.content, "after"), "name") ?? member(member(entry.content, "before"), "name");
  const subject = typeof name === "string" ? name : entry.organization;
  return subject ? [{ text: subject }] : [];
}

export const noteOf = (entry: AuditEntry): string => {
  const note = member(entry.content, "note");
  return typeof note === "string" ? note : "";
};

/** One thing that changed; an empty side had nothing. */
export type Change = { label: string; before: string; after: string };

const asText = (value: JsonValue | undefined): string =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** What an entry says of before and after, as far as either was known. */
export function changesOf({ command, content }: AuditEntry): Change[] {
  const [request, before, after] = ["request", "before", "after"].map((name) => member(content, name)) as [
    JsonValue,
    JsonValue,
    JsonValue,
  ];
  if (command === "update_customer" || command === "create_customer") {
    const old = new Map(fieldsOf(member(before, "fields")));
    const names = app.catalogue.value?.fields ?? [];
    const fields = fieldsOf(member(request, "fields")).map(([id, value]) => ({
      label: names.find((field) => field.fieldTypeId === id)?.name ?? id,
      before: asText(old.get(id)),
      after: asText(value),
    }));
    return [...made(after), ...fields];
  }
  if (command === "cancel_appointment") return ended(before);
  if (isRecord(before) || isRecord(after)) {
    const names = [...new Set([before, after].flatMap((side) => (isRecord(side) ? Object.keys(side) : [])))];
    const differing = names
      .map((name) => ({ label: name, before: asText(member(before, name)), after: asText(member(after, name)) }))
      .filter((change) => change.before !== change.after);
    return command.endsWith("_profile") ? differing : made(after);
  }
  return [];
}

/** What Cubu said it became. */
function made(after: JsonValue): Change[] {
  const ticket = member(after, "ticket");
  const number = ["prefix", "number", "suffix"].map((part) => asText(member(ticket, part))).join("");
  const lines: [string, JsonValue][] = [
    [t("audit-case"), member(after, "caseId")],
    [t("audit-customer"), member(after, "recordId")],
    [t("audit-ticket"), number],
  ];
  return lines
    .map(([label, value]) => ({ label, before: "", after: asText(value) }))
    .filter((change) => change.after !== "");
}

/** An appointment that is no more, as it was listed. */
function ended(before: JsonValue): Change[] {
  const slot = member(before, "appointment");
  const [date, time] = [asText(member(slot, "date")), asText(member(slot, "timeLocal"))];
  const when = [date && formatDate(date, "full"), time && formatLocalTime(time)].filter(Boolean).join(" · ");
  const lines: [string, string][] = [
    [t("audit-appointment"), [when, asText(member(before, "serviceTypeName"))].filter(Boolean).join(" · ")],
    [t("audit-customer"), asText(member(member(before, "customer"), "displayName"))],
  ];
  return lines.filter(([, was]) => was).map(([label, was]) => ({ label, before: was, after: "" }));
}
