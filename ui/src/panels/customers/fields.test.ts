import { describe, expect, it } from "vitest";
import { barePhone, contactOf, editTextOf, isLeftToRight, kindOf, parse, shownValue, wordsOf } from "./fields";
import { BORN, field, PHONE, robin } from "./sample";
import { fieldTypeOf } from "./fields";

describe("fields of a customer", () => {
  it("knows the data types under the spellings they may have", () => {
    for (const [dataType, kind] of [
      ["Text", "text"],
      ["PhoneNumber", "phone"],
      ["Phone", "phone"],
      ["Yes/No", "boolean"],
      ["Boolean", "boolean"],
      ["LongText", "longText"],
      ["Hologram", "unknown"],
      [null, "unknown"],
    ] as const) {
      expect(kindOf(dataType), String(dataType)).toBe(kind);
    }
  });

  it("shows nothing, not a brace, for data and values that are null", () => {
    expect(shownValue(field({ fieldTypeId: BORN }))).toBe("");
    expect(shownValue(field({ fieldTypeId: BORN, data: { displayText: null, text: null } }))).toBe("");
    expect(wordsOf(null)).toBe("");
    expect(wordsOf({ strange: 1 })).toBe('{"strange":1}');
  });

  it("edits the value and shows the display text", () => {
    const money = field({ fieldTypeId: BORN, dataType: "Number", data: { displayText: "1,200.50", number: 1200.5 } });
    expect(editTextOf(money)).toBe("1200.5");
    expect(shownValue(money)).toBe("1,200.50");
    expect(shownValue(field({ fieldTypeId: BORN, dataType: "YesNo", value: "false" }))).toBe("No");
    expect(shownValue(field({ fieldTypeId: BORN, dataType: "Date", value: "1984-03-09T00:00:00Z" }))).toContain("1984");
  });

  it("sends each type as itself, and null for what was emptied", () => {
    for (const [kind, typed, value] of [
      ["text", "  Robin ", "Robin"],
      ["text", " ", null],
      ["number", "12,5", 12.5],
      ["date", "9.3.1984", "1984-03-09"],
      ["date", "2024-02-29", "2024-02-29"],
      ["boolean", "false", false],
      ["phone", "+972 (50) 123-4567", "+972501234567"],
      ["unknown", "7", "7"],
    ] as const) {
      expect(parse(kind, typed)).toMatchObject({ ok: true, value });
    }
  });

  it("refuses what the type can't hold, with a message", () => {
    for (const [kind, typed] of [
      ["number", "twelve"],
      ["date", "3/9/1984"],
      ["date", "2023-02-29"],
      ["email", "robin@"],
      ["phone", "call me"],
      ["boolean", "perhaps"],
    ] as const) {
      expect(parse(kind, typed), typed).toMatchObject({ ok: false });
    }
  });

  it("keeps codes and numbers left to right", () => {
    const typed = (dataType: string, slug: string) =>
      isLeftToRight(fieldTypeOf(field({ fieldTypeId: BORN, dataType, slug })));
    expect(typed("PhoneNumber", "x")).toBe(true);
    expect(typed("Text", "national-id")).toBe(true);
    expect(typed("Text", "given-name")).toBe(false);
    expect(typed("Text", "idea")).toBe(false);
  });

  it("finds the telephone number to hand over, and strips invisible marks from a pasted one", () => {
    expect(contactOf(robin(), "phone")).toBe("0501234567");
    expect(contactOf(robin({ [PHONE]: null }), "phone")).toBeUndefined();
    expect(barePhone("\u2068050-123 4567\u2069")).toBe("0501234567");
  });
});
