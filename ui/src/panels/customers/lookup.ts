/**
 * What to ask Cubu for, from what was typed. Cubu finds exactly one customer by the exact value of a key field, so a
 * telephone number is tried as typed and without its dashes, and a text only where it can stand. No state and no calls.
 */
import type { CatalogueField, FindCustomer } from "../../bindings";
import { barePhone, kindOf, nameOf } from "./fields";

const RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A record id, pasted with or without braces or quotes around it. */
export function asRecordId(text: string): string | undefined {
  const bare = text.trim().replace(/^[{("']+|[})"']+$/g, "");
  return RECORD_ID.test(bare) ? bare.toLowerCase() : undefined;
}

/** One thing to try. `field` is what people call the place it is looked for in; undefined for the record id. */
export type Lookup = { request: FindCustomer; field?: CatalogueField; value: string };

export const byRecordId = (recordId: string): Lookup => ({
  request: { queryType: "RecordId", recordId },
  value: recordId,
});

/** The spellings worth trying under a key field. */
function spellings(text: string, field: CatalogueField): string[] {
  const typed = text.trim();
  const isPhone = kindOf(field.dataType) === "phone" || /phone|mobile/.test(field.slug ?? "");
  return isPhone ? [...new Set([typed, barePhone(typed)])] : [typed];
}

export function underField(text: string, field: CatalogueField): Lookup[] {
  const slug = field.slug;
  if (!slug) return [];
  return spellings(text, field).map((value) => ({
    request: { queryType: "KeyField", fieldSlug: slug, fieldValue: value },
    field,
    value,
  }));
}

/** How well a text fits under a field: 0 not at all, then rising. */
function fit(text: string, field: CatalogueField): number {
  const kind = kindOf(field.dataType);
  const mail = text.includes("@");
  const bare = barePhone(text);
  const digits = /^\+?\d+$/.test(bare);
  if (kind === "email") return mail ? 3 : 0;
  if (kind === "phone") return !digits ? 0 : /^[+0]/.test(bare) || bare !== text.trim() ? 3 : 1;
  if (kind === "number") return digits ? 2 : 0;
  return mail ? 1 : 2;
}

/** Every key field the text can stand in, the likeliest first; all of them when it fits none. */
export function underAnyField(text: string, fields: readonly CatalogueField[]): Lookup[] {
  const ranked = fields
    .map((field) => ({ field, fit: fit(text, field) }))
    .filter((entry) => entry.fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map((entry) => entry.field);
  return (ranked.length ? ranked : [...fields]).flatMap((field) => underField(text, field));
}

/** "Phone number: 050-123 4567, 0501234567" needs each field once. */
export function triedWhere(tried: readonly Lookup[]): { name: string; values: string[] }[] {
  const places = new Map<string, string[]>();
  for (const { field, value } of tried) {
    const name = field ? nameOf(field) : "";
    places.set(name, [...(places.get(name) ?? []), value]);
  }
  return [...places].map(([name, values]) => ({ name, values }));
}

/** The field a search without a hit most likely meant, to fill it in for the new customer. */
export const likeliestField = (tried: readonly Lookup[]): CatalogueField | undefined => tried[0]?.field;
