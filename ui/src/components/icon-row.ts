/**
 * A row of icons as one picture, the mask of an element's `::after` (`.icons-after`). An icon of its own is an element with
 * three to six shapes in it: on a board with hundreds of marks this draws them without a node.
 */
import { mount, unmount, type Component } from "svelte";

/** Lucide's pictures are squares of so many units; between two of them the room is a seventh of that. */
const SIZE = 24;
const STEP = (SIZE * 8) / 7;

const drawn = new Map<Component, string>();
const rows = new Map<string, string>();

/** The icons for `--icons`, `count` of them for `--icon-count`. */
export function iconRow(icons: Component[]): { picture: string; count: number } {
  const shapes = icons.map((icon, index) => draw(icon).replace("<svg", `<svg x="${index * STEP}"`)).join("");
  let picture = rows.get(shapes);
  if (picture === undefined) {
    const width = icons.length * STEP - (STEP - SIZE);
    const row = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE}">${shapes}</svg>`;
    picture = `url("data:image/svg+xml,${encodeURIComponent(row)}")`;
    rows.set(shapes, picture);
  }
  return { picture, count: icons.length };
}

function draw(icon: Component): string {
  const before = drawn.get(icon);
  if (before !== undefined) return before;
  const box = document.createElement("div");
  const mounted = mount(icon, { target: box });
  const shapes = box.innerHTML.replaceAll(/<!--.*?-->/g, "");
  void unmount(mounted);
  drawn.set(icon, shapes);
  return shapes;
}
