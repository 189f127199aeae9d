/**
 * Where the arrow keys lead on the board: exactly one thing on it is in the Tab row, and these moves choose which. A
 * column is its heading (and what stands in it, from top to bottom) followed by its items in the order of the day.
 * "forward" and "back" are reading order, so the caller has mirrored the arrow keys already.
 */
export type Stop = { key: string; minute: number };
/** `heads` are the stops above the day itself: the calendar's heading, then the mark of what changed in it. */
export type Lane = { heads: string[]; stops: Stop[] };
export type Move =
  "up" | "down" | "forward" | "back" | "first" | "last" | "hourBack" | "hourForward" | "firstColumn" | "lastColumn";
/** Where the keyboard stood, so that it finds its way when what it stood on is gone. */
export type Standing = { lane: string; minute: number | null };

const has = (lane: Lane, key: string): boolean =>
  lane.heads.includes(key) || lane.stops.some((stop) => stop.key === key);

export function move(lanes: Lane[], from: string, direction: Move): string | undefined {
  const at = lanes.findIndex((lane) => has(lane, from));
  const lane = lanes[at];
  if (!lane) return entry(lanes);
  const index = lane.stops.findIndex((stop) => stop.key === from);
  const stop = lane.stops[index];
  const head = lane.heads.indexOf(from);
  switch (direction) {
    case "up":
      if (stop) return lane.stops[index - 1]?.key ?? lane.heads.at(-1);
      return lane.heads[head - 1];
    case "down":
      if (stop) return lane.stops[index + 1]?.key;
      return lane.heads[head + 1] ?? lane.stops[0]?.key;
    case "first":
      return lane.stops[0]?.key ?? lane.heads[0];
    case "last":
      return lane.stops.at(-1)?.key ?? lane.heads[0];
    case "hourForward":
      return stop
        ? (lane.stops.find((next) => next.minute >= stop.minute + 60) ?? lane.stops.at(-1))?.key
        : lane.stops[0]?.key;
    case "hourBack":
      return stop
        ? (lane.stops.findLast((next) => next.minute <= stop.minute - 60)?.key ?? lane.stops[0]?.key)
        : lane.heads[0];
    case "forward":
      return across(lanes[at + 1], stop);
    case "back":
      return across(lanes[at - 1], stop);
    case "firstColumn":
      return across(lanes[0], stop);
    case "lastColumn":
      return across(lanes.at(-1), stop);
  }
}

/** The same time in another column; from a heading, its heading. */
function across(lane: Lane | undefined, stop: Stop | undefined): string | undefined {
  if (!lane) return undefined;
  return stop ? (nearest(lane.stops, stop.minute)?.key ?? lane.heads[0]) : lane.heads[0];
}

/** Where a key stands, to be found again with `entry` when it is gone. */
export function standing(lanes: Lane[], key: string): Standing | undefined {
  const lane = lanes.find((one) => has(one, key));
  return lane && { lane: lane.heads[0] ?? "", minute: lane.stops.find((stop) => stop.key === key)?.minute ?? null };
}

/** Where Tab enters: the wanted stop while it is there, else the nearest in time to where it was, else the first thing. */
export function entry(lanes: Lane[], wanted?: string, stood?: Standing): string | undefined {
  if (wanted && lanes.some((lane) => has(lane, wanted))) return wanted;
  const lane = stood && lanes.find((one) => one.heads[0] === stood.lane);
  if (lane && stood) return stood.minute === null ? stood.lane : (nearest(lane.stops, stood.minute)?.key ?? stood.lane);
  const stops = lanes.flatMap((one) => one.stops);
  return stops.find((stop) => stop.key.startsWith("slot-"))?.key ?? stops[0]?.key ?? lanes[0]?.heads[0];
}

function nearest(stops: Stop[], minute: number): Stop | undefined {
  let best: Stop | undefined;
  for (const stop of stops) {
    if (!best || Math.abs(stop.minute - minute) < Math.abs(best.minute - minute)) best = stop;
  }
  return best;
}
