/**
 * Words. `t(id, args)` formats a Fluent message in the chosen language and is reactive to a change of language.
 * Messages live in ui/locales/<language>/*.ftl; a test holds the ids in the code equal to the ids in the files.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Text } from "../bindings";

export type Arguments = Record<string, FluentVariable>;

const sources = import.meta.glob<string>("../../locales/*/*.ftl", { query: "?raw", import: "default", eager: true });

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "yi"]);
const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Begins or ends with a mark, or begins with a number, that a page of the other direction would move to the wrong side. */
const LOOSE_END = /^\P{L}|[^\p{L}\p{N}]$/u;
const ISOLATE_AS = { ltr: String.fromCodePoint(0x2066), rtl: String.fromCodePoint(0x2067) };
const POP_ISOLATE = String.fromCodePoint(0x2069);
const ISOLATES = /[\u2066-\u2069]/g;
/** A day's worth of counts: a desk that stays open for weeks keeps no more. */
const MOST_SAID = 2000;

export function bundleFor(language: string): FluentBundle {
  const bundle = new FluentBundle(language);
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(`/locales/${language}/`)) bundle.addResource(new FluentResource(source));
  }
  return bundle;
}

export const languages: string[] = [...new Set(Object.keys(sources).map((path) => path.split("/").at(-2) ?? "en"))];

class Localization {
  language = $state("en");
  /** The page's direction, which a setting can turn against the language's own. */
  pageDirection = $state<"ltr" | "rtl">("ltr");
  #bundle = $derived(bundleFor(this.language));
  /** Words and counts of this language and direction: a board says the same few hundred many times over. */
  #said = $derived.by(() => {
    void [this.#bundle, this.pageDirection];
    return new Map<string, string>();
  });

  get naturalDirection(): "ltr" | "rtl" {
    return RIGHT_TO_LEFT.has(this.language.split("-")[0] ?? "") ? "rtl" : "ltr";
  }

  /** "system" follows the computer when its language is there, else English. */
  choose(setting: string, preferred: readonly string[] = navigator.languages): void {
    const wanted = setting === "system" ? preferred.map((tag) => tag.split("-")[0] ?? "") : [setting];
    this.language = wanted.find((tag) => languages.includes(tag)) ?? "en";
  }

  format(id: string, args?: Arguments): string {
    const key = keyOf(id, args);
    if (key === undefined) return this.#make(id, args);
    const said = this.#said;
    let text = said.get(key);
    if (text === undefined) {
      if (said.size >= MOST_SAID) said.clear();
      said.set(key, (text = this.#make(id, args)));
    }
    return text;
  }

  #make(id: string, args?: Arguments): string {
    const message = this.#bundle.getMessage(id);
    if (!message?.value) return id;
    const text = this.#bundle.formatPattern(message.value, args, []);
    // Isolates only matter where two directions meet; elsewhere they would only get in the way of search and tests.
    const mixed = this.naturalDirection === "rtl" || RIGHT_TO_LEFT_LETTER.test(text);
    const shown = mixed ? text : text.replace(ISOLATES, "");
    if (this.pageDirection === this.naturalDirection || !(mixed || LOOSE_END.test(shown))) return shown;
    return ISOLATE_AS[this.naturalDirection] + shown + POP_ISOLATE;
  }

  has(id: string): boolean {
    return this.#bundle.hasMessage(id);
  }
}

/** What a text is kept under; nothing where it may name somebody, which is never kept. */
function keyOf(id: string, args: Arguments = {}): string | undefined {
  const isPlain = Object.values(args).every((value) => typeof value === "number");
  return isPlain ? [id, ...Object.entries(args).flat()].join(" ") : undefined;
}

export const l10n = new Localization();

export const t = (id: string, args?: Arguments): string => l10n.format(id, args);

/** A message that came from the core. */
export const formatText = (text: Text): string => l10n.format(text.id, text.args);
