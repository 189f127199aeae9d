/**
 * Finding one customer for a booking: by a key field, exactly, or by the record id. A pasted id is looked up as an id
 * whatever field is chosen. Creating and editing customers belongs to the Customers panel.
 */
import type { CatalogueField, Customer, FindCustomer } from "../../bindings";
import { call } from "../../host";
import { Act } from "../../state/act.svelte";

export const BY_RECORD_ID = "recordId";
const RECORD_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class CustomerSearch {
  /** A key field's slug, or BY_RECORD_ID. */
  by = $state("");
  /** The slug as typed while no key field is known yet. */
  slug = $state("");
  typed = $state("");
  #find: Act<FindCustomer, Customer>;
  #found: Customer | undefined;

  constructor() {
    this.#find = new Act(async (request) => (this.#found = await call("find_customer", request)));
  }

  get busy(): boolean {
    return this.#find.busy;
  }

  get error() {
    return this.#find.error;
  }

  get notFound(): boolean {
    return this.#find.error?.code === "not_found";
  }

  request(): FindCustomer | undefined {
    const typed = this.typed.trim();
    if (!typed) return undefined;
    if (RECORD_ID.test(typed)) return { queryType: "RecordId", recordId: typed };
    if (this.by === BY_RECORD_ID) return { queryType: "RecordId", recordId: typed };
    const fieldSlug = this.by || this.slug.trim();
    return fieldSlug ? { queryType: "KeyField", fieldSlug, fieldValue: typed } : undefined;
  }

  async run(): Promise<Customer | undefined> {
    const request = this.request();
    if (!request) return undefined;
    return (await this.#find.run(request)) ? this.#found : undefined;
  }

  clear(): void {
    this.#find.clear();
  }
}

/** The fields a customer can be found by, in the order of the customers table. */
export const keyFields = (fields: CatalogueField[]): (CatalogueField & { slug: string })[] =>
  fields
    .filter((field): field is CatalogueField & { slug: string } => field.isKey && !!field.slug)
    .sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity));
