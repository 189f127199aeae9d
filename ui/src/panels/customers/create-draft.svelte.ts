/**
 * A customer who does not exist yet: what was typed, whether somebody has one of the key values already, and how the
 * sending went. A look-alike stops the sending once and is shown; the clerk decides. Nothing is ever merged.
 */
import type { CatalogueField, CommandError, CreatedCustomer, Customer, JsonValue, KeptDraft } from "../../bindings";
import { asCommandError } from "../../host";
import { Act } from "../../state/act.svelte";
import { app } from "../../state/app.svelte";
import { IntentDraft, type KeptIntent } from "../../state/intent";
import { proven, unsettled } from "../../state/unsettled.svelte";
import { findOrNothing } from "./customer-search.svelte";
import { inOrder, kindOf, parse } from "./fields";
import { asRecordId, underField, type Lookup } from "./lookup";

/** Whether somebody has this value of a key field. */
export type KeyCheck =
  | { text: string; state: "checking" }
  | { text: string; state: "free" }
  | { text: string; state: "taken"; customer: Customer }
  | { text: string; state: "failed"; error: CommandError };

/** A field that this desk does not know: its id and value, typed by hand. */
export type OwnField = { key: number; fieldTypeId: string; text: string };

/** What the form is called where it is kept. */
export const NEW_CUSTOMER = "new-customer";

/** What stands in the form, kept for the next run. */
type Kept = { typed: Record<string, string>; own: Omit<OwnField, "key">[]; intent: KeptIntent | null };

export class CreateDraft {
  ownFields = $state<OwnField[]>([]);
  checks = $state.raw<Record<string, KeyCheck>>({});
  checking = $state(false);
  nothingTyped = $state(false);
  /** The key checks held the sending back; the next press sends all the same. */
  heldBack = $state(false);
  /** Sent, and nobody knows whether it arrived. */
  unsettled = $state(false);
  /** What looking for an unsettled customer gave: "missing", "noKey" (nothing to look by), or the failed look. */
  looked = $state.raw<"missing" | "noKey" | CommandError | undefined>();
  #typed = $state<Record<string, string>>({});
  #checked = $state<Record<string, boolean>>({});
  /** What Cubu made of it. */
  created: CreatedCustomer | undefined;
  #nextKey = 1;
  /** When the last run kept what stands here, for the line that says so. */
  readonly restoredAt: string | undefined;
  readonly intent: IntentDraft;
  readonly sending = new Act<Record<string, JsonValue>>(async (fields) => {
    this.created = await this.intent.send("create_customer", { fields });
  });

  fields: CatalogueField[] = $derived(inOrder(app.catalogue.value?.fields ?? []));

  problems: Record<string, string> = $derived.by(() => {
    const problems: Record<string, string> = {};
    for (const type of this.fields) {
      const parsed = parse(kindOf(type.dataType), this.textOf(type.fieldTypeId));
      if (!parsed.ok) problems[type.fieldTypeId] = parsed.problem;
      else if (type.isRequired && parsed.value === null) problems[type.fieldTypeId] = "customers-problem-required";
    }
    for (const own of this.ownFields) {
      const idGiven = own.fieldTypeId.trim() !== "";
      if (idGiven && !asRecordId(own.fieldTypeId)) problems[`own-${own.key}`] = "customers-problem-field-id";
      else if (!idGiven && own.text.trim()) problems[`own-${own.key}`] = "customers-problem-field-id-missing";
    }
    return problems;
  });

  constructor(kept?: KeptDraft) {
    const { typed, own, intent } = (kept?.content ?? {}) as Partial<Kept>;
    this.intent = new IntentDraft(intent ?? undefined);
    if (!kept) return;
    this.#typed = { ...typed };
    for (const { fieldTypeId, text } of own ?? []) this.ownFields.push({ key: this.#nextKey++, fieldTypeId, text });
    this.restoredAt = kept.keptAt;
  }

  kept(): JsonValue {
    const kept: Kept = {
      typed: { ...this.#typed },
      own: this.ownFields.map(({ fieldTypeId, text }) => ({ fieldTypeId, text })),
      intent: this.intent.kept ?? null,
    };
    return kept as unknown as JsonValue;
  }

  get dirty(): boolean {
    return (
      Object.values(this.#typed).some((text) => text.trim()) ||
      this.ownFields.some((own) => own.fieldTypeId || own.text)
    );
  }

  /** Filled key fields: without one, this customer can't be found again from here. */
  filledKeys: CatalogueField[] = $derived(
    this.fields.filter((type) => type.isKey && type.slug && this.textOf(type.fieldTypeId).trim()),
  );

  textOf(id: string): string {
    return this.#typed[id] ?? "";
  }

  type(id: string, text: string): void {
    this.#typed[id] = text;
    this.touch();
  }

  /** Anything typed makes an old verdict void. */
  touch(): void {
    this.nothingTyped = false;
    this.heldBack = false;
    if (this.looked === "missing") this.looked = undefined;
  }

  addOwnField(): void {
    this.ownFields.push({ key: this.#nextKey++, fieldTypeId: "", text: "" });
  }

  removeOwnField(key: number): void {
    this.ownFields = this.ownFields.filter((own) => own.key !== key);
  }

  /** What a search without a hit was for; that search was the look for a look-alike already. */
  prefill(field: CatalogueField, text: string): void {
    const type = this.fields.find((entry) => entry.slug === field.slug);
    if (!type) return;
    const parsed = parse(kindOf(type.dataType), text);
    const kept = parsed.ok ? parsed.text : text;
    this.type(type.fieldTypeId, kept);
    if (type.isKey) this.#note(type.fieldTypeId, { text: kept, state: "free" });
  }

  problemOf(id: string): string | undefined {
    return this.#checked[id] ? this.problems[id] : undefined;
  }

  /** A field was left: its problem may show, and a key value is looked up. */
  leave(id: string): void {
    this.#checked[id] = true;
    if (this.checking) return;
    const type = this.filledKeys.find((entry) => entry.fieldTypeId === id);
    if (type && !this.problems[id]) void this.#check(type);
  }

  /** The check that belongs to what stands in the field now. */
  checkOf(id: string): KeyCheck | undefined {
    const check = this.checks[id];
    return check && check.text === this.#keyText(id) ? check : undefined;
  }

  /** The id of the new customer, or undefined when it was held back or failed. */
  async create(): Promise<string | undefined> {
    if (this.checking || this.sending.busy || this.unsettled) return undefined;
    for (const id of [
      ...this.fields.map((type) => type.fieldTypeId),
      ...this.ownFields.map((own) => `own-${own.key}`),
    ]) {
      this.#checked[id] = true;
    }
    if (Object.keys(this.problems).length > 0) return undefined;
    this.nothingTyped = Object.keys(this.#values()).length === 0;
    if (this.nothingTyped) return undefined;
    if (!this.heldBack && !(await this.#keysAreFree())) {
      this.heldBack = true;
      return undefined;
    }
    this.looked = undefined;
    const done = await this.sending.run(this.#values());
    if (this.sending.error?.outcomeUnknown) this.unsettled = true;
    return done ? this.created?.recordId : undefined;
  }

  /** After an unknown outcome: the customer with one of the key values, if there is one now. */
  async lookForIt(): Promise<Customer | undefined> {
    if (this.filledKeys.length === 0) {
      this.looked = "noKey";
      return undefined;
    }
    this.checking = true;
    try {
      for (const lookup of this.filledKeys.flatMap((type) => this.#lookups(type))) {
        const customer = await findOrNothing(lookup);
        if (customer) return customer;
      }
      this.looked = "missing";
      this.unsettled = false;
      this.sending.clear();
    } catch (problem) {
      this.looked = asCommandError(problem, "find_customer");
    } finally {
      this.checking = false;
    }
    return undefined;
  }

  /** After an unknown outcome: takes the core's verdict, once there is one. The id of the customer, if it was made. */
  async hear(): Promise<string | undefined> {
    const { id } = this.intent;
    const verdict = unsettled.verdictOn(id);
    if (!this.unsettled || verdict.is === "open") return undefined;
    if (verdict.is !== "closed") this.intent.renew();
    this.unsettled = false;
    this.looked = undefined;
    const lost = this.sending.error;
    this.sending.error = verdict.is === "didNotHappen" && lost ? proven(lost) : undefined;
    await unsettled.told(id);
    return verdict.is === "happened" ? (verdict.answer as CreatedCustomer).recordId : undefined;
  }

  /** The clerk has looked in Cubu and says that it is not there: the old wish is closed, the next press is a new one. */
  async notThere(): Promise<void> {
    try {
      await unsettled.drop(this.intent.id);
    } catch (problem) {
      const error = asCommandError(problem, "drop_unsettled");
      if (error.code !== "not_found") {
        this.looked = error;
        return;
      }
    }
    this.intent.renew();
    this.unsettled = false;
    this.looked = undefined;
    this.sending.clear();
  }

  #values(): Record<string, JsonValue> {
    const values: Record<string, JsonValue> = {};
    for (const type of this.fields) {
      const parsed = parse(kindOf(type.dataType), this.textOf(type.fieldTypeId));
      if (parsed.ok && parsed.value !== null) values[type.fieldTypeId] = parsed.value;
    }
    for (const own of this.ownFields) {
      const id = asRecordId(own.fieldTypeId);
      if (id && own.text.trim()) values[id] = own.text.trim();
    }
    return values;
  }

  async #keysAreFree(): Promise<boolean> {
    this.checking = true;
    try {
      await Promise.all(this.filledKeys.map((type) => this.#check(type)));
    } finally {
      this.checking = false;
    }
    return this.filledKeys.every((type) => this.checkOf(type.fieldTypeId)?.state === "free");
  }

  #keyText(id: string): string {
    const type = this.fields.find((entry) => entry.fieldTypeId === id);
    const parsed = parse(kindOf(type?.dataType), this.textOf(id));
    return parsed.ok ? parsed.text : "";
  }

  #lookups(type: CatalogueField): Lookup[] {
    return underField(this.#keyText(type.fieldTypeId), type);
  }

  #note(id: string, check: KeyCheck): void {
    this.checks = { ...this.checks, [id]: check };
  }

  async #check(type: CatalogueField): Promise<void> {
    const id = type.fieldTypeId;
    const text = this.#keyText(id);
    const known = this.checkOf(id);
    if (known && known.state === "free") return;
    this.#note(id, { text, state: "checking" });
    let result: KeyCheck = { text, state: "free" };
    try {
      for (const lookup of this.#lookups(type)) {
        const customer = await findOrNothing(lookup);
        if (customer) {
          result = { text, state: "taken", customer };
          break;
        }
      }
    } catch (problem) {
      result = { text, state: "failed", error: asCommandError(problem, "find_customer") };
    }
    if (this.#keyText(id) === text) this.#note(id, result);
  }
}
