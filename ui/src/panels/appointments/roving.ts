/**
 * Where the arrow keys lead on the board: exactly one thing on it is in the Tab row, and these moves choose which. A
 * column is its calendar's heading followed by what stands in it. "forward" and "back" are reading order, so the caller
 * has mirrored the arrow keys already.
 */
export type Stop = { key: string; minute: number };
export type Lane = { head: string; stops: Stop[] };
export type Move = "up" | "down" | "forward" | "back" | "first" | "last" | "hourBack" | "hourForward";

export function move(lanes: Lane[], from: string, direction: Move): string | undefined {
  const at = lanes.findIndex((lane) => lane.head === from || lane.stops.some((stop) => stop.key === from));
  const lane = lanes[at];
  if (!lane) return entry(lanes);
  const index = lane.stops.findIndex((stop) => stop.key === from);
  const stop = lane.stops[index];
  switch (direction) {
    case "up":
      return index <= 0 ? lane.head : lane.stops[index - 1]?.key;
    case "down":
      return lane.stops[index + 1]?.key;
    case "first":
      return lane.stops[0]?.key ?? lane.head;
    case "last":
      return lane.stops.at(-1)?.key ?? lane.head;
    case "hourForward":
      return stop
        ? (lane.stops.find((next) => next.minute >= stop.minute + 60) ?? lane.stops.at(-1))?.key
        : lane.stops[0]?.key;
    case "hourBack":
      return stop
        ? (lane.stops.findLast((next) => next.minute <= stop.minute - 60)?.key ?? lane.stops[0]?.key)
        : lane.head;
    case "forward":
    case "back": {
      const neighbour = lanes[at + (direction === "forward" ? 1 : -1)];
      if (!neighbour) return undefined;
      return stop ? (nearest(neighbour.stops, stop.minute)?.key ?? neighbour.head) : neighbour.head;
    }
  }
}

/** Where Tab enters: the wanted stop while it is there, else the first thing that is. */
export function entry(lanes: Lane[], wanted?: string): string | undefined {
  if (wanted && lanes.some((lane) => lane.head === wanted || lane.stops.some((stop) => stop.key === wanted)))
    return wanted;
  const stops = lanes.flatMap((lane) => lane.stops);
  return stops.find((stop) => stop.key.startsWith("slot-"))?.key ?? stops[0]?.key ?? lanes[0]?.head;
}

function nearest(stops: Stop[], minute: number): Stop | undefined {
  let best: Stop | undefined;
  for (const stop of stops) {
    if (!best || Math.abs(stop.minute - minute) < Math.abs(best.minute - minute)) best = stop;
  }
  return best;
}
