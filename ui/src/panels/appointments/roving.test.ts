import { describe, expect, it } from "vitest";
import { moveOf } from "./keys";
import { entry, move, standing, type Lane, type Move } from "./roving";

const lane = (name: string, ...minutes: number[]): Lane => ({
  heads: [name],
  stops: minutes.map((minute) => ({ key: `slot-${name}-${minute}`, minute })),
});
const lanes = [lane("a", 540, 550, 700), lane("b"), lane("c", 545, 690)];

it("up and down walk a column, its heading on top", () => {
  expect(move(lanes, "slot-a-550", "up")).toBe("slot-a-540");
  expect(move(lanes, "slot-a-540", "up")).toBe("a");
  expect(move(lanes, "a", "down")).toBe("slot-a-540");
  expect(move(lanes, "slot-a-700", "down")).toBeUndefined();
});

it("the mark of what changed stands between a heading and its day", () => {
  const marked = [{ ...lane("a", 540), heads: ["a", "changes"] }, lane("b", 540)];
  expect(move(marked, "a", "down")).toBe("changes");
  expect(move(marked, "changes", "down")).toBe("slot-a-540");
  expect(move(marked, "slot-a-540", "up")).toBe("changes");
  expect(move(marked, "changes", "up")).toBe("a");
  expect(move(marked, "changes", "forward")).toBe("b");
});

it("forward and back go to the nearest time of the neighbour, or to its heading when it is empty", () => {
  expect(move(lanes, "slot-a-550", "forward")).toBe("b");
  expect(move(lanes, "b", "forward")).toBe("c");
  expect(move([lanes[0]!, lanes[2]!], "slot-a-700", "forward")).toBe("slot-c-690");
  expect(move(lanes, "slot-c-545", "forward")).toBeUndefined();
  expect(move(lanes, "a", "back")).toBeUndefined();
});

it("Home, End and the page keys jump within the column", () => {
  expect(move(lanes, "slot-a-700", "first")).toBe("slot-a-540");
  expect(move(lanes, "a", "last")).toBe("slot-a-700");
  expect(move(lanes, "b", "last")).toBe("b");
  expect(move(lanes, "slot-a-540", "hourForward")).toBe("slot-a-700");
  expect(move(lanes, "slot-a-700", "hourBack")).toBe("slot-a-550");
  expect(move(lanes, "slot-a-540", "hourBack")).toBe("slot-a-540");
});

it("the first and the last column are reached at the same time of day", () => {
  expect(move(lanes, "slot-c-690", "firstColumn")).toBe("slot-a-700");
  expect(move(lanes, "slot-a-540", "lastColumn")).toBe("slot-c-545");
  expect(move(lanes, "a", "lastColumn")).toBe("c");
});

it("Tab enters at the wanted place, else at the first free time, else at the first heading", () => {
  expect(entry(lanes, "slot-c-690")).toBe("slot-c-690");
  expect(entry(lanes, "gone")).toBe("slot-a-540");
  expect(entry([lane("b")])).toBe("b");
  expect(entry([])).toBeUndefined();
});

it("what is gone after a new reading is replaced by what is nearest in time in the same column", () => {
  const stood = standing(lanes, "slot-c-690");
  const after = [lane("a", 540), lane("c", 545, 700)];
  expect(entry(after, "slot-c-690", stood)).toBe("slot-c-700");
  expect(entry([lane("a", 540), lane("c")], "slot-c-690", stood)).toBe("c");
  expect(entry([lane("a", 540)], "slot-c-690", stood)).toBe("slot-a-540");
});

describe("the keys", () => {
  const pressed = (key: string, rightToLeft: boolean, more: KeyboardEventInit = {}) =>
    moveOf(new KeyboardEvent("keydown", { key, ...more }), rightToLeft);

  it("are mirrored on a right-to-left page, along the line only", () => {
    const all: [string, Move, Move][] = [
      ["ArrowRight", "forward", "back"],
      ["ArrowLeft", "back", "forward"],
      ["ArrowDown", "down", "down"],
      ["ArrowUp", "up", "up"],
      ["Home", "first", "first"],
      ["End", "last", "last"],
      ["PageDown", "hourForward", "hourForward"],
    ];
    for (const [key, leftToRight, rightToLeft] of all) {
      expect([pressed(key, false), pressed(key, true)]).toEqual([leftToRight, rightToLeft]);
    }
  });

  it("with Ctrl go to the first and last column, and leave the day to the panel", () => {
    expect(pressed("Home", false, { ctrlKey: true })).toBe("firstColumn");
    expect(pressed("End", true, { ctrlKey: true })).toBe("lastColumn");
    expect(pressed("PageDown", false, { ctrlKey: true })).toBeUndefined();
    expect(pressed("ArrowDown", false, { shiftKey: true })).toBeUndefined();
  });
});
