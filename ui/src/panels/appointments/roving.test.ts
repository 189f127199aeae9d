import { expect, it } from "vitest";
import { entry, move, type Lane } from "./roving";

const lane = (name: string, ...minutes: number[]): Lane => ({
  head: name,
  stops: minutes.map((minute) => ({ key: `slot-${name}-${minute}`, minute })),
});
const lanes = [lane("a", 540, 550, 700), lane("b"), lane("c", 545, 690)];

it("up and down walk a column, its heading on top", () => {
  expect(move(lanes, "slot-a-550", "up")).toBe("slot-a-540");
  expect(move(lanes, "slot-a-540", "up")).toBe("a");
  expect(move(lanes, "a", "down")).toBe("slot-a-540");
  expect(move(lanes, "slot-a-700", "down")).toBeUndefined();
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

it("Tab enters at the wanted place, else at the first free time, else at the first heading", () => {
  expect(entry(lanes, "slot-c-690")).toBe("slot-c-690");
  expect(entry(lanes, "gone")).toBe("slot-a-540");
  expect(entry([lane("b")])).toBe("b");
  expect(entry([])).toBeUndefined();
});
