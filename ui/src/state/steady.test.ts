import { expect, it } from "vitest";
import { steady } from "./steady";

it("is the same list while its entries are the same, and the new one when any of them, or their number, is not", () => {
  const same = steady<unknown>();
  const entry = {};
  const first = same([entry, null]);
  expect(same([entry, null])).toBe(first);
  expect(same([{}, null])).not.toBe(first);
  expect(same([entry])).toEqual([entry]);
  expect(same([])).toEqual([]);
});
