/**
 * The form of one organisation: what is typed, what is wrong with it, and the saving. It outlives the screen that shows
 * it, so switching tabs or panels loses nothing. The secret leaves it once, towards the core, and is wiped after that.
 */
import type { EndpointCard, Profile, ProfileDraft } from "../../bindings";
import { call } from "../../host";
import { t } from "../../l10n/l10n.svelte";
import { Act } from "../../state/act.svelte";
import { app } from "../../state/app.svelte";
import { checkField, type CheckedField } from "./checks";

export const CUBU_BASE_URL = "https://s2s.api.app.cubu.com";
export const MICROSOFT_AUTHORITY = "https://login.microsoftonline.com";

/** Every field of a profile as typed; a new one has no id yet. */
type Draft = Required<Omit<ProfileDraft, "id">> & Pick<ProfileDraft, "id">;
type AddressDraft = Draft["addresses"][number];

const emptyDraft = (): Draft => ({
  name: "",
  authority: MICROSOFT_AUTHORITY,
  baseUrl: CUBU_BASE_URL,
  tenantId: "",
  clientId: "",
  applicationId: "",
  cubuWebUrl: "",
  customerIdSpelling: "both",
  addresses: [],
});

const REQUIRED: CheckedField[] = [
  "name",
  "tenantId",
  "clientId",
  "applicationId",
  "authority",
  "baseUrl",
  "cubuWebUrl",
];

export class ProfileEditor {
  draft = $state<Draft>(emptyDraft());
  secret = $state("");
  keptWhere = $state<"keychain" | "thisRun" | undefined>();
  #saved = $state("");
  #checked = $state<Partial<Record<CheckedField, string>>>({});

  readonly loading = new Act(async (profileId: string) => this.#take(await call("get_profile", { profileId })));
  readonly saving = new Act(async () => {
    const summary = await call("save_profile", { profile: $state.snapshot(this.draft) });
    this.draft.id = summary.id;
    this.#saved = JSON.stringify(this.draft);
    if (this.secret) {
      this.keptWhere = (await call("set_client_secret", { profileId: summary.id, clientSecret: this.secret })).kept;
      this.secret = "";
    }
    await call("activate_profile", { profileId: summary.id });
    await app.refresh();
    void app.endpoints.load();
  });

  constructor() {
    this.#saved = JSON.stringify(this.draft);
  }

  get isNew(): boolean {
    return this.draft.id === undefined;
  }

  changed: boolean = $derived(this.secret !== "" || JSON.stringify(this.draft) !== this.#saved);

  #take(profile: Profile): void {
    this.draft = { ...profile, cubuWebUrl: profile.cubuWebUrl ?? "" };
    this.#saved = JSON.stringify(this.draft);
    this.#checked = {};
  }

  /** The message beside a field: what the core refused, else what the check on leaving the field found. */
  problem(field: string): string | undefined {
    const found = this.#checked[field as CheckedField];
    return found ? t(found) : this.saving.fieldError(field);
  }

  check(field: CheckedField): void {
    this.#checked[field] = checkField(field, field === "clientSecret" ? this.secret : this.draft[field]);
  }

  /** False, with a message beside each wrong field, when there is no use in asking the core. */
  checkAll(hasSecret: boolean): boolean {
    for (const field of REQUIRED) this.check(field);
    this.#checked.clientSecret = hasSecret ? undefined : checkField("clientSecret", this.secret);
    return Object.values(this.#checked).every((problem) => problem === undefined);
  }

  address(card: EndpointCard): AddressDraft {
    const own = this.draft.addresses.find((entry) => entry.endpoint === card.name);
    return own ?? { endpoint: card.name, method: card.method, path: card.path };
  }

  setAddress(card: EndpointCard, change: Partial<AddressDraft>): void {
    const next = { ...this.address(card), ...change };
    const others = this.draft.addresses.filter((entry) => entry.endpoint !== card.name);
    const assumed = next.method === card.method && next.path === card.path;
    this.draft.addresses = assumed ? others : [...others, next];
  }
}
