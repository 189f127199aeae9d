/** What the keys do inside the board and its agenda. Ctrl with a page key changes the day and belongs to the panel. */
import { arrowStep } from "../../state/direction";
import type { Shortcut } from "../../state/shortcuts.svelte";
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

/** The same for the list of shortcuts; the board itself has these keys. */
export const BOARD_KEYS: Shortcut[] = [
  ["next", "ArrowUp", "ArrowDown"],
  ["beside", "ArrowLeft", "ArrowRight"],
  ["edge", "Home", "End"],
  ["hour", "PageUp", "PageDown"],
  ["column-edge", "Ctrl+Home", "Ctrl+End"],
  ["open", "Enter", "Space"],
].flatMap(([label, ...chords]) =>
  chords.map((chord) => ({ chord, label: `appointments-board-key-${label}`, group: "appointments-board-keys" })),
);
