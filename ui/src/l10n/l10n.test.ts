import { FluentBundle, FluentResource } from "@fluent/bundle";
import { beforeEach, describe, expect, it } from "vitest";
import { l10n, languages, t } from "./l10n.svelte";

const words = import.meta.glob<string>("../../locales/en/*.ftl", { query: "?raw", import: "default", eager: true });
const code = import.meta.glob<string>(["../**/*.ts", "../**/*.svelte", "!../**/*.test.ts", "!../bindings.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

const ID = /^([a-z][\w-]*) =/gm;
const idsOf = (source: string) => [...source.matchAll(ID)].map((match) => match[1] ?? "");
const all = Object.values(words).flatMap(idsOf);

/** The first argument of each `t(…)`, up to its comma or closing parenthesis. */
function firstArguments(source: string): string[] {
  return [...source.matchAll(/(?<![\w.])t\(/g)].map((match) => {
    const start = match.index + match[0].length;
    let depth = 0;
    let end = start;
    for (; end < source.length; end++) {
      const letter = source[end];
      if (letter === "(" || letter === "{") depth++;
      else if ((letter === ")" || letter === "}") && depth > 0) depth--;
      else if (depth === 0 && (letter === ")" || letter === ",")) break;
    }
    return source.slice(start, end);
  });
}

const LITERAL = /"([^"\n]+)"|`([^`]+)`/g;
const literalsOf = (text: string) => [...text.matchAll(LITERAL)].map((match) => match[1] ?? match[2] ?? "");
const pattern = (literal: string) =>
  new RegExp(`^${literal.replace(/[.*+?^()|[\]\\]/g, "\\$&").replace(/\$\{[^}]*\}/g, "[\\w-]+")}$`);

describe("every word of the screens", () => {
  it("is there for each id that the code asks for", () => {
    const missing = Object.entries(code).flatMap(([path, source]) =>
      firstArguments(source)
        .flatMap(literalsOf)
        .filter((literal) => /^[a-z][\w${}().?[\] -]*-/.test(literal))
        .filter((literal) => !all.some((id) => pattern(literal).test(id)))
        .map((literal) => `${path}: ${literal}`),
    );
    expect(missing).toEqual([]);
  });

  it("is used somewhere, but for the ones the core speaks", () => {
    const literals = [...new Set(Object.values(code).flatMap(literalsOf))];
    const exact = new Set(literals);
    const patterns = literals.filter((literal) => /^[a-z][\w-]*\$\{/.test(literal)).map(pattern);
    const unused = Object.entries(words)
      .filter(([path]) => !path.endsWith("/errors.ftl"))
      .flatMap(([, source]) => idsOf(source))
      .filter((id) => !exact.has(id) && !patterns.some((known) => known.test(id)));
    expect(unused).toEqual([]);
  });

  it("parses, and no id is defined twice", () => {
    const bundle = new FluentBundle("en");
    const problems = Object.values(words).flatMap((source) => bundle.addResource(new FluentResource(source)));
    expect(problems).toEqual([]);
    expect(all.filter((id) => !bundle.hasMessage(id))).toEqual([]);
  });
});

describe("the language", () => {
  beforeEach(() => l10n.choose("en"));

  it("follows the computer where its language is there, and is English elsewhere", () => {
    l10n.choose("system", ["xx-XX", "en-GB"]);
    expect(l10n.language).toBe("en");
    l10n.choose("system", ["xx"]);
    expect(l10n.language).toBe("en");
    expect(languages).toContain("en");
  });

  it("isolates inserted words only where two directions meet", () => {
    expect(t("connection-in-use-now", { name: "Vale Clinic" })).toBe("Now working in Vale Clinic");
    expect(t("connection-in-use-now", { name: "מרפאה" })).toBe("Now working in \u2068מרפאה\u2069");
  });

  it("keeps full stops in place on a page that runs the other way", () => {
    expect(t("connection-name-hint")).toBe("What this desk calls the organisation.");
    expect(t("appointments-counts", { free: 3, booked: 4 })).toBe("3 free, 4 booked");
    l10n.pageDirection = "rtl";
    expect(t("connection-name-hint")).toBe("\u2066What this desk calls the organisation.\u2069");
    expect(t("connection-name")).toBe("Name");
    expect(t("appointments-counts", { free: 3, booked: 4 })).toBe("\u20663 free, 4 booked\u2069");
    expect(t("connection-in-use-now", { name: "מרפאה" })).toBe("\u2066Now working in \u2068מרפאה\u2069\u2069");
    l10n.pageDirection = "ltr";
  });

  it("tells the same numbers apart by what they count", () => {
    expect(t("appointments-counts", { free: 3, booked: 4 })).toBe("3 free, 4 booked");
    expect(t("appointments-counts", { booked: 3, free: 4 })).toBe("4 free, 3 booked");
  });

  it("shows the id itself when a message is missing, so that it can be reported", () => {
    expect(l10n.format("no-such-id")).toBe("no-such-id");
  });
});
