/** From the board to emptying one of its calendars. */
import { app } from "../../state/app.svelte";
import type { Column } from "../appointments/board";
import type { DayState } from "../appointments/day.svelte";
import { tracksOf } from "../appointments/tracks";

/** Without a column, the one that is open beside the board, or that the keyboard stands in. */
export function emptyColumn(day: DayState, column: Column | undefined = standsIn(day)): void {
  if (!column) return;
  const { serviceId, cuIndex } = column;
  app.ask({ panel: "emptying", at: { serviceId, date: day.date, cuIndex } });
}

function standsIn(day: DayState): Column | undefined {
  const key = day.focusKey;
  const opened = day.columns.find((column) => column.key === day.besideKey);
  return opened ?? (key ? tracksOf(day.groups).find((track) => track.keys.has(key))?.column : undefined);
}
