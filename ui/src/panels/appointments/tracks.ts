/** The columns of all services in one row, and the way of the keyboard through them. */
import type { Change } from "./changes";
import type { Column, Item } from "./board";
import type { Group } from "./day.svelte";
import type { Lane } from "./roving";
import type { ServiceDay } from "./service-day.svelte";

export type Track = {
  part: ServiceDay;
  groupIndex: number;
  /** Its place in the row. */
  index: number;
  /** Missing where a service has nothing to show on this day: then its place says so. */
  column: Column | undefined;
  /** As a screen reader counts. */
  colIndex: number;
  /** The first of its service, when there are several. */
  begins: boolean;
  changes: Change[];
  changesKey: string;
  /** All that the keyboard can stand on. */
  keys: Set<string>;
};
/** One that has a calendar. */
export type ColumnTrack = Track & { column: Column };

export const changesKeyOf = (column: Column): string => `changes-${column.key}`;

const NONE: Change[] = [];
const changesOf = ({ part }: Group, column: Column): Change[] => part.changes.get(column.cuIndex) ?? NONE;

/** What is as it was in `before` is the same object again, so that nothing of it is drawn anew. */
export function tracksOf(groups: Group[], before: Track[] = []): Track[] {
  let colIndex = 0;
  let place = 0;
  return groups.flatMap((group, groupIndex) => {
    const columns: (Column | undefined)[] = group.columns.length > 0 ? group.columns : [undefined];
    return columns.map((column, nth): Track => {
      const changesKey = column ? changesKeyOf(column) : "";
      const track = {
        part: group.part,
        groupIndex,
        index: place++,
        column,
        colIndex: column ? ++colIndex : 0,
        begins: groups.length > 1 && nth === 0,
        changes: column ? changesOf(group, column) : NONE,
        changesKey,
      };
      const stood = before[track.index];
      if (stood && Object.entries(track).every(([name, value]) => stood[name as keyof Track] === value)) return stood;
      const keys = column ? [column.key, changesKey, ...column.items.map((item) => item.key)] : [];
      return { ...track, keys: new Set(keys) };
    });
  });
}

/** `among`: only these items are on the way of the keyboard. */
export const lanesOf = (groups: Group[], among: (item: Item) => boolean = () => true): Lane[] =>
  groups.flatMap((group) =>
    group.columns.map((column) => ({
      heads: [column.key, ...(changesOf(group, column).length > 0 ? [changesKeyOf(column)] : [])],
      stops: column.items.filter(among).map((item) => ({ key: item.key, minute: item.start })),
    })),
  );
