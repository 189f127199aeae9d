/**
 * Which part of a board is worth drawing: columns and items near the window of the scrolled box, and always the one the
 * keyboard stands on. Rows are the distinct start times, so that a screen reader hears a table of times by calendars
 * whatever is drawn. Pure; distances are in pixels from the inline start and from the top of the day.
 */
import type { Axis } from "./axis";
import type { Column, Placed } from "./board";

export const HOURS_WIDTH = 52;
export const LEAST_COLUMN = 138;
const MOST_COLUMN = 320;
/** How far beyond the edge things are drawn, so that a scroll shows no bare paper. */
const MARGIN = 96;

/** The scrolled box as far as it is known. */
export type Sight = { top: number; start: number; width: number; height: number };

/** Columns share the width of the box, within what can be read. */
export function columnWidth(boxWidth: number, count: number): number {
  if (count === 0) return LEAST_COLUMN;
  return Math.max(LEAST_COLUMN, Math.min(MOST_COLUMN, Math.floor((boxWidth - HOURS_WIDTH) / count)));
}

/** The columns in sight, from the first to the one after the last. */
export function columnRange(sight: Sight, width: number, count: number): [number, number] {
  const first = Math.floor(sight.start / width);
  const last = Math.ceil((sight.start + sight.width - HOURS_WIDTH) / width);
  return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(last, count))];
}

export type Piece = { item: Placed; top: number; size: number };

/** Where every item of a column stands. */
export function piecesOf(column: Column, axis: Axis): Piece[] {
  return column.items.map((item) => {
    const top = axis.y(item.start);
    const size = (axis.y(item.end) - top) / item.shelves;
    return { item, top: top + item.shelf * size, size };
  });
}

export type Cell = { column: number; pieces: Piece[] };
export type Row = { minute: number; index: number; cells: Cell[] };

/** The distinct start times of the whole board, in order: the rows of the table. */
export const startsOf = (columns: Column[]): number[] =>
  [...new Set(columns.flatMap((column) => column.items.map((item) => item.start)))].sort((a, b) => a - b);

/** The rows to draw. `pinned` is drawn wherever it stands. */
export function rowsInSight(
  pieces: Piece[][],
  starts: number[],
  range: [number, number],
  sight: Sight,
  pinned: string | undefined,
): Row[] {
  const rows = new Map<number, Map<number, Piece[]>>();
  const put = (column: number, piece: Piece) => {
    const row = rows.get(piece.item.start) ?? new Map<number, Piece[]>();
    rows.set(piece.item.start, row);
    row.set(column, [...(row.get(column) ?? []), piece]);
  };
  const from = sight.top - MARGIN;
  const to = sight.top + sight.height + MARGIN;
  pieces.forEach((column, index) => {
    const inSight = index >= range[0] && index < range[1];
    for (const piece of column) {
      const near = inSight && piece.top < to && piece.top + piece.size > from;
      if (near || piece.item.key === pinned) put(index, piece);
    }
  });
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([minute, cells]) => ({
      minute,
      index: starts.indexOf(minute),
      cells: [...cells].sort(([a], [b]) => a - b).map(([column, found]) => ({ column, pieces: found })),
    }));
}

/** How far to scroll so that a stretch is in sight below `head` pixels of sticky heading; unchanged when it is. */
export function scrollTo(stretch: { from: number; to: number }, at: number, room: number): number {
  if (stretch.from < at) return Math.max(0, stretch.from);
  if (stretch.to > at + room) return Math.max(0, Math.min(stretch.from, stretch.to - room));
  return at;
}
