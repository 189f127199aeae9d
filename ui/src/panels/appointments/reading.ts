/** How the reading of several services stands, told as one: the board is as old as its oldest part. */
import type { DayBoard } from "../../bindings";
import type { Shown } from "../../state/resource.svelte";
import type { ServiceDay } from "./service-day.svelte";

export type Reading = Shown<DayBoard[]>;

export function reading(parts: ServiceDay[], load: () => Promise<void>): Reading {
  const days = parts.map((part) => part.day);
  const read = days.filter((day) => day.value !== undefined);
  const value = read.length > 0 ? read.flatMap((day) => day.value ?? []) : undefined;
  const pending = days.some((day) => day.pending);
  const error = days.find((day) => day.error)?.error;
  const arriving = days.some((day) => day.state === "arriving" || day.state === "loading");
  const old = days.some((day) => day.state === "stale" || day.state === "failed");
  return {
    value,
    pending,
    error,
    age: Math.max(0, ...read.map((day) => day.age)),
    state: value ? (old ? "stale" : arriving ? "arriving" : "loaded") : pending ? "loading" : error ? "failed" : "idle",
    reload: load,
  };
}
