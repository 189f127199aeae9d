/**
 * Which part of a board is worth drawing: columns and items near the window of the scrolled box, and always the one the
 * keyboard stands on. Rows are the distinct start times, so that a screen reader hears a table of times by calendars
 * whatever is drawn. Pure; distances are in pixels from the inline start and from the top of the day.
 */
import { buildAxis, type Axis } from "./axis";
import type { Column, Placed } from "./board";

export const HOURS_WIDTH = 52;
export const LEAST_COLUMN = 138;
const MOST_COLUMN = 320;
/** How far beyond the edge things are drawn, so that a scroll shows no bare paper. */
export const MARGIN = 96;

/** The scrolled box as far as it is known. */
export type Sight = { top: number; start: number; width: number; height: number };

/** Columns share the width of the box, within what can be read. */
export function columnWidth(boxWidth: number, count: number): number {
  if (count === 0) return LEAST_COLUMN;
  return Math.max(LEAST_COLUMN, Math.min(MOST_COLUMN, Math.floor((boxWidth - HOURS_WIDTH) / count)));
}

/** The columns in sight, from the first to the one after the last. */
export function columnRange(sight: Pick<Sight, "start" | "width">, width: number, count: number): [number, number] {
  const first = Math.floor(sight.start / width);
  const last = Math.ceil((sight.start + sight.width - HOURS_WIDTH) / width);
  return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(last, count))];
}

export type Piece = { item: Placed; top: number; size: number };
/** What starts at one time in one column. */
export type Cell = { column: number; minute: number; pieces: Piece[] };
export type Row = { minute: number; index: number; cells: Cell[] };

const axes = new WeakMap<Column, { columns: Column[]; need: number; axis: Axis }>();

/**
 * The time axis of some columns, on which everything has `need` pixels at least. The same object again for the same columns:
 * of a day that is shown once more all places are known.
 */
export function axisOf(columns: Column[], need: number): Axis {
  const [first] = columns;
  const before = first && axes.get(first);
  const isSame = before?.need === need && before.columns.length === columns.length;
  if (isSame && columns.every((column, index) => column === before.columns[index])) return before.axis;
  const axis = buildAxis(
    columns.flatMap((column) => column.items.map(({ start, end, shelves }) => ({ start, end, need: need * shelves }))),
    columns.flatMap((column) => column.calendar.workingHours),
  );
  if (first) axes.set(first, { columns, need, axis });
  return axis;
}

const cells = new WeakMap<Column, { at: number; axis: Axis; cells: Cell[] }>();

/** Where everything of a column stands: the same objects again while the column, its place and the axis are the same. */
export function cellsOf(column: Column, at: number, axis: Axis): Cell[] {
  const before = cells.get(column);
  if (before?.at === at && before.axis === axis) return before.cells;
  const made = new Map<number, Cell>();
  for (const item of column.items) {
    const top = axis.y(item.start);
    const size = (axis.y(item.end) - top) / item.shelves;
    const cell = made.get(item.start) ?? { column: at, minute: item.start, pieces: [] };
    cell.pieces.push({ item, top: top + item.shelf * size, size });
    made.set(item.start, cell);
  }
  const all = [...made.values()];
  cells.set(column, { at, axis, cells: all });
  return all;
}

/** The distinct start times of the whole board, in order: the rows of the table. */
export const startsOf = (columns: Column[]): number[] =>
  [...new Set(columns.flatMap((column) => column.items.map((item) => item.start)))].sort((a, b) => a - b);

/** The rows to draw. A cell that is in sight as a whole is the same object wherever the board was scrolled to. */
export function rowsInSight(
  cells: Cell[][],
  starts: number[],
  [first, last]: [number, number],
  { top, height }: Pick<Sight, "top" | "height">,
): Row[] {
  const near = (piece: Piece) => piece.top < top + height && piece.top + piece.size > top;
  const rows = new Map<number, Cell[]>();
  for (const cell of cells.slice(first, last).flat()) {
    const drawn = cell.pieces.every(near) ? cell : { ...cell, pieces: cell.pieces.filter(near) };
    if (drawn.pieces.length === 0) continue;
    const row = rows.get(cell.minute);
    if (row) row.push(drawn);
    else rows.set(cell.minute, [drawn]);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([minute, found]) => ({ minute, index: starts.indexOf(minute), cells: found }));
}

/** The rows with what the keyboard stands on, wherever that is; the same rows when it is among them already. */
export function withPinned(rows: Row[], cells: Cell[][], starts: number[], key: string | undefined): Row[] {
  const isPinned = ({ item }: Piece) => item.key === key;
  const cell = key === undefined ? undefined : cells.flat().find(({ pieces }) => pieces.some(isPinned));
  if (!cell) return rows;
  const { minute, column } = cell;
  const row = rows.find((one) => one.minute === minute);
  const drawn = row?.cells.find((one) => one.column === column);
  if (drawn?.pieces.some(isPinned)) return rows;
  const pieces = cell.pieces.filter((piece) => isPinned(piece) || drawn?.pieces.includes(piece));
  const others = row?.cells.filter((one) => one !== drawn) ?? [];
  const pinned = { minute, index: starts.indexOf(minute), cells: [...others, { ...cell, pieces }] };
  pinned.cells.sort((a, b) => a.column - b.column);
  return [...rows.filter((one) => one !== row), pinned].sort((a, b) => a.minute - b.minute);
}

/** How far to scroll so that a stretch is in sight below `head` pixels of sticky heading; unchanged when it is. */
export function scrollTo(stretch: { from: number; to: number }, at: number, room: number): number {
  if (stretch.from < at) return Math.max(0, stretch.from);
  if (stretch.to > at + room) return Math.max(0, Math.min(stretch.from, stretch.to - room));
  return at;
}
