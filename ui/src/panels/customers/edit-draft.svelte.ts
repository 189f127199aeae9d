/**
 * Changes to one customer, from the first key typed until Cubu has them. Only fields that differ are sent. A draft
 * outlives leaving the form, a failed call and an unknown outcome; it is thrown away on demand or when Cubu has it all.
 */
import type { CatalogueField, Customer, JsonValue } from "../../bindings";
import { Act } from "../../state/act.svelte";
import { IntentDraft } from "../../state/intent";
import { proven, unsettled, type Verdict as Outcome } from "../../state/unsettled.svelte";
import {
  editTextOf,
  fieldTypeOf,
  inOrder,
  isEditable,
  kindOf,
  parse,
  shownText,
  shownValue,
  type EditableField,
} from "./fields";

export type Change = { type: CatalogueField; before: string; after: string; text: string; value: JsonValue };

export type Verdict = { there: Change[]; missing: Change[] };

export class EditDraft {
  customer = $state.raw<Customer>({} as Customer);
  #typed = $state<Record<string, string>>({});
  #checked = $state<Record<string, boolean>>({});
  /** What was sent when nobody knows whether it arrived. */
  unsettled = $state.raw<Change[] | undefined>();
  verdict = $state.raw<Verdict | undefined>();
  readonly intent = new IntentDraft();
  readonly saving = new Act<Change[]>(async (changes) => {
    await this.intent.send("update_customer", {
      customerRecordId: this.customer.recordId,
      fields: changes.map(({ type, value }) => ({ fieldTypeId: type.fieldTypeId, value })),
    });
  });

  constructor(customer: Customer) {
    this.customer = customer;
  }

  fields: EditableField[] = $derived(inOrder(this.customer.fields.filter(isEditable)));

  changes: Change[] = $derived.by(() =>
    this.fields.flatMap((field) => {
      const typed = this.#typed[field.fieldTypeId];
      if (typed === undefined) return [];
      const kind = kindOf(field.dataType);
      const parsed = parse(kind, typed);
      const text = parsed.ok ? parsed.text : typed;
      if (text === editTextOf(field)) return [];
      const value = parsed.ok ? parsed.value : typed;
      return [{ type: fieldTypeOf(field), before: shownValue(field), after: shownText(kind, text), text, value }];
    }),
  );

  /** Field type id → message id. */
  problems: Record<string, string> = $derived.by(() => {
    const problems: Record<string, string> = {};
    for (const { type } of this.changes) {
      const parsed = parse(kindOf(type.dataType), this.textOf(type.fieldTypeId));
      if (!parsed.ok) problems[type.fieldTypeId] = parsed.problem;
      else if (type.isRequired && parsed.value === null) problems[type.fieldTypeId] = "customers-problem-required";
    }
    return problems;
  });

  get dirty(): boolean {
    return this.changes.length > 0;
  }

  textOf(fieldTypeId: string): string {
    const typed = this.#typed[fieldTypeId];
    if (typed !== undefined) return typed;
    const field = this.customer.fields.find((entry) => entry.fieldTypeId === fieldTypeId);
    return field ? editTextOf(field) : "";
  }

  type(fieldTypeId: string, text: string): void {
    this.#typed[fieldTypeId] = text;
    this.verdict = undefined;
  }

  change(fieldTypeId: string): Change | undefined {
    return this.changes.find((change) => change.type.fieldTypeId === fieldTypeId);
  }

  /** Problems are shown once a field was left, or all of them once saving was tried. */
  leave(fieldTypeId: string): void {
    this.#checked[fieldTypeId] = true;
  }

  problemOf(fieldTypeId: string): string | undefined {
    return this.#checked[fieldTypeId] ? this.problems[fieldTypeId] : undefined;
  }

  /** True when Cubu took the changes. */
  async save(): Promise<boolean> {
    for (const { type } of this.changes) this.leave(type.fieldTypeId);
    if (!this.dirty || this.unsettled || Object.keys(this.problems).length > 0) return false;
    const changes = this.changes;
    const done = await this.saving.run(changes);
    if (this.saving.error?.outcomeUnknown) this.unsettled = changes;
    return done;
  }

  /** After an unknown outcome: takes the core's verdict, once there is one. */
  async hear(): Promise<Outcome["is"]> {
    const { id } = this.intent;
    const { is } = unsettled.verdictOn(id);
    if (!this.unsettled || is === "open") return "open";
    if (is !== "closed") this.intent.renew();
    this.unsettled = undefined;
    const lost = this.saving.error;
    this.saving.error = is === "didNotHappen" && lost ? proven(lost) : undefined;
    await unsettled.told(id);
    return is;
  }

  /** A newer reading of the same customer: what it holds is the new "before". Settles an unknown outcome. */
  readAgain(customer: Customer): void {
    this.customer = customer;
    if (!this.unsettled) return;
    const arrived = (change: Change) => {
      const field = customer.fields.find((entry) => entry.fieldTypeId === change.type.fieldTypeId);
      const parsed = parse(kindOf(change.type.dataType), field ? editTextOf(field) : "");
      return parsed.ok && parsed.text === change.text;
    };
    this.verdict = {
      there: this.unsettled.filter(arrived),
      missing: this.unsettled.filter((change) => !arrived(change)),
    };
    this.unsettled = undefined;
    this.saving.clear();
  }

  undo(fieldTypeId: string): void {
    delete this.#typed[fieldTypeId];
    delete this.#checked[fieldTypeId];
  }
}
