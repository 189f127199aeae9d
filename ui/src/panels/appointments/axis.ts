/**
 * The one time axis of the board. Time runs downwards and every calendar shares it, but the scale is not even: where
 * something short has to be pressed or read, time is stretched until it fits, and where every calendar is closed it is
 * squeezed. So a 7-minute slot and a 40-minute one stand at their real times without a grid, and both can be hit.
 */

/** Something drawn from `start` to `end` that needs at least so many pixels. */
export type Stretch = { start: number; end: number; need: number };
export type Hours = { start: number; end: number };

export type Axis = {
  start: number;
  end: number;
  height: number;
  /** Where a minute of the day stands, in pixels from the top. Minutes outside the day stand at its edges. */
  y: (minute: number) => number;
  /** The full hours that have room for a label. */
  hours: number[];
};

export type Scale = {
  /** Pixels a minute while some calendar is open. */
  perMinute: number;
  /** Pixels for a time in which every calendar is closed and nothing is booked. */
  closedGap: number;
  /** Least distance between two hour labels. */
  labelGap: number;
};

export const SCALE: Scale = { perMinute: 1.5, closedGap: 20, labelGap: 18 };

export function buildAxis(stretches: Stretch[], hours: Hours[], scale: Scale = SCALE): Axis {
  const spans = [...hours, ...stretches].filter((span) => span.end > span.start);
  if (spans.length === 0) return { start: 0, end: 0, height: 0, y: () => 0, hours: [] };
  const openTimes = merged(spans);
  const start = openTimes[0]?.start ?? 0;
  const end = openTimes.at(-1)?.end ?? 0;

  const points = [...new Set(spans.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const at = new Map<number, number>([[start, 0]]);
  const ending = new Map<number, Stretch[]>();
  for (const stretch of stretches) {
    const others = ending.get(stretch.end);
    if (others) others.push(stretch);
    else ending.set(stretch.end, [stretch]);
  }

  let y = 0;
  let current = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1] ?? start;
    const to = points[index] ?? end;
    while ((openTimes[current]?.end ?? end) < to) current++;
    const open = (openTimes[current]?.start ?? end) <= from;
    const natural = (to - from) * scale.perMinute;
    y += open ? natural : Math.min(natural, scale.closedGap);
    for (const stretch of ending.get(to) ?? []) {
      if (stretch.end > stretch.start) y = Math.max(y, (at.get(stretch.start) ?? 0) + stretch.need);
    }
    at.set(to, y);
  }

  const place = (minute: number): number => {
    if (minute <= start) return 0;
    if (minute >= end) return y;
    let low = 0;
    let high = points.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((points[middle] ?? 0) <= minute) low = middle;
      else high = middle;
    }
    const before = points[low] ?? start;
    const after = points[high] ?? end;
    const top = at.get(before) ?? 0;
    const bottom = at.get(after) ?? y;
    return top + ((minute - before) / (after - before)) * (bottom - top);
  };

  return { start, end, height: y, y: place, hours: labelledHours(start, end, place, scale.labelGap) };
}

/** The times that some span covers, in order, as few as they are. */
function merged(spans: Hours[]): Hours[] {
  const times: Hours[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = times.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else times.push({ start, end });
  }
  return times;
}

/** The times between some hours, the first from ever and the last for ever. Hours that end before they begin are none. */
export function closedTimes(hours: Hours[]): { from: number | undefined; to: number | undefined }[] {
  const open = merged(hours.filter(({ start, end }) => end > start));
  return [undefined, ...open].map((before, index) => ({ from: before?.end, to: open[index]?.start }));
}

function labelledHours(start: number, end: number, place: (minute: number) => number, gap: number): number[] {
  const labelled: number[] = [];
  for (let hour = Math.ceil(start / 60) * 60; hour <= end; hour += 60) {
    const last = labelled.at(-1);
    if (last === undefined || place(hour) - place(last) >= gap) labelled.push(hour);
  }
  return labelled;
}
