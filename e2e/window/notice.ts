// A time that frees while somebody looks at another window: what the system is asked to show.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

import { expect } from "vitest";

import type { CommandName, Commands } from "../../ui/src/bindings.ts";
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

const ask = <N extends CommandName>(window: WebDriver, command: N, request: Commands[N]["request"]) =>
  window.run<Commands[N]["response"]>("return __TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] });", command, request);

export const notice = (simulator: () => Simulator, env: () => NodeJS.ProcessEnv): Step => ({
  name: "tell by the system that a time freed, and name nobody",
  act: async (window) => {
    const { monitor, heard } = listen(env());
    try {
      const world = await simulator().world();
      const { serviceId, serviceTypeIds } = world.services.find((service) => service.kind === "appointment")!;
      const serviceTypeId = serviceTypeIds[0]!;
      const { today } = await ask(window, "get_today", { serviceId });
      const { days } = await ask(window, "load_span", { serviceId, from: today, days: 14 });
      const columns = days.slice(1).map(({ date }) => ask(window, "load_day", { serviceId, date, serviceTypeId }));
      const free = (await Promise.all(columns)).flatMap(({ date, columns: all }) =>
        all.flatMap(({ calendar, vacancies }) =>
          vacancies.state === "loaded" && vacancies.value?.slots[0] !== undefined
            ? [{ at: { serviceId, date, cuIndex: calendar.cuIndex }, startTime: vacancies.value.slots[0] }]
            : [],
        ),
      );
      const { at, startTime } = free[0]!;
      const customer = world.customers[3]!;
      const booked = await ask(window, "book_appointment", {
        ...at,
        serviceTypeId,
        startTime,
        customerRecordId: customer.recordId,
        contactPhoneNumber: "0555000300",
        contactEmail: "robin.vale@example.org",
      });
      const before = { date: at.date, minute: startTime + 1 };
      const wish = { wanted: [{ serviceId, serviceTypeId }], before };
      await ask(window, "start_watch", { watchId: randomUUID(), wish });
      await window.run("location.reload();");
      await (await window.find("button", /^Watches/)).click();
      const look = await window.find("button", "Look now");
      // No window manager is here that could put another window in front.
      await window.run("document.hasFocus = () => false;");
      await ask(window, "cancel_appointment", { ...at, caseId: booked.caseId! });
      await until("the notification", async () => {
        await look.click();
        return heard().includes("An earlier time is free");
      });
      expect(heard()).not.toContain(customer.displayName);
    } finally {
      await stop(monitor);
    }
  },
});
