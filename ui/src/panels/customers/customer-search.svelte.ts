/**
 * The search box: what was typed, where to look, and how the looking went. Nothing found is a result of its own, not a
 * failure. What was found is handed to whoever asked; the card is kept elsewhere.
 */
import type { CatalogueField, CommandError, Customer } from "../../bindings";
import { asCommandError, call } from "../../host";
import { app } from "../../state/app.svelte";
import { inOrder } from "./fields";
import { asRecordId, byRecordId, underAnyField, underField, type Lookup } from "./lookup";

/** "any", "recordId", "slug" (typed by hand) or the slug of a known key field after "field:". */
export type SearchBy = "any" | "recordId" | "slug" | `field:${string}`;

export type Miss = { text: string; tried: Lookup[] };

export class CustomerSearch {
  text = $state("");
  by = $state<SearchBy>("any");
  slug = $state("");
  /** The text of the last search. */
  asked = $state("");
  busy = $state(false);
  error = $state.raw<CommandError | undefined>();
  miss = $state.raw<Miss | undefined>();
  /** The message of what keeps the search from being sent, beside the box. */
  problem = $state<string | undefined>();
  #typedSlugs = $state.raw<string[]>([]);
  #question = 0;
  /** Everything the last search was made of. */
  #last = $state.raw({ text: "", by: "any" as SearchBy, slug: "" });

  /** The key fields seen so far, then the slugs typed by hand in this session. */
  keyFields: CatalogueField[] = $derived.by(() => {
    const known = inOrder(app.catalogue.value?.fields ?? []).filter((field) => field.isKey && field.slug);
    const typed = this.#typedSlugs.filter((slug) => !known.some((field) => field.slug === slug));
    return [...known, ...typed.map(slugAsField)];
  });

  /** What holds: a choice that is no longer there falls back to any key field, or to a slug when none is known. */
  where: SearchBy = $derived.by(() => {
    if (this.by === "recordId" || this.by === "slug") return this.by;
    if (this.keyFields.length === 0) return "slug";
    return this.by === "any" || this.keyFields.some((field) => this.by === `field:${field.slug}`) ? this.by : "any";
  });

  recordId: string | undefined = $derived(asRecordId(this.text));

  /** Something else stands in the box than what was asked last. */
  get corrected(): boolean {
    const { text, by, slug } = this.#last;
    return this.text !== text || this.by !== by || this.slug !== slug;
  }

  /** What stands in the box is being looked for. A corrected search is not: it may be asked at once. */
  get asking(): boolean {
    return this.busy && !this.corrected;
  }

  async find(): Promise<Customer | undefined> {
    this.problem = this.#refusal();
    this.asked = this.text;
    this.#last = { text: this.text, by: this.by, slug: this.slug };
    if (this.problem) return undefined;
    const slug = this.where === "slug" && !this.recordId ? this.slug.trim() : undefined;
    const found = await this.#try(this.#plan());
    if (slug && (found || this.miss)) this.#remember(slug);
    return found;
  }

  clear(): void {
    this.#question++;
    this.text = "";
    this.busy = false;
    this.error = undefined;
    this.miss = undefined;
    this.problem = undefined;
  }

  #refusal(): string | undefined {
    if (!this.text.trim()) return "customers-search-problem-empty";
    if (this.recordId) return undefined;
    if (this.where === "recordId") return "customers-search-problem-record-id";
    return this.where === "slug" && !this.slug.trim() ? "customers-search-problem-slug" : undefined;
  }

  #plan(): Lookup[] {
    if (this.recordId) return [byRecordId(this.recordId)];
    if (this.where === "slug") return underField(this.text, slugAsField(this.slug.trim()));
    if (this.where === "any") return underAnyField(this.text, this.keyFields);
    const field = this.keyFields.find((entry) => this.where === `field:${entry.slug}`);
    return field ? underField(this.text, field) : [];
  }

  async #try(plan: Lookup[]): Promise<Customer | undefined> {
    const question = ++this.#question;
    this.busy = true;
    this.error = undefined;
    this.miss = undefined;
    try {
      for (const lookup of plan) {
        const customer = await findOrNothing(lookup);
        if (question !== this.#question) return undefined;
        if (customer) return customer;
      }
      this.miss = { text: this.text.trim(), tried: plan };
    } catch (problem) {
      if (question === this.#question) this.error = asCommandError(problem, "find_customer");
    } finally {
      if (question === this.#question) this.busy = false;
    }
    return undefined;
  }

  /** Cubu took the slug, so it is offered from now on. Once a record was seen, the catalogue knows it for good. */
  #remember(slug: string): void {
    if (!this.#typedSlugs.includes(slug)) this.#typedSlugs = [...this.#typedSlugs, slug];
    if (this.corrected) return;
    this.by = `field:${slug}`;
    this.#last = { ...this.#last, by: this.by };
  }
}

/** Undefined when Cubu says that there is no such customer; every other failure is thrown. */
export async function findOrNothing(lookup: Lookup): Promise<Customer | undefined> {
  try {
    return await call("find_customer", lookup.request);
  } catch (problem) {
    if (asCommandError(problem, "find_customer").code === "not_found") return undefined;
    throw problem;
  }
}

export const slugAsField = (slug: string): CatalogueField => ({
  fieldTypeId: "",
  name: slug,
  slug,
  dataType: null,
  isKey: true,
  isRequired: false,
  position: null,
});
