/**
 * The walk-in form: who came, for what, how to reach them. Cubu has no call that could tell whether a lost Queue Up was
 * done, so after a lost answer the form is held as it is until the clerk has looked in Cubu and decides.
 */
import type {
  Catalogue,
  CatalogueService,
  CatalogueServiceType,
  JsonValue,
  KeptDraft,
  QueueUp,
  QueuedCase,
} from "../../bindings";
import { app } from "../../state/app.svelte";
import { clock } from "../../state/resource.svelte";
import { CaseParticulars, type KeptParticulars } from "../appointments/case-particulars.svelte";
import { CustomerSearch } from "../customers/customer-search.svelte";
import { Step, type Phase } from "./step.svelte";

export type ChosenCustomer = { recordId: string; name: string };

/** A case that this window queued up. It is gone from here when the window closes; Cubu keeps it. */
export type Taken = {
  case: QueuedCase;
  serviceId: string;
  serviceTypeId: string;
  service: string;
  type: string;
  customer: string | null;
  at: number;
};

export type Problem = {
  field: "serviceId" | "serviceTypeId" | "customer" | "contactPhoneNumber" | "contactEmail";
  message: string;
};

/** What the form is called where it is kept. */
export const WALK_IN = "walk-in";

/** What stands in the form, kept for the next run. */
type Kept = {
  serviceId: string;
  serviceTypeId: string;
  phone: string;
  email: string;
  useCustomerContact: boolean;
  locale: string;
  channel: string;
  customer: ChosenCustomer | null;
  particulars: KeptParticulars | null;
  text: string;
};

export class WalkIn {
  serviceId = $state("");
  serviceTypeId = $state("");
  phone = $state("");
  email = $state("");
  useCustomerContact = $state(true);
  locale = $state("");
  channel = $state("");
  customer = $state.raw<ChosenCustomer | undefined>();
  /** Its case fields and tags. */
  readonly particulars = new CaseParticulars(() => this.serviceId);
  tried = $state(false);
  /** When the last run kept what stands here, for the line that says so. */
  restoredAt = $state<string | undefined>();
  taken = $state.raw<Taken[]>([]);
  /** The ticket on show, until the next one or until it is put away. */
  ticket = $state.raw<Taken | undefined>();

  send = new Step(
    "queue_up",
    (outcome) => this.#sent(outcome),
    () => this.clear(),
  );
  search = new CustomerSearch();
  /** The search on its way: whether it came to a customer who was taken over. */
  #finding: Promise<boolean> | undefined;
  /** Whom and what the walk-in on its way is for, in the words that stood here when it was sent. */
  #asked: Pick<Taken, "service" | "type" | "customer"> = { service: "", type: "", customer: null };

  /** Services a customer can walk into, those of the agent's unit first. */
  services: CatalogueService[] = $derived.by(() => {
    const unit = app.agent.unitId;
    const here = (service: CatalogueService) => (service.unitId !== null && service.unitId === unit ? 0 : 1);
    return (app.catalogue.value?.services ?? [])
      .filter((service) => service.kind !== "appointment")
      .toSorted((a, b) => here(a) - here(b) || a.name.localeCompare(b.name));
  });
  service: CatalogueService | undefined = $derived(this.services.find((entry) => entry.serviceId === this.serviceId));
  types: CatalogueServiceType[] = $derived(typesOf(app.catalogue.value, this.serviceId));
  type: CatalogueServiceType | undefined = $derived(
    this.types.find((entry) => entry.serviceTypeId === this.serviceTypeId),
  );
  usesCustomerContact: boolean = $derived(this.customer !== undefined && this.useCustomerContact);

  /** Held while a lost answer is not decided upon, so that what is shown is what was sent. */
  get held(): boolean {
    return this.send.phase.at === "unknown" || this.send.phase.at === "sending";
  }

  /** More than the service and the type, which stay for the next person. */
  get dirty(): boolean {
    const typed = this.phone || this.email || this.locale || this.channel || this.search.text;
    return !!(typed || this.customer || this.particulars.dirty);
  }

  kept(): JsonValue {
    const { serviceId, serviceTypeId, phone, email, useCustomerContact, locale, channel, customer } = this;
    const kept: Kept = {
      serviceId,
      serviceTypeId,
      phone,
      email,
      useCustomerContact,
      locale,
      channel,
      customer: customer ?? null,
      particulars: this.particulars.kept(),
      text: this.search.text,
    };
    return kept as unknown as JsonValue;
  }

  restore({ content, keptAt }: KeptDraft): void {
    const kept = (content ?? {}) as Partial<Kept>;
    this.serviceId = kept.serviceId ?? "";
    this.serviceTypeId = kept.serviceTypeId ?? "";
    this.phone = kept.phone ?? "";
    this.email = kept.email ?? "";
    this.useCustomerContact = kept.useCustomerContact ?? true;
    this.locale = kept.locale ?? "";
    this.channel = kept.channel ?? "";
    this.customer = kept.customer ?? undefined;
    this.particulars.restore(kept.particulars);
    this.search.text = kept.text ?? "";
    this.restoredAt = keptAt;
  }

  get problems(): Problem[] {
    const problems: Problem[] = [];
    if (!this.service) problems.push({ field: "serviceId", message: "agent-walkin-service-needed" });
    if (!this.type) problems.push({ field: "serviceTypeId", message: "agent-walkin-type-needed" });
    if (this.service?.isCustomerRequired && !this.customer) {
      problems.push({ field: "customer", message: "agent-walkin-customer-needed" });
    }
    if (this.service?.isPhoneNumberRequired && !this.usesCustomerContact && !this.phone.trim()) {
      problems.push({ field: "contactPhoneNumber", message: "agent-walkin-phone-needed" });
    }
    if (this.service?.isEmailRequired && !this.usesCustomerContact && !this.email.trim()) {
      problems.push({ field: "contactEmail", message: "agent-walkin-email-needed" });
    }
    return problems;
  }

  /** The message id of a field's problem, once somebody tried to send. */
  problem(field: Problem["field"]): string | undefined {
    return this.tried ? this.problems.find((entry) => entry.field === field)?.message : undefined;
  }

  chooseService(serviceId: string): void {
    this.serviceId = serviceId;
    const types = typesOf(app.catalogue.value, serviceId);
    if (!types.some((entry) => entry.serviceTypeId === this.serviceTypeId)) {
      this.serviceTypeId = types.length === 1 && types[0] ? types[0].serviceTypeId : "";
    }
  }

  /** With one service to choose from, in this unit or at all, there is nothing to choose. */
  startWith(): void {
    if (this.serviceId) return;
    const here = this.services.filter((service) => service.unitId !== null && service.unitId === app.agent.unitId);
    const [only, another] = here.length > 0 ? here : this.services;
    if (only && !another) this.chooseService(only.serviceId);
  }

  /** Whoever is still being looked for is not wanted any longer. */
  chooseCustomer(customer: ChosenCustomer): void {
    this.customer = customer;
    this.useCustomerContact = true;
    this.search.clear();
  }

  dropCustomer(): void {
    this.customer = undefined;
  }

  async findCustomer(): Promise<void> {
    this.#finding = this.#find();
    await this.#finding;
  }

  request(): QueueUp {
    const own = !this.usesCustomerContact;
    return {
      serviceId: this.serviceId,
      serviceTypeId: this.serviceTypeId,
      ...(this.locale.trim() && { locale: this.locale.trim() }),
      ...(this.channel && { channel: this.channel }),
      ...(this.customer && { customerRecordId: this.customer.recordId }),
      ...(this.usesCustomerContact && { useCustomerContactInfo: true }),
      ...(own && this.phone.trim() && { contactPhoneNumber: this.phone.trim() }),
      ...(own && this.email.trim() && { contactEmail: this.email.trim() }),
      ...this.particulars.request(),
    };
  }

  /** True when it was taken. A search on its way is waited for, so that nobody is queued up without their record. */
  async submit(): Promise<boolean> {
    if (this.search.busy) {
      const besides = this.#besides();
      if (!(await this.#finding) || this.#besides() !== besides) return false;
    }
    this.tried = true;
    if (this.held || this.problems.length > 0) return false;
    this.#asked = {
      service: this.service?.name ?? "",
      type: this.type?.name ?? "",
      customer: this.customer?.name ?? null,
    };
    return (await this.send.run(this.request())).at === "done";
  }

  /** After a look in Cubu: it was not taken, so send it once more. */
  async sendAgain(): Promise<void> {
    await this.send.retry();
  }

  /** After a look in Cubu: it was taken, or is not wanted any longer. */
  async drop(): Promise<void> {
    await this.send.drop();
  }

  /** For the next person; the service stays, most walk-ins come for the same few. */
  clear(): void {
    this.phone = "";
    this.email = "";
    this.locale = "";
    this.channel = "";
    this.customer = undefined;
    this.particulars.clear();
    this.useCustomerContact = true;
    this.search.clear();
    this.tried = false;
    this.restoredAt = undefined;
  }

  async #find(): Promise<boolean> {
    const found = await this.search.find();
    if (!found || this.search.corrected) return false;
    this.chooseCustomer({ recordId: found.recordId, name: found.displayName ?? found.recordId });
    return true;
  }

  /** What is sent besides the customer, to tell whether it was changed while somebody waited. */
  #besides(): string {
    const { serviceId, serviceTypeId, phone, email, locale, channel } = this;
    return JSON.stringify([serviceId, serviceTypeId, phone, email, locale, channel, this.particulars.kept()]);
  }

  #sent(outcome: Phase<"queue_up">): void {
    if (outcome.at !== "done") return;
    const taken: Taken = {
      case: outcome.answer,
      serviceId: outcome.request.serviceId,
      serviceTypeId: outcome.request.serviceTypeId,
      ...this.#asked,
      at: clock.read(),
    };
    this.taken = [taken, ...this.taken];
    this.ticket = taken;
    this.clear();
  }
}

function typesOf(catalogue: Catalogue | undefined, serviceId: string): CatalogueServiceType[] {
  return (catalogue?.serviceTypes ?? [])
    .filter((type) => type.serviceIds.includes(serviceId))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
