/** What the keys do inside the board and its agenda. Ctrl with a page key changes the day and belongs to the panel. */
import { arrowStep } from "../../state/direction";
import type { Move } from "./roving";

export function moveOf(event: KeyboardEvent, rightToLeft?: boolean): Move | undefined {
  if (event.altKey || event.metaKey || event.shiftKey) return undefined;
  if (event.ctrlKey) {
    if (event.key === "Home") return "firstColumn";
    if (event.key === "End") return "lastColumn";
    return undefined;
  }
  const step = arrowStep(event.key, rightToLeft);
  if (step) return step;
  switch (event.key) {
    case "Home":
      return "first";
    case "End":
      return "last";
    case "PageUp":
      return "hourBack";
    case "PageDown":
      return "hourForward";
    default:
      return undefined;
  }
}
