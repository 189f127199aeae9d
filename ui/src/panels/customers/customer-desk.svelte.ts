/**
 * What the customers panel is doing: at home, at a search without a hit, at a card, editing it, or entering somebody new.
 * Holds the card, the customers seen in this session (in memory only) and the drafts. Knows nothing of keys and focus.
 */
import type { Customer } from "../../bindings";
import { call } from "../../host";
import { app } from "../../state/app.svelte";
import { chosenCustomer, type ChosenCustomerCard } from "../../state/chosen-customer.svelte";
import { keptDrafts } from "../../state/kept-drafts.svelte";
import { Resource } from "../../state/resource.svelte";
import { unsettled } from "../../state/unsettled.svelte";
import { CreateDraft, NEW_CUSTOMER } from "./create-draft.svelte";
import { CustomerSearch } from "./customer-search.svelte";
import { EditDraft } from "./edit-draft.svelte";
import { contactOf, keyWordOf } from "./fields";
import { likeliestField } from "./lookup";

export type View = "home" | "missed" | "card" | "edit" | "create";

export type Recent = { recordId: string; name: string; keyWord: string };

const MOST_RECENT = 30;
const OLD_AFTER = 10 * 60_000;

/** How a card is read: by Find, which is documented; by Get, on "Refresh"; or from an answer that is here already. */
type Reading = { recordId: string; by: "find" | "get"; answer?: Customer };

export class CustomerDesk {
  view = $state<View>("home");
  recent = $state.raw<Recent[]>([]);
  createDraft = $state.raw<CreateDraft | undefined>();
  #editDrafts = $state.raw<Record<string, EditDraft>>({});
  readonly search = new CustomerSearch();
  readonly card = new Resource<Customer, Reading>((reading) => this.#read(reading), {
    keyOf: ({ recordId }) => recordId,
    staleAfter: OLD_AFTER,
  });
  #shownId = $state("");
  /** Raised whenever somebody goes elsewhere, so that a late answer can tell whether it is still waited for. */
  #step = 0;

  get recordId(): string {
    return this.#shownId;
  }

  /** The draft of the customer on the card, if something was typed. */
  get draft(): EditDraft | undefined {
    return this.#editDrafts[this.#shownId];
  }

  hasDraft(recordId: string): boolean {
    const draft = this.#editDrafts[recordId];
    return !!draft && (draft.dirty || !!draft.unsettled);
  }

  /** True when the search came to a card. An answer that somebody did not stay for leaves the screen as it is. */
  async find(): Promise<boolean> {
    const step = this.#step;
    const found = await this.search.find();
    if (step !== this.#step) return false;
    if (found) return await this.show(found);
    if (this.search.miss) this.#go("missed");
    return false;
  }

  /** A customer whose record was just answered. True when nobody went elsewhere meanwhile. */
  async show(customer: Customer): Promise<boolean> {
    return await this.#load({ recordId: customer.recordId, by: "find", answer: customer });
  }

  async open(recordId: string): Promise<boolean> {
    return await this.#load({ recordId, by: "find" });
  }

  /** Reads the card once more with Get Customer Record. */
  async refresh(): Promise<void> {
    if (this.#shownId) await this.card.load({ recordId: this.#shownId, by: "get" });
  }

  edit(): void {
    const customer = this.card.value;
    if (!customer) return;
    if (!this.draft) this.#editDrafts = { ...this.#editDrafts, [customer.recordId]: new EditDraft(customer) };
    this.#go("edit");
  }

  /** Leaves the form; what was typed stays. */
  leaveForm(): void {
    if (this.view === "edit") {
      if (this.draft && !this.hasDraft(this.#shownId)) this.discardDraft();
      this.#go("card");
    } else if (this.view === "create") {
      if (!this.createDraft?.dirty && !this.createDraft?.unsettled) this.createDraft = undefined;
      this.#go(this.search.miss ? "missed" : this.card.value ? "card" : "home");
    }
  }

  discardDraft(): void {
    if (this.draft) this.#drop(this.draft);
  }

  discardCreateDraft(): void {
    this.createDraft = undefined;
    if (this.view === "create") this.leaveForm();
  }

  /** True when the changes went through. The card is read again to show what Cubu made of them. */
  async save(): Promise<boolean> {
    const draft = this.draft;
    if (!draft || !(await draft.save())) return false;
    const { recordId } = draft.customer;
    this.#drop(draft);
    if (this.#shownId === recordId) await this.card.load({ recordId, by: "find" });
    return true;
  }

  /** After an unknown outcome: what does Cubu hold now? True when it holds everything that was sent. */
  async settleEdit(): Promise<boolean> {
    const draft = this.draft;
    if (!draft) return false;
    await unsettled.ask(draft.intent.id);
    const outcome = await draft.hear();
    if (outcome === "didNotHappen") return false;
    const { recordId } = draft.customer;
    if (this.#shownId === recordId) await this.card.load({ recordId, by: "find" });
    if (outcome === "happened") {
      this.#drop(draft);
      return true;
    }
    // Somebody else is shown by now: what was read of them says nothing of this draft, which waits for its own card.
    if (this.#shownId !== recordId || this.card.error || !draft.verdict) return false;
    if (draft.verdict.missing.length > 0 || draft.dirty) return false;
    this.#drop(draft);
    return true;
  }

  /** Opens the form for a new customer, with what was searched for in it. A draft that is there already is kept. */
  startCreate(): void {
    const miss = this.search.miss;
    if (!this.createDraft?.dirty && !this.createDraft?.unsettled) {
      this.createDraft = new CreateDraft();
      const field = miss && likeliestField(miss.tried);
      if (field) this.createDraft.prefill(field, miss.text);
    }
    this.#go("create");
  }

  /** Goes on with what the last run left, unless somebody is at it already. */
  restoreCreate(): void {
    const kept = this.createDraft ? undefined : keptDrafts.take(NEW_CUSTOMER);
    if (!kept) return;
    this.createDraft = new CreateDraft(kept);
    if (this.view === "home") this.#go("create");
  }

  /** What is typed outlives this run. */
  keepCreate(): void {
    const draft = this.createDraft;
    keptDrafts.follow(NEW_CUSTOMER, draft && (draft.dirty || draft.unsettled) ? draft.kept() : undefined);
  }

  /** True when Cubu made the record. */
  async create(): Promise<boolean> {
    const draft = this.createDraft;
    const recordId = await draft?.create();
    if (!draft || !recordId) return false;
    if (this.#isInFront(draft)) this.search.clear();
    await this.#made(draft, { recordId, by: "find" });
    return true;
  }

  /** After an unknown outcome: true when the new customer was found, and is shown. */
  async settleCreate(): Promise<boolean> {
    const draft = this.createDraft;
    if (!draft) return false;
    await unsettled.ask(draft.intent.id);
    const made = await draft.hear();
    if (made) {
      await this.#made(draft, { recordId: made, by: "find" });
      return true;
    }
    if (!draft.unsettled) return false;
    const found = await draft.lookForIt();
    if (!found) return false;
    await this.#made(draft, { recordId: found.recordId, by: "find", answer: found });
    return true;
  }

  /** The clerk has looked in Cubu itself: the customer is not there. */
  async createIsNotThere(): Promise<void> {
    await this.createDraft?.notThere();
  }

  /** Nothing of a customer stays in this window either: card, drafts, the list of those seen. */
  forget(recordId: string): void {
    const { [recordId]: _, ...others } = this.#editDrafts;
    this.#editDrafts = others;
    this.recent = this.recent.filter((entry) => entry.recordId !== recordId);
    if (chosenCustomer.current?.recordId === recordId) chosenCustomer.clear();
    this.#shownId = "";
    this.card.clear();
    this.search.clear();
    this.#go("home");
  }

  /** Takes the customer on the card in hand, for another panel. */
  choose(): { recordId: string; displayName: string } | undefined {
    const customer = this.card.value;
    if (!customer) return undefined;
    chosenCustomer.choose(inHand(customer));
    return { recordId: customer.recordId, displayName: customer.displayName ?? "" };
  }

  #go(view: View): number {
    this.view = view;
    return ++this.#step;
  }

  async #load(reading: Reading): Promise<boolean> {
    this.#shownId = reading.recordId;
    const step = this.#go("card");
    await this.card.load(reading);
    return step === this.#step;
  }

  /** This draft and no other: by now another customer may be shown, or another draft begun for this one. */
  #drop(draft: EditDraft): void {
    const { recordId } = draft.customer;
    if (this.#editDrafts[recordId] !== draft) return;
    const { [recordId]: _, ...others } = this.#editDrafts;
    this.#editDrafts = others;
    if (this.view === "edit" && this.#shownId === recordId) this.#go("card");
  }

  #isInFront(draft: CreateDraft): boolean {
    return this.view === "create" && this.createDraft === draft;
  }

  /** The draft became a customer, whose card takes the place of its form. Elsewhere on the screen nothing changes. */
  async #made(draft: CreateDraft, reading: Reading): Promise<void> {
    const inFront = this.#isInFront(draft);
    if (this.createDraft === draft) this.createDraft = undefined;
    if (inFront) await this.#load(reading);
    else await this.#read(reading).catch(() => undefined);
  }

  async #read({ recordId, by, answer }: Reading): Promise<Customer> {
    const customer =
      answer ??
      (by === "get"
        ? await call("get_customer", { customerRecordId: recordId })
        : await call("find_customer", { queryType: "RecordId", recordId }));
    this.#editDrafts[recordId]?.readAgain(customer);
    this.#remember(customer);
    return customer;
  }

  #remember(customer: Customer): void {
    const entry = { recordId: customer.recordId, name: customer.displayName ?? "", keyWord: keyWordOf(customer) };
    const others = this.recent.filter(({ recordId }) => recordId !== customer.recordId);
    this.recent = [entry, ...others].slice(0, MOST_RECENT);
    if (chosenCustomer.current?.recordId === customer.recordId) chosenCustomer.choose(inHand(customer));
    // The core has learnt the fields of this record; the key fields to search by come from there.
    const known = new Set(app.catalogue.value?.fields.map((field) => field.fieldTypeId));
    if (customer.fields.some((field) => field.fieldTypeId && !known.has(field.fieldTypeId))) void app.catalogue.load();
  }
}

const inHand = (customer: Customer): ChosenCustomerCard => ({
  recordId: customer.recordId,
  displayName: customer.displayName ?? "",
  phone: contactOf(customer, "phone"),
  email: contactOf(customer, "email"),
});
