/** Unsettled changes in words: how many there are, and what was asked, for which calendar, customer or agent. */
import type { JsonValue } from "../bindings";
import { formatDate, formatMinute } from "../l10n/format";
import { t } from "../l10n/l10n.svelte";
import { calendarName } from "../panels/appointments/words";
import { app } from "../state/app.svelte";
import { chosenCustomer } from "../state/chosen-customer.svelte";
import { unsettled } from "../state/unsettled.svelte";

/** "1 change is not settled"; when the core has settled them all, that. */
export const unsettledWords = (): string =>
  unsettled.open.length > 0
    ? t("unsettled-count", { count: unsettled.open.length })
    : t("unsettled-settled", { count: unsettled.list.length });

export const actName = (write: { command: string }): string => t(`unsettled-act-${write.command.replaceAll("_", "-")}`);

/** A line of what was asked; `ltr` for phones and the like. */
export type Line = { text: string; ltr?: boolean };

/** Enough fields of a customer to tell them from others. */
const MOST_FIELDS = 4;

/** What a change asked for, in a few lines. */
export function linesOf({ request }: { request: JsonValue }): Line[] {
  const asked = isRecord(request) ? request : {};
  const text = (member: string): string => (typeof asked[member] === "string" ? asked[member] : "");
  const number = (member: string): number | undefined =>
    typeof asked[member] === "number" ? asked[member] : undefined;
  const catalogue = app.catalogue.value;
  const lines: Line[] = [];
  const add = (line: string | undefined, ltr?: boolean) => line && lines.push({ text: line, ...(ltr && { ltr }) });

  const [start, cuIndex] = [number("startTime"), number("cuIndex")];
  add(
    [
      text("date") && formatDate(text("date"), "full"),
      start === undefined ? "" : formatMinute(start),
      cuIndex === undefined ? "" : calendarName(cuIndex),
    ]
      .filter(Boolean)
      .join(" · "),
  );
  const service = catalogue?.services.find((entry) => entry.serviceId === text("serviceId"))?.name;
  const type = catalogue?.serviceTypes.find((entry) => entry.serviceTypeId === text("serviceTypeId"))?.name;
  add([service, type].filter(Boolean).join(" · "));
  add(text("customerRecordId") && customerOf(text("customerRecordId")));
  add(text("contactPhoneNumber"), true);
  add(text("contactEmail"), true);
  add(text("caseId") && t("unsettled-case", { id: text("caseId") }));
  const unit = catalogue?.units.find((entry) => entry.unitId === text("unitId"))?.name;
  add(text("unitId") && t("unsettled-unit", { name: unit ?? text("unitId") }));
  const { userId, displayName, workstationId, workstationName } = app.agent;
  const station = text("workstationId");
  add(
    station &&
      t("unsettled-workstation", { name: station === workstationId && workstationName ? workstationName : station }),
  );
  const user = text("userId");
  add(user && t("unsettled-agent", { name: user === userId && displayName ? displayName : user }));
  for (const [fieldTypeId, value] of fieldsOf(asked.fields).slice(0, MOST_FIELDS)) {
    const known = [...(catalogue?.fields ?? []), ...(catalogue?.caseFields ?? [])];
    const name = known.find((entry) => entry.fieldTypeId === fieldTypeId)?.name;
    const shown = typeof value === "string" || typeof value === "number" ? String(value) : "";
    add(name && shown ? `${name}: ${shown}` : shown);
  }
  const tags = Array.isArray(asked.tagIds) ? asked.tagIds : [];
  const marked = catalogue?.caseTags.filter(({ tagId }) => tags.includes(tagId)).map(({ name }) => name) ?? [];
  add(marked.length > 0 ? t("unsettled-tags", { names: marked.join(", ") }) : undefined);
  return lines;
}

function customerOf(recordId: string): string {
  const known = chosenCustomer.current;
  return (known?.recordId === recordId && known.displayName) || t("unsettled-customer", { id: recordId });
}

/** The fields of a new customer are a map, those of a changed one a list. */
export function fieldsOf(fields: JsonValue | undefined): [string, JsonValue | undefined][] {
  if (Array.isArray(fields)) {
    return fields.filter(isRecord).map((entry) => [String(entry.fieldTypeId), entry.value]);
  }
  return isRecord(fields) ? Object.entries(fields) : [];
}

export const isRecord = (value: JsonValue | undefined): value is { [key in string]?: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
