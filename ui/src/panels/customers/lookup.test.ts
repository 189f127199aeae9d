import { describe, expect, it } from "vitest";
import type { CatalogueField } from "../../bindings";
import { asRecordId, triedWhere, underAnyField } from "./lookup";
import { ROBIN } from "./sample";

const key = (slug: string, dataType: string): CatalogueField => ({
  fieldTypeId: slug,
  name: slug,
  slug,
  dataType,
  isKey: true,
  isRequired: false,
  position: null,
});
const keys = [key("national-id", "Text"), key("phone-number", "PhoneNumber"), key("email", "Email")];
const order = (text: string) => underAnyField(text, keys).map(({ field, value }) => `${field?.slug}=${value}`);

describe("what to look for", () => {
  it("recognises a pasted record id, with braces or quotes round it, and nothing shorter", () => {
    expect(asRecordId(` {${ROBIN.toUpperCase()}} `)).toBe(ROBIN);
    expect(asRecordId(`"${ROBIN}"`)).toBe(ROBIN);
    expect(asRecordId(ROBIN.slice(1))).toBeUndefined();
    expect(asRecordId("0501234567")).toBeUndefined();
  });

  it("looks where the text fits, the likeliest field first", () => {
    expect(order("robin@example.com")).toEqual(["email=robin@example.com", "national-id=robin@example.com"]);
    expect(order("0501234567")).toEqual(["phone-number=0501234567", "national-id=0501234567"]);
    expect(order("312345678")).toEqual(["national-id=312345678", "phone-number=312345678"]);
    expect(order("AB-77")).toEqual(["national-id=AB-77"]);
  });

  it("tries a telephone number as typed and without its dashes", () => {
    expect(order("050-123 4567").slice(0, 2)).toEqual(["phone-number=050-123 4567", "phone-number=0501234567"]);
  });

  it("names each place once, with everything tried there", () => {
    expect(triedWhere(underAnyField("050-1", keys))).toEqual([
      { name: "phone-number", values: ["050-1", "0501"] },
      { name: "national-id", values: ["050-1"] },
    ]);
  });
});
