// A time that frees while somebody looks at another window: what the system is asked to show.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

import { expect } from "vitest";

import type { CommandName, Commands } from "../../ui/src/bindings.ts";
import { bookFor, freeCalendar } from "../door/board.ts";
import { stop, until } from "../door/programs.ts";
import type { Simulator } from "../door/simulator.ts";
import type { Step } from "./journey.ts";
import type { WebDriver } from "./webdriver.ts";

/** Notifications as they pass the session bus: no desktop is here to show them. */
function listen(env: NodeJS.ProcessEnv) {
  const member = "type='method_call',interface='org.freedesktop.Notifications',member='Notify'";
  const monitor = spawn("dbus-monitor", ["--session", member], { env, stdio: ["ignore", "pipe", "ignore"] });
  let heard = "";
  monitor.stdout.on("data", (chunk: Buffer) => (heard += chunk.toString()));
  return { monitor, heard: () => heard };
}

/** The window's own core, as its page asks it. */
const askOf =
  (window: WebDriver) =>
  <N extends CommandName>(command: N, request: Commands[N]["request"]) =>
    window.run<Commands[N]["response"]>("return __TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] });", command, request);

export const notice = (simulator: () => Simulator, env: () => NodeJS.ProcessEnv): Step => ({
  name: "tell by the system that a time freed, and name nobody",
  act: async (window) => {
    const { monitor, heard } = listen(env());
    try {
      const world = await simulator().world();
      const desk = { call: askOf(window) };
      const { at, serviceTypeId, slots } = await freeCalendar(desk, world, 1);
      const startTime = slots[0]!;
      const customer = 3;
      const caseId = await bookFor(desk, world, { at, serviceTypeId }, startTime, customer);
      const before = { date: at.date, minute: startTime + 1 };
      const wish = { wanted: [{ serviceId: at.serviceId, serviceTypeId }], before };
      await desk.call("start_watch", { watchId: randomUUID(), wish });
      await window.reload();
      await (await window.find("button", /^Watches/)).click();
      const look = await window.find("button", "Look now");
      // No window manager is here that could put another window in front.
      await window.run("document.hasFocus = () => false;");
      await desk.call("cancel_appointment", { ...at, caseId });
      await until("the notification", async () => {
        await look.click();
        return heard().includes("An earlier time is free");
      });
      expect(heard()).not.toContain(world.customers[customer]!.displayName);
    } finally {
      await stop(monitor);
    }
  },
});
