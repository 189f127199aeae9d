/**
 * The fields and tags of a case that is about to be opened, by a booking or a walk-in: those the catalogue knows of, and what
 * was said of each. No call lists them, so only what the form shows is sent: what the catalogue forgets meanwhile is not.
 */
import type { BookAppointment, CatalogueCaseField, CatalogueCaseTag } from "../../bindings";
import { app } from "../../state/app.svelte";

export type KeptParticulars = { fields: Record<string, string>; tags: string[] };

export class CaseParticulars {
  readonly #serviceId: () => string;
  #values = $state.raw<Record<string, string>>({});
  #chosen = $state.raw<string[]>([]);
  /** Its part of the form is unfolded. */
  open = $state(false);

  constructor(serviceId: () => string) {
    this.#serviceId = serviceId;
  }

  get fields(): CatalogueCaseField[] {
    const serviceId = this.#serviceId();
    return (app.catalogue.value?.caseFields ?? []).filter(
      ({ serviceIds }) => serviceIds.length === 0 || serviceIds.includes(serviceId),
    );
  }

  get tags(): CatalogueCaseTag[] {
    return app.catalogue.value?.caseTags ?? [];
  }

  value(fieldTypeId: string): string {
    return this.#values[fieldTypeId] ?? "";
  }

  type(fieldTypeId: string, text: string): void {
    this.#values = { ...this.#values, [fieldTypeId]: text };
  }

  has(tagId: string): boolean {
    return this.#chosen.includes(tagId);
  }

  mark(tagId: string, on: boolean): void {
    this.#chosen = this.#chosen.filter((id) => id !== tagId).concat(on ? tagId : []);
  }

  /** How many of those on the form are filled in. */
  get count(): number {
    const { fields, tagIds } = this.request();
    return Object.keys(fields ?? {}).length + (tagIds ?? []).length;
  }

  get dirty(): boolean {
    return this.#chosen.length > 0 || Object.values(this.#values).some((text) => text !== "");
  }

  request(): Pick<BookAppointment, "fields" | "tagIds"> {
    const values = this.fields.map(({ fieldTypeId }) => [fieldTypeId, this.value(fieldTypeId).trim()] as const);
    const filled = values.filter(([, text]) => text !== "");
    const tagIds = this.tags.map(({ tagId }) => tagId).filter((tagId) => this.has(tagId));
    return {
      ...(filled.length > 0 && { fields: Object.fromEntries(filled) }),
      ...(tagIds.length > 0 && { tagIds }),
    };
  }

  kept(): KeptParticulars | null {
    return this.dirty ? { fields: this.#values, tags: this.#chosen } : null;
  }

  restore(kept: KeptParticulars | null | undefined): void {
    this.#values = { ...kept?.fields };
    this.#chosen = [...(kept?.tags ?? [])];
    this.open = this.dirty;
  }

  clear(): void {
    this.restore(null);
  }
}
