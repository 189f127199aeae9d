/**
 * A row of icons as one picture, the mask of an element's `::after` (`.icons-after`). An icon of its own is an element with
 * three to six shapes in it: on a board with hundreds of marks this draws them without a node.
 */
import { mount, unmount, type Component } from "svelte";

/** Lucide's pictures are squares of so many units; between two of them the room is a seventh of that. */
const SIZE = 24;
const STEP = (SIZE * 8) / 7;

export type IconRow = { picture: string; count: number };

const numbers = new Map<Component, number>();
const rows = new Map<string, IconRow>();

/** The icons for `--icons`, `count` of them for `--icon-count`. The same row is the same object, and drawn once. */
export function iconRow(icons: Component[]): IconRow {
  const key = icons.map(numberOf).join();
  let row = rows.get(key);
  if (!row) {
    row = { picture: pictureOf(icons), count: icons.length };
    rows.set(key, row);
  }
  return row;
}

function numberOf(icon: Component): number {
  const number = numbers.get(icon) ?? numbers.size;
  numbers.set(icon, number);
  return number;
}

function pictureOf(icons: Component[]): string {
  const shapes = icons.map((icon, index) => draw(icon).replace("<svg", `<svg x="${index * STEP}"`)).join("");
  const width = icons.length * STEP - (STEP - SIZE);
  const row = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE}">${shapes}</svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(row)}")`;
}

function draw(icon: Component): string {
  const box = document.createElement("div");
  const mounted = mount(icon, { target: box });
  const shapes = box.innerHTML.replaceAll(/<!--.*?-->/g, "");
  void unmount(mounted);
  return shapes;
}
