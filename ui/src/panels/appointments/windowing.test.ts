import { describe, expect, it } from "vitest";
import { layOut } from "./board";
import { appointment, calendar, column, SERVICE } from "./testing";
import {
  axisOf,
  columnRange,
  columnWidth,
  LEAST_COLUMN,
  cellsOf,
  rowsInSight,
  scrollTo,
  startsOf,
  withPinned,
} from "./windowing";

const busy = (count: number, bookings: number) => {
  const columns = Array.from({ length: count }, (_, cuIndex) =>
    layOut(
      column(
        calendar(cuIndex),
        [],
        Array.from({ length: bookings }, (_, index) => appointment(cuIndex, 480 + index * 10)),
      ),
      { freeOnly: false },
      SERVICE,
    ),
  );
  const axis = axisOf(columns, 30);
  return { axis, columns, cells: columns.map((one, index) => cellsOf(one, index, axis)), starts: startsOf(columns) };
};
const sight = { top: 0, start: 0, width: 1110, height: 540 };

describe("a board of 30 calendars with 60 bookings each", () => {
  const { axis, cells, starts, columns } = busy(30, 60);
  const count = (rows: ReturnType<typeof rowsInSight>) =>
    rows.reduce((sum, row) => sum + row.cells.reduce((some, cell) => some + cell.pieces.length, 0), 0);

  it("draws what is in sight and no more", () => {
    const range = columnRange(sight, LEAST_COLUMN, columns.length);
    expect(range).toEqual([0, 8]);
    const rows = rowsInSight(cells, starts, range, sight);
    expect(count(rows)).toBeLessThan(200);
    expect(rows.map((row) => row.index)).toEqual(rows.map((_, index) => index));
  });

  it("keeps what the keyboard stands on, wherever it is", () => {
    const key = columns[29]!.items[59]!.key;
    const rows = rowsInSight(cells, starts, [0, 8], sight);
    const pinned = withPinned(rows, cells, starts, key);
    expect(pinned.at(-1)).toMatchObject({ index: 59, cells: [{ column: 29, pieces: [{ item: { key } }] }] });
    const beside = withPinned(rows, cells, starts, columns[29]!.items[0]!.key);
    expect(beside[0]!.cells.map((cell) => cell.column)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 29]);
  });

  it("draws nothing anew for a step to something that is in sight, and only the column that a scroll brings", () => {
    const rows = rowsInSight(cells, starts, [0, 8], sight);
    expect(withPinned(rows, cells, starts, columns[3]!.items[2]!.key)).toBe(rows);
    const again = columns.map((one, index) => cellsOf(one, index, axis));
    const moved = rowsInSight(again, starts, [1, 9], sight);
    const drawn = new Set(rows.flatMap((row) => row.cells));
    const anew = moved.flatMap((row) => row.cells).filter((cell) => cell.column < 8 && !drawn.has(cell));
    expect(anew).toEqual([]);
  });

  it("stands where it stood when the day is shown once more", () => {
    expect(axisOf([...columns], 30)).toBe(axis);
    expect(columns.map((one, index) => cellsOf(one, index, axis))).toEqual(cells);
    expect(cellsOf(columns[0]!, 0, axis)).toBe(cells[0]);
    expect(axisOf(columns, 26)).not.toBe(axis);
    expect(axisOf(columns.slice(0, 29), 30)).not.toBe(axis);
  });

  it("counts all rows, whatever is drawn", () => expect(starts).toHaveLength(60));
});

it("400 bookings at one time stand below each other, each high enough to be pressed", () => {
  const crowd = Array.from({ length: 400 }, (_, index) => appointment(0, 540, { caseId: `case-${index}` }));
  const full = layOut(column(calendar(0), [], crowd), { freeOnly: false }, SERVICE);
  const axis = axisOf([full], 30);
  const cells = cellsOf(full, 0, axis);
  const pieces = cells.flatMap((cell) => cell.pieces);
  expect(Math.min(...pieces.map((piece) => piece.size))).toBeGreaterThanOrEqual(29.9);
  expect(new Set(pieces.map((piece) => `${piece.top}|${piece.item.lane}`)).size).toBe(400);
  const rows = rowsInSight([cells], startsOf([full]), [0, 1], sight);
  expect(rows[0]!.cells[0]!.pieces.length).toBeLessThan(80);
  const last = pieces.at(-1)!;
  const [pinned] = withPinned(rows, [cells], startsOf([full]), last.item.key);
  expect(pinned!.cells[0]!.pieces).toEqual([...rows[0]!.cells[0]!.pieces, last]);
});

it("columns share the width within what can be read", () => {
  expect([columnWidth(1352, 4), columnWidth(1352, 40), columnWidth(1352, 1), columnWidth(0, 0)]).toEqual([
    320,
    LEAST_COLUMN,
    320,
    LEAST_COLUMN,
  ]);
});

it("scrolls only as far as it must", () => {
  expect(scrollTo({ from: 100, to: 130 }, 0, 500)).toBe(0);
  expect(scrollTo({ from: 100, to: 130 }, 120, 500)).toBe(100);
  expect(scrollTo({ from: 600, to: 630 }, 0, 500)).toBe(130);
  expect(scrollTo({ from: 600, to: 1300 }, 0, 500)).toBe(600);
});
