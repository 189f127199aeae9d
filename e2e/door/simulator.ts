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
  stop: () => Promise<void>;
}

/** Starts one; `switches` are its own command line's. */
export async function startSimulator(switches: string[] = []): Promise<Simulator> {
  const running = await start<Connection>("cubu-simulator", ["--port", "0", "--seed", "7", "--json", ...switches]);
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
    stop: running.stop,
  };
}
