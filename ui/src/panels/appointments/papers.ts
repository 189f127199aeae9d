/** From the board to paper: a day sheet of what is on it, and the slip of the appointment somebody stands on. */
import type { GetAppointmentPapers } from "../../bindings";
import { call } from "../../host";
import { printing, type MakePapers } from "../../paper/printing.svelte";
import { app } from "../../state/app.svelte";
import type { Shortcut } from "../../state/shortcuts.svelte";
import { bookingKey } from "./board";
import type { DayState } from "./day.svelte";

export const papersOf =
  (of: Omit<GetAppointmentPapers, "language">): MakePapers =>
  (language) =>
    call("get_appointment_papers", { ...of, ...(language !== undefined && { language }) });

/** Tried again, what could not be read is read once more. */
export function printDay(day: DayState): void {
  if (day.parts.length === 0) return;
  let again = false;
  printing.days(async () => {
    if (again) await day.load();
    else await day.settled;
    again = true;
    const error = day.reading.error ?? day.today.error;
    if (day.boards.length === 0 && error) throw error;
    const services = app.catalogue.value?.services ?? [];
    const unread = day.parts.flatMap(({ board, serviceId }) =>
      board ? [] : (services.find((service) => service.serviceId === serviceId)?.name ?? serviceId),
    );
    return { boards: day.boards, unread, error };
  });
}

/** The slip of the appointment whose details are open, else of the one the keyboard stands on. */
export function printSlip(day: DayState): void {
  const open = day.beside?.kind === "appointment" ? bookingKey(day.beside.caseId) : day.focusKey;
  for (const { serviceId, date, columns } of day.boards) {
    for (const { appointments } of columns) {
      const appointment =
        appointments.state === "loaded" && appointments.value.find((entry) => bookingKey(entry.caseId) === open);
      if (appointment) return printing.slip(papersOf({ serviceId, date, appointment }));
    }
  }
}

export function paperShortcuts(day: DayState): Shortcut[] {
  const shortcut = (chord: string, label: string, run: () => void): Shortcut => ({
    chord,
    label,
    group: "appointments-shortcuts",
    when: () => app.panel === "appointments",
    run,
  });
  return [
    shortcut("Ctrl+P", "print-shortcut-day-sheet", () => printDay(day)),
    shortcut("Ctrl+Shift+P", "print-shortcut-slip", () => printSlip(day)),
  ];
}
