/**
 * Who works at this desk, where, and in which status. Presence comes from the core, which keeps it from the calls made;
 * this class asks for the reads that correct it and reads the core's view again after every write.
 */
import type {
  AgentStatus,
  BackOfficeTask,
  ClockOutReason,
  CommandName,
  UnavailabilityReason,
  User,
  Workspace,
  Workstation,
} from "../../bindings";
import { call } from "../../host";
import { app } from "../../state/app.svelte";
import { Resource } from "../../state/resource.svelte";
import { placeOf, type Place } from "./place";
import { ReasonForm, leaveRequest, pauseRequest } from "./reason.svelte";
import { Step } from "./step.svelte";

/** Which of the forms under the status is open. */
export type Asking = "nothing" | "unavailable" | "clockOut";

export class Desk {
  users = new Resource<User[]>(() => call("list_users", {}));
  status = new Resource<AgentStatus, string>((userId) => call("get_agent_status", { userId }));
  workspaces = new Resource<Workspace[], Place>(({ userId }) => call("list_workspaces", { userId }));
  workstations = new Resource<Workstation[], Place>(({ userId }) => call("list_workstations", { userId }));
  tasks = new Resource<BackOfficeTask[]>(() => call("list_back_office_tasks", {}));

  /** Somebody wants to become another agent; without an agent that is always so. */
  changing = $state(false);
  asking = $state<Asking>("nothing");
  vacateOthers = $state(true);
  pause = new ReasonForm<UnavailabilityReason>("Break");
  leaving = new ReasonForm<ClockOutReason>("EndOfShift");

  choose = new Step("choose_agent", (outcome) => {
    if (outcome.at !== "done") return;
    app.agent = outcome.answer;
    this.changing = false;
  });
  selectUnit = new Step("select_current_unit", () => this.look());
  occupy = new Step("occupy_workstation", () => this.lookAround());
  vacate = new Step("vacate_workstation", () => this.lookAround());
  clockIn = new Step("clock_in", () => this.look());
  clockOut = new Step("clock_out", () => refreshAgent());
  available = new Step("become_available", () => refreshAgent());
  unavailable = new Step("become_unavailable", () => refreshAgent());

  get #presenceSteps() {
    return [this.clockIn, this.clockOut, this.available, this.unavailable];
  }

  /** One change of status at a time: they would overtake each other. */
  get presenceBusy(): boolean {
    return this.#presenceSteps.some((step) => step.sending);
  }

  /** Reads everything about the agent: profile, unit, then what is around. */
  async look(): Promise<void> {
    const userId = app.agent.userId;
    if (!userId) return;
    await this.status.load(userId);
    await refreshAgent();
    await this.lookAround();
  }

  /** Reads what the agent's unit offers. */
  async lookAround(): Promise<void> {
    const place = placeOf(app.agent);
    if (!place) {
      this.workstations.clear();
      this.workspaces.clear();
      return;
    }
    await Promise.all([this.workstations.load(place), this.workspaces.load(place)]);
    await refreshAgent();
  }

  /** A Power Agent may vacate a workstation at which somebody else sits. */
  get mayVacateOthers(): boolean {
    return this.status.value?.roles.includes("PowerAgent") ?? false;
  }

  ask(what: Asking): void {
    this.asking = this.asking === what ? "nothing" : what;
    if (this.asking === "unavailable" && this.tasks.state === "idle") void this.tasks.load();
  }

  async startWork(unitId: string): Promise<void> {
    await this.#change("clock_in", () => this.clockIn.run({ userId: this.#user, unitId }));
  }

  async comeBack(): Promise<void> {
    await this.#change("become_available", () => this.available.run({ userId: this.#user }));
  }

  async takeBreak(): Promise<void> {
    this.pause.tried = true;
    if (!this.pause.complete) return;
    const outcome = await this.#change("become_unavailable", () =>
      this.unavailable.run(pauseRequest(this.#user, this.pause)),
    );
    if (outcome?.at === "done") this.#closeForm(this.pause);
  }

  async leave(): Promise<void> {
    this.leaving.tried = true;
    if (!this.leaving.complete) return;
    const outcome = await this.#change("clock_out", () => this.clockOut.run(leaveRequest(this.#user, this.leaving)));
    if (outcome?.at === "done") this.#closeForm(this.leaving);
  }

  get #user(): string {
    return app.agent.userId ?? "";
  }

  async #change<T>(command: CommandName, send: () => Promise<T>): Promise<T | undefined> {
    if (this.presenceBusy || !this.#user) return undefined;
    for (const other of this.#presenceSteps) if (other.command !== command) other.leave();
    return await send();
  }

  #closeForm(form: { clear(): void }): void {
    form.clear();
    this.asking = "nothing";
  }
}

/** What the core made of the last answers. It stays on this computer; if it fails, the older view is still true. */
export async function refreshAgent(): Promise<void> {
  try {
    await app.refreshAgent();
  } catch {
    // The status bar keeps showing the older view with its time.
  }
}
