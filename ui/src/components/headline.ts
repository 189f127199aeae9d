/** The headline of a failed call: "Could not book the appointment", named after the command. */
import type { CommandError } from "../bindings";

export function headline(error: CommandError, has: (id: string) => boolean, say: (id: string) => string): string {
  const id = `failed-${error.command.replaceAll("_", "-")}`;
  return say(has(id) ? id : "error-headline");
}
