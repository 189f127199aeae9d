/** The agent and the unit a list was read for. Two places never share an answer. */
import type { AgentDesk } from "../../bindings";

export type Place = { userId: string; unitId: string };

export const placeOf = (agent: AgentDesk): Place | undefined =>
  agent.userId && agent.unitId ? { userId: agent.userId, unitId: agent.unitId } : undefined;

const ID = /^\s*[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\s*$/i;

/** Whether it looks like one of Cubu's ids. The core checks it again. */
export const looksLikeId = (text: string): boolean => ID.test(text);
