/**
 * How a field of the customers table is shown, typed and sent, by its data type. Cubu does not document the list of data
 * types: what is not known here is shown and edited as text, and the screens say so. No state and no calls.
 */
import type { CatalogueField, Customer, CustomerField, JsonValue } from "../../bindings";
import { formatDate } from "../../l10n/format";
import { t } from "../../l10n/l10n.svelte";

export type FieldKind = "text" | "longText" | "number" | "date" | "boolean" | "phone" | "email" | "choice" | "unknown";

const KINDS: Record<string, FieldKind> = {
  text: "text",
  string: "text",
  shorttext: "text",
  longtext: "longText",
  multilinetext: "longText",
  number: "number",
  integer: "number",
  decimal: "number",
  date: "date",
  boolean: "boolean",
  bool: "boolean",
  yesno: "boolean",
  checkbox: "boolean",
  phone: "phone",
  phonenumber: "phone",
  email: "email",
  emailaddress: "email",
  choice: "choice",
  singlechoice: "choice",
  multiplechoice: "choice",
  list: "choice",
};

export const kindOf = (dataType: string | null | undefined): FieldKind =>
  KINDS[(dataType ?? "").toLowerCase().replace(/[^a-z]/g, "")] ?? "unknown";

/** Only a field with an id can be sent back; Cubu's answers are read leniently, so one may come without. */
export type EditableField = CustomerField & { fieldTypeId: string };
export const isEditable = (field: CustomerField): field is EditableField => field.fieldTypeId !== null;

/** The type of a field, taken from a record that has it. */
export const fieldTypeOf = (field: CustomerField): CatalogueField => ({
  fieldTypeId: field.fieldTypeId ?? "",
  name: field.fieldName ?? field.slug ?? field.fieldTypeId ?? "",
  slug: field.slug,
  dataType: field.dataType,
  isKey: field.isKey ?? false,
  isRequired: field.isRequired ?? false,
  position: field.position,
});

export const nameOf = (type: CatalogueField): string => type.name || type.slug || type.fieldTypeId;

/** In Cubu's order; a field without a place comes last. */
export function inOrder<T extends { position: number | null }>(fields: readonly T[]): T[] {
  return [...fields].sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || 0);
}

/** Codes, numbers and addresses read left to right in every language. */
export const isLeftToRight = (type: CatalogueField): boolean =>
  ["phone", "email", "number", "date"].includes(kindOf(type.dataType)) ||
  /(^|-)(id|phone|mobile|tel|e?mail|passport|number|code)(-|$)/.test(type.slug ?? "");

const WRAPPED = ["displayText", "text", "value", "name", "number", "date", "boolean"] as const;

/** The words in a JSON value of unknown shape; nothing at all for null. */
export function wordsOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(", ");
  if (typeof value !== "object") return String(value);
  for (const key of WRAPPED) {
    const inner = value[key];
    if (inner !== null && inner !== undefined && typeof inner !== "object") return String(inner);
  }
  return Object.values(value).every((inner) => inner === null || inner === undefined) ? "" : JSON.stringify(value);
}

/** What stands in the input before anything is typed. */
export function editTextOf(field: CustomerField): string {
  const text = wordsOf(field.value) || wordsOf(withoutDisplay(field.data)) || wordsOf(field.data);
  switch (kindOf(field.dataType)) {
    case "boolean":
      return truthOf(text);
    case "date":
      return /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? text;
    default:
      return text;
  }
}

function withoutDisplay(value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const { displayText: _, ...rest } = value;
  return rest as JsonValue;
}

function truthOf(text: string): string {
  if (/^(true|yes|1)$/i.test(text)) return "true";
  return /^(false|no|0)$/i.test(text) ? "false" : text;
}

/** What people read, from what stands in an input. */
export function shownText(kind: FieldKind, text: string): string {
  if (kind === "boolean" && text === "true") return t("customers-yes");
  if (kind === "boolean" && text === "false") return t("customers-no");
  if (kind === "date" && isDate(text)) return formatDate(text, "full");
  return text;
}

/** What people read in a record. */
export function shownValue(field: CustomerField): string {
  const kind = kindOf(field.dataType);
  const text = editTextOf(field);
  return kind === "boolean" || kind === "date" ? shownText(kind, text) : wordsOf(field.data) || text;
}

export type Parsed = { ok: true; value: JsonValue; text: string } | { ok: false; problem: string };

/** What was typed, as Cubu is to get it. Null clears a field. */
export function parse(kind: FieldKind, typed: string): Parsed {
  const text = kind === "longText" ? typed.trimEnd() : typed.trim();
  if (text === "") return { ok: true, value: null, text: "" };
  switch (kind) {
    case "boolean":
      return text === "true" || text === "false"
        ? { ok: true, value: text === "true", text }
        : { ok: false, problem: "customers-problem-boolean" };
    case "number": {
      const plain = text.replace(/^(-?\d+),(\d+)$/, "$1.$2");
      return /^-?\d+(\.\d+)?$/.test(plain)
        ? { ok: true, value: Number(plain), text: plain }
        : { ok: false, problem: "customers-problem-number" };
    }
    case "date": {
      const date = readDate(text);
      return date ? { ok: true, value: date, text: date } : { ok: false, problem: "customers-problem-date" };
    }
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
        ? { ok: true, value: text, text }
        : { ok: false, problem: "customers-problem-email" };
    case "phone": {
      const phone = barePhone(text);
      return /^\+?\d{3,}$/.test(phone)
        ? { ok: true, value: phone, text: phone }
        : { ok: false, problem: "customers-problem-phone" };
    }
    default:
      return { ok: true, value: text, text };
  }
}

/** A phone number without the spaces, dashes, dots and brackets that people put in. */
export const barePhone = (text: string): string => text.replace(/[\s().\-–\u200e\u200f\u2066-\u2069]/g, "");

/** "1984-03-09" as it is; "9.3.1984" turned round. Slashes mean different things in different places, so they are refused. */
function readDate(text: string): string | undefined {
  const turned = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const date = turned ? `${turned[3]}-${turned[2]?.padStart(2, "0")}-${turned[1]?.padStart(2, "0")}` : text;
  return isDate(date) ? date : undefined;
}

export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= longest;
}

/** The first telephone number, or e-mail address, of a record. */
export function contactOf(customer: Customer, kind: "phone" | "email"): string | undefined {
  for (const field of inOrder(customer.fields)) {
    if (kindOf(field.dataType) === kind) {
      const text = editTextOf(field);
      if (text) return text;
    }
  }
  return undefined;
}

/** What tells this customer from others of the same name: the first filled key field. */
export function keyWordOf(customer: Customer): string {
  for (const field of inOrder(customer.fields)) {
    if (field.isKey) {
      const text = editTextOf(field);
      if (text) return text;
    }
  }
  return "";
}
