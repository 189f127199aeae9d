/**
 * The agent panel's state in one place. It outlives the panel's mounting, because its shortcuts work from every panel,
 * and starts afresh for another organisation or another agent.
 */
import { app } from "../../state/app.svelte";
import { Desk } from "./desk.svelte";
import { Serving } from "./serving.svelte";
import { WalkIn } from "./walkIn.svelte";

export class AgentWork {
  desk = new Desk();
  serving = $state.raw(new Serving());
  walkIn = new WalkIn();

  /** Reads everything, or the list of users while nobody has said who works here. */
  async open(): Promise<void> {
    if (!app.agent.userId) {
      if (this.desk.users.state === "idle") await this.desk.users.load();
      return;
    }
    await this.desk.look();
    await this.serving.look();
  }

  /** Somebody else sits down here. */
  async become(userId: string, displayName?: string): Promise<void> {
    const outcome = await this.desk.choose.run({ userId: userId.trim(), ...(displayName && { displayName }) });
    if (outcome.at !== "done") return;
    this.serving = new Serving();
    await this.open();
  }

  async changeUnit(unitId: string): Promise<void> {
    if (!app.agent.userId) return;
    await this.desk.selectUnit.run({ userId: app.agent.userId, unitId: unitId.trim() });
    await this.serving.look();
  }

  async startWork(unitId: string): Promise<void> {
    await this.desk.startWork(unitId);
    await this.serving.look();
  }

  /** The regular look at counts and cases, while somebody can see them. */
  async glance(): Promise<void> {
    if (!app.connected || !app.agent.unitId || this.serving.inboxes.pending || this.serving.next.sending) return;
    await this.serving.look();
  }
}

class Holder {
  #work = $state.raw<AgentWork | undefined>();
  #organisation = "";

  /** The work of the organisation in use, if somebody has begun it. */
  get current(): AgentWork | undefined {
    return this.#work;
  }

  /** The work of the organisation in use; another organisation starts with an empty desk. */
  enter(): AgentWork {
    if (this.#work && this.#organisation === app.organisation) return this.#work;
    const work = begin();
    this.#organisation = app.organisation;
    this.#work = work;
    return work;
  }

  /** The organisation is gone from the screen. */
  leave(): void {
    this.#work = undefined;
  }
}

/** Rooted, because its derived values must outlive the part of the screen that happened to ask first. */
function begin(): AgentWork {
  let work: AgentWork | undefined;
  $effect.root(() => {
    work = new AgentWork();
  });
  return work ?? new AgentWork();
}

export const agentWork = new Holder();
