/**
 * What the whole window shares: the connection, the settings, the catalogue, the agent at this desk, which panel is in
 * front, and what one panel asks of another. Panels keep their own state in their own folders.
 */
import type {
  AgentDesk,
  AppState as Snapshot,
  CalendarDay,
  Catalogue,
  CommandError,
  CommandName,
  ConnectionState,
  EndpointCard,
  FreedTime,
  Settings,
  Watch,
} from "../bindings";
import { call, onSettled } from "../host";
import { l10n } from "../l10n/l10n.svelte";
import { isWrite } from "./intent";
import { emptyings } from "./emptyings.svelte";
import { moves } from "./moves.svelte";
import { Resource, clock } from "./resource.svelte";
import { shortcuts } from "./shortcuts.svelte";
import { unsettled } from "./unsettled.svelte";
import { watches } from "./watches.svelte";

export type Panel =
  "appointments" | "emptying" | "watches" | "calendars" | "customers" | "agent" | "settings" | "connection" | "audit";

/** Panels that need no connection. */
const AT_HOME: Panel[] = ["settings", "audit"];

/** A panel asking another one for something. The asked panel takes it once with `takeIntent`. */
export type Intent =
  | { panel: "appointments"; freed: FreedTime; moved?: NonNullable<Watch["appointment"]> }
  | {
      panel: "appointments";
      freed?: undefined;
      serviceId?: string;
      date?: string;
      customerRecordId?: string;
      customerName?: string;
    }
  | { panel: "customers"; customerRecordId: string; search?: undefined }
  /** The search box, whatever is open there. */
  | { panel: "customers"; search: true }
  | { panel: "emptying"; at: CalendarDay }
  | { panel: "audit"; exporting: true }
  | { panel: "agent"; walkIn: { customerRecordId: string; customerName: string } };

const NO_AGENT: AgentDesk = {
  userId: null,
  displayName: null,
  unitId: null,
  unitName: null,
  workspaceId: null,
  workspaceName: null,
  workstationId: null,
  workstationName: null,
  presence: { status: "unknown", reason: null, description: null, since: null },
};

const NO_CONNECTION: ConnectionState = {
  status: "none",
  profileId: null,
  profileName: null,
  practice: false,
  cubuWebUrl: null,
  checkedAt: null,
  clockSkewSeconds: null,
};

/** Commands that ask Cubu beside those that are calls of its own; all others say nothing about the connection. */
const ASKS_CUBU: ReadonlySet<string> = new Set<CommandName>([
  "test_connection",
  "load_day",
  "more_of_day",
  "load_span",
  "more_times",
  "learn_services",
  "propose_times",
  "empty_calendar",
  "move_appointment",
  "resume_move",
  "end_move",
  "retry_unsettled",
]);

class App {
  snapshot = $state.raw<Snapshot | undefined>();
  startError = $state.raw<CommandError | undefined>();
  panel = $state<Panel>("connection");
  lastAnswerAt = $state<number | undefined>();
  catalogue = new Resource<Catalogue>(() => call("get_catalogue", {}));
  endpoints = new Resource<EndpointCard[]>(() => call("list_endpoints", {}));
  agent = $state.raw<AgentDesk>(NO_AGENT);
  #intent = $state.raw<Intent | undefined>();
  /** Somebody was quicker than the first answer: the screen stays where they went. */
  #went = false;

  connection: ConnectionState = $derived(this.snapshot?.connection ?? NO_CONNECTION);
  connected: boolean = $derived(this.connection.status === "connected");
  /** Changes with the organisation, so that panels start afresh for another one. */
  organisation: string = $derived(this.connection.profileId ?? "");

  /** Reads the state at start and opens the screen that fits it. */
  async start(): Promise<void> {
    this.#went = false;
    onSettled(({ command, error }) => {
      // A watch ends with its appointment.
      if (!error && /^(move|cancel)_appointment$/.test(command)) void watches.check(true);
      if (error && isWrite(command)) void unsettled.read();
      if (!error && this.#asksCubu(command)) this.lastAnswerAt = clock.read();
    });
    try {
      this.take(await call("app_state", {}));
      if (this.connected && !this.#went) this.panel = "appointments";
    } catch (problem) {
      this.startError = problem as CommandError;
    }
    void this.endpoints.load();
  }

  #asksCubu(command: string): boolean {
    return ASKS_CUBU.has(command) || !!this.endpoints.value?.some((card) => card.command === command);
  }

  /** A new snapshot from the core, at start or after practice mode, a deleted profile, … */
  take(snapshot: Snapshot): void {
    const before = this.organisation;
    this.snapshot = snapshot;
    this.agent = snapshot.agent;
    this.applySettings(snapshot.settings);
    if (this.connected) {
      if (before !== this.organisation) this.catalogue.clear();
      void this.catalogue.load();
    } else {
      this.catalogue.clear();
    }
    if (before !== this.organisation) {
      unsettled.clear();
      moves.clear();
      emptyings.clear();
      watches.clear();
    }
    if (this.connected) {
      void unsettled.read();
      void moves.read();
      void emptyings.read();
      void watches.read();
    }
    if (before !== this.organisation) {
      this.lastAnswerAt = undefined;
      this.#intent = undefined;
    }
    this.#show(this.panel);
  }

  async refresh(): Promise<void> {
    this.take(await call("app_state", {}));
  }

  /** After any agent call: the core has observed the answer, this reads what it made of it. */
  async refreshAgent(): Promise<void> {
    this.agent = await call("agent_desk", {});
  }

  /** Without a connection, every way leads to the connection. */
  go(panel: Panel): void {
    this.#went = true;
    this.#show(panel);
  }

  #show(panel: Panel): void {
    this.panel = this.connected || AT_HOME.includes(panel) ? panel : "connection";
  }

  ask(intent: Intent): void {
    this.#intent = intent;
    this.go(intent.panel);
  }

  takeIntent<P extends Intent["panel"]>(panel: P): Extract<Intent, { panel: P }> | undefined {
    const intent = this.#intent;
    if (intent?.panel !== panel) return undefined;
    this.#intent = undefined;
    return intent as Extract<Intent, { panel: P }>;
  }

  get settings(): Settings | undefined {
    return this.snapshot?.settings;
  }

  async saveSettings(settings: Settings): Promise<void> {
    const kept = await call("save_settings", { settings });
    if (this.snapshot) this.snapshot = { ...this.snapshot, settings: kept };
    this.applySettings(kept);
  }

  applySettings(settings: Settings): void {
    const root = document.documentElement;
    const dark = settings.theme === "dark" || (settings.theme === "system" && prefers("(prefers-color-scheme: dark)"));
    const contrast =
      settings.theme === "contrast" || (settings.theme === "system" && prefers("(prefers-contrast: more)"));
    root.dataset.theme = contrast ? "contrast" : dark ? "dark" : "light";
    root.classList.toggle("dark", dark || contrast);
    root.dataset.density = settings.density;
    l10n.choose(settings.language);
    root.lang = l10n.language;
    l10n.pageDirection = settings.direction === "auto" ? l10n.naturalDirection : settings.direction;
    root.dir = l10n.pageDirection;
    shortcuts.singleKeys = settings.singleKeyShortcuts;
  }
}

const prefers = (query: string): boolean => window.matchMedia(query).matches;

export const app = new App();
