/**
 * The agent's cases: who is being served, who comes next, and how many wait in which inbox. Cubu tells counts, not
 * people, so there is no waiting list here.
 */
import type { Case, Inbox, OnlineMeeting, StartNextCase, StartedCase, Ticket } from "../../bindings";
import { call } from "../../host";
import { formatTicket } from "../../l10n/format";
import { t } from "../../l10n/l10n.svelte";
import { app } from "../../state/app.svelte";
import { held } from "../../state/held.svelte";
import { Resource } from "../../state/resource.svelte";
import { toasts } from "../../state/toasts.svelte";
import { refreshAgent } from "./desk.svelte";
import { placeOf, type Place } from "./place";
import { Step } from "./step.svelte";

/** A case in service. `details` is missing for the moment between calling it and reading it. */
export type Served = {
  caseId: string;
  ticket: Ticket | null;
  since: string | null;
  meeting: OnlineMeeting | null;
  details: Case | null;
};

/** A case about to be resolved that is not the one in front: it is asked about first. */
export type Doubt = { caseId: string; name: string };

const COUNTS_STALE_AFTER = 60_000;

export class Serving {
  activeCases = new Resource<Case[], Place>(({ userId }) => call("list_active_cases", { userId }));
  inboxes = new Resource<Inbox[], Place>(
    async ({ userId }) =>
      (await call("list_inboxes", { userId })).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    { staleAfter: COUNTS_STALE_AFTER },
  );

  /** The inbox to call from; empty for the whole workspace. */
  source = $state("");
  silent = $state(false);
  applyBehavior = $state(false);
  doubt = $state.raw<Doubt | undefined>();
  /** Cases resolved from this window, so that other lists can say so. */
  resolved = $state.raw<string[]>([]);
  #chosen = $state("");
  #started = $state.raw<StartedCase | undefined>();

  next = new Step("start_next_case", async (outcome) => {
    if (outcome.at === "done" && outcome.answer) {
      this.#started = outcome.answer;
      this.#chosen = outcome.answer.caseId;
    }
    if (outcome.at === "done") await this.look();
  });
  callAgain = new Step("call_again", async (outcome) => {
    if (outcome.at === "done") toasts.show(t("agent-called-again", { name: this.nameOf(outcome.request.caseId) }));
    else await this.look();
  });
  resolve = $state.raw(this.#resolving());

  /** The newest first: it is the person standing at the desk. */
  cases: Served[] = $derived.by(() => {
    const listed = (this.activeCases.value ?? []).map(servedCase);
    const started = this.#started;
    if (started && !listed.some((entry) => entry.caseId === started.caseId)) listed.push(servedStart(started));
    return listed.toSorted((a, b) => Date.parse(b.since ?? "") - Date.parse(a.since ?? ""));
  });
  front: Served | undefined = $derived(this.cases.find((entry) => entry.caseId === this.#chosen) ?? this.cases[0]);
  others: Served[] = $derived(this.cases.filter((entry) => entry !== this.front));
  nobodyWaiting: boolean = $derived(this.next.phase.at === "done" && this.next.phase.answer === null);
  waiting: number = $derived((this.inboxes.value ?? []).reduce((sum, inbox) => sum + (inbox.waitingCount ?? 0), 0));

  bringForward(caseId: string): void {
    this.#chosen = caseId;
  }

  nameOf(caseId: string): string {
    const known = this.cases.find((entry) => entry.caseId === caseId);
    return formatTicket(known?.ticket) || t("agent-case-unnamed");
  }

  /** Reads cases and counts for where the agent is now. */
  async look(): Promise<void> {
    const place = placeOf(app.agent);
    if (!place) {
      this.activeCases.clear();
      this.inboxes.clear();
      this.#started = undefined;
      return;
    }
    await Promise.all([this.#lookAtCases(place), this.inboxes.load(place)]);
    await refreshAgent();
    if (this.source && !this.inboxes.value?.some((inbox) => inbox.inboxId === this.source)) this.source = "";
  }

  async #lookAtCases(place: Place): Promise<void> {
    const asked = this.#started;
    await this.activeCases.load(place);
    // Cubu's list has the last word: a started case that it no longer names was resolved elsewhere. Not so the older list
    // that still stands here while a newer look, which superseded this one, is on its way.
    const { state, pending } = this.activeCases;
    if (state === "loaded" && !pending && this.#started === asked) this.#started = undefined;
  }

  async callNext(inboxId: string = this.source): Promise<void> {
    const { userId, workstationId } = app.agent;
    if (!userId) return;
    const request: StartNextCase = {
      userId,
      ...(workstationId && { workstationId }),
      ...(inboxId && { inboxId }),
      ...(this.applyBehavior && { applyWorkspaceBehavior: true }),
      ...(this.silent && { silent: true }),
    };
    await this.next.run(request);
  }

  async repeatCall(caseId: string | undefined = this.front?.caseId): Promise<void> {
    if (caseId && held.isLeaving(caseId)) return;
    if (app.agent.userId && caseId) await this.callAgain.run({ userId: app.agent.userId, caseId });
  }

  /** The case in front is resolved at once; any other one is asked about first. */
  async finish(caseId: string | undefined = this.front?.caseId, name?: string): Promise<void> {
    if (!caseId || this.resolve.sending || held.isLeaving(caseId)) return;
    if (caseId === this.front?.caseId) await this.#resolveNow(caseId);
    else {
      this.resolve.leave();
      this.doubt = { caseId, name: name ?? this.nameOf(caseId) };
    }
  }

  async finishDoubted(): Promise<boolean> {
    if (!this.doubt) return false;
    const done = await this.#resolveNow(this.doubt.caseId);
    if (done) this.doubt = undefined;
    return done;
  }

  async #resolveNow(caseId: string): Promise<boolean> {
    const { userId } = app.agent;
    if (!userId) return false;
    if (held.seconds > 0) {
      this.resolve.leave();
      void this.#resolveLater(userId, caseId);
      return true;
    }
    const outcome = await this.resolve.run({ userId, caseId });
    return outcome.at === "done";
  }

  /** Each on its own, since several may wait at a time. What goes wrong stands where a resolving at once would put it. */
  async #resolveLater(userId: string, caseId: string): Promise<void> {
    const name = this.#named(caseId);
    const step = this.#resolving(name);
    await held.follow(caseId, name, step.run({ userId, caseId }));
    if ("error" in step.phase && !this.resolve.sending) this.resolve = step;
  }

  #resolving(name?: string): Step<"resolve_case"> {
    return new Step("resolve_case", async (outcome) => {
      const caseId = "request" in outcome ? outcome.request.caseId : "";
      if (outcome.at === "done") {
        toasts.show(t("agent-resolved", { name: name ?? this.#named(caseId) }));
        this.#forget(caseId);
      }
      await this.look();
    });
  }

  #named(caseId: string): string {
    return this.doubt?.caseId === caseId ? this.doubt.name : this.nameOf(caseId);
  }

  /** After a lost answer: Cubu's list of active cases tells whether somebody was called. */
  async lookAfterUnknown(): Promise<void> {
    await this.look();
    if (this.activeCases.error) return;
    this.next.leave();
    this.resolve.leave();
  }

  #forget(caseId: string): void {
    this.resolved = [...this.resolved, caseId];
    if (this.#started?.caseId === caseId) this.#started = undefined;
    const left = this.activeCases.value?.filter((entry) => entry.caseId !== caseId);
    if (left) this.activeCases.value = left;
  }
}

const servedCase = (entry: Case): Served => ({
  caseId: entry.caseId,
  ticket: entry.ticket,
  since: entry.statusDate,
  meeting: entry.onlineMeeting,
  details: entry,
});

const servedStart = (entry: StartedCase): Served => ({
  caseId: entry.caseId,
  ticket: entry.ticket,
  since: entry.statusDate,
  meeting: entry.onlineMeeting,
  details: null,
});

/** Milliseconds from one of Cubu's instants to another, never below zero; nothing when one of them is not known. */
export function span(from: string | null | undefined, to: string | number | null | undefined): number | undefined {
  if (from == null || to == null) return undefined;
  const length = (typeof to === "number" ? to : Date.parse(to)) - Date.parse(from);
  return Number.isNaN(length) ? undefined : Math.max(0, length);
}
