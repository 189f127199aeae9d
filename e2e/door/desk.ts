// A desk without a window: the real core behind desk-host, with a folder of its own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { CommandError, Commands, ProfileDraft } from "../../ui/src/bindings.ts";
import { start } from "./programs.ts";
import type { Connection, Simulator, World } from "./simulator.ts";

export class Refusal extends Error {
  constructor(readonly error: CommandError) {
    super(`${error.command}: ${error.code} (${error.message.id})`);
  }
}

export interface Desk {
  url: string;
  folder: string;
  /** Calls a command as the screens do. */
  call: <Name extends keyof Commands>(
    name: Name,
    request: Commands[Name]["request"],
  ) => Promise<Commands[Name]["response"]>;
  said: () => string;
  pid: number;
  /** Makes the program crash; its folder stays. */
  crash: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A folder that is gone again after the test. */
export async function emptyFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "front-desk-e2e-"));
}

export interface At {
  /** Where an earlier one has kept its files. */
  folder?: string;
  /** Where an earlier one was to be found, so that its pages find this one. */
  url?: string;
  /** "none" is a PC whose keychain does not answer: what is kept is kept under a passphrase. */
  keychain?: "memory" | "none";
  /** What it is started with, where it sees another disk than this program. */
  under?: string[];
}

/** Starts a desk; `switches` and `stdin` are for provisioning it. */
export async function startDesk(
  switches: string[] = [],
  stdin?: string,
  env?: NodeJS.ProcessEnv,
  at: At = {},
): Promise<Desk> {
  const folder = at.folder ?? (await emptyFolder());
  const port = at.url ? new URL(at.url).port : "0";
  const running = await start<{ url: string }>(
    "desk-host",
    ["--port", port, "--data-dir", folder, "--keychain", at.keychain ?? "memory", ...switches],
    stdin,
    { cwd: folder, env, under: at.under },
  );
  const url = running.greeting.url.replace(/\/$/, "");
  return {
    url,
    folder,
    said: running.said,
    pid: running.pid,
    crash: running.crash,
    call: async (name, request) => {
      const answer = await fetch(`${url}/api/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      if (answer.status === 422) throw new Refusal((await answer.json()) as CommandError);
      if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    },
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What someone would type into the connection form for this simulator. */
export function draft(connection: Connection, name = "Northgate"): ProfileDraft {
  return {
    name,
    authority: connection.authority,
    baseUrl: connection.baseUrl,
    tenantId: connection.tenantId,
    clientId: connection.clientId,
    applicationId: connection.applicationId,
    cubuWebUrl: "",
    customerIdSpelling: "both",
    addresses: [],
  };
}

/** Connects a desk to a simulator, with the catalogue that an administrator would have filled. */
export async function connect(desk: Desk, simulator: Simulator): Promise<World> {
  const profile = await desk.call("save_profile", { profile: draft(simulator.connection) });
  await desk.call("set_client_secret", {
    profileId: profile.id,
    clientSecret: simulator.connection.clientSecret,
  });
  await desk.call("activate_profile", { profileId: profile.id });
  return fillCatalogue(desk, simulator);
}

/** The catalogue that an administrator would have filled. */
export async function fillCatalogue(desk: Desk, simulator: Simulator): Promise<World> {
  const world = await simulator.world();
  for (const unit of world.units) {
    await desk.call("put_unit", { unitId: unit.unitId, name: unit.name, timeZone: unit.timeZone });
  }
  for (const service of world.services) {
    const { serviceId, name, unitId, kind } = service;
    await desk.call("put_service", { serviceId, name, unitId, kind });
  }
  for (const { serviceTypeId, name, duration } of world.serviceTypes) {
    const offering = world.services.filter((service) => service.serviceTypeIds.includes(serviceTypeId));
    const serviceIds = offering.map((service) => service.serviceId);
    await desk.call("put_service_type", { serviceTypeId, name, serviceIds, duration });
  }
  for (const field of world.caseFields) await desk.call("put_case_field", { ...field, serviceIds: [] });
  for (const tag of world.tags) await desk.call("put_case_tag", tag);
  return world;
}
