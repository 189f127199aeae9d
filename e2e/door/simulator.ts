// A Cubu of our own on loopback, with its two doors for tests: what its world is, and what was really written.
import { start } from "./programs.ts";

export interface Connection {
  baseUrl: string;
  authority: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  applicationId: string;
}

export interface World {
  units: { unitId: string; name: string; timeZone: string }[];
  services: {
    serviceId: string;
    name: string;
    unitId: string;
    kind: "appointment" | "walkIn";
    serviceTypeIds: string[];
  }[];
  serviceTypes: { serviceTypeId: string; name: string; duration: number; colorCode: string | null }[];
  users: { userId: string; displayName: string; email: string }[];
  caseFields: { fieldTypeId: string; name: string }[];
  tags: { tagId: string; name: string }[];
  customerFields: { fieldTypeId: string; slug: string }[];
  customers: { recordId: string; displayName: string; phone: string | null }[];
}

export interface Write {
  endpoint: string;
  caseId?: string;
  [more: string]: unknown;
}

export interface Simulator {
  connection: Connection;
  world: () => Promise<World>;
  ledger: () => Promise<Write[]>;
  /** The access tokens it has given out. */
  tokens: () => Promise<string[]>;
  /** How many requests came so far, whatever they were. */
  requests: () => Promise<number>;
  /** Sets the faults: `BookAppointment` and `reset-after`, say. */
  fail: (endpoint: string, fault: string) => Promise<void>;
  /** How often the faults set last have struck. */
  struck: () => Promise<number>;
  stop: () => Promise<void>;
}

/** Starts one; `switches` are its own command line's, `like` is one whose address it takes, after that was stopped. */
export async function startSimulator(switches: string[] = [], like?: Simulator): Promise<Simulator> {
  const port = like ? new URL(like.connection.baseUrl).port : "0";
  const running = await start<Connection>("cubu-simulator", ["--port", port, "--seed", "7", "--json", ...switches]);
  const connection = running.greeting;
  const read = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${connection.baseUrl}/_simulator/${path}`);
    if (!answer.ok) throw new Error(`the simulator's ${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  };
  return {
    connection,
    world: () => read<World>("world"),
    ledger: () => read<Write[]>("ledger"),
    tokens: () => read<string[]>("tokens"),
    requests: async () => {
      const counters = await read<Record<string, number>>("counters");
      return Object.values(counters).reduce((sum, count) => sum + count, 0);
    },
    fail: async (endpoint, fault) => {
      const answer = await fetch(`${connection.baseUrl}/_simulator/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ endpoint, fault, limit: 1 }]),
      });
      if (!answer.ok) throw new Error(`the simulator does not know ${fault}: ${await answer.text()}`);
    },
    struck: async () => {
      const { rules } = await read<{ rules: { struck: number }[] }>("faults");
      return rules.reduce((sum, rule) => sum + rule.struck, 0);
    },
    stop: running.stop,
  };
}
