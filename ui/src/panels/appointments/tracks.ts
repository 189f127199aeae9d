/** The columns of all services in one row, and the way of the keyboard through them. */
import type { Change } from "./changes";
import type { Column, Item } from "./board";
import type { Group } from "./day.svelte";
import type { Lane } from "./roving";

export type Track = {
  group: Group;
  groupIndex: number;
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

export const changesKeyOf = (column: Column): string => `changes-${column.key}`;

const changesOf = ({ part }: Group, column: Column): Change[] => part.changes.get(column.cuIndex) ?? [];

export function tracksOf(groups: Group[]): Track[] {
  let colIndex = 0;
  return groups.flatMap((group, groupIndex) => {
    const columns: (Column | undefined)[] = group.columns.length > 0 ? group.columns : [undefined];
    return columns.map((column, index): Track => {
      const changesKey = column ? changesKeyOf(column) : "";
      return {
        group,
        groupIndex,
        column,
        colIndex: column ? ++colIndex : 0,
        begins: groups.length > 1 && index === 0,
        changes: column ? changesOf(group, column) : [],
        changesKey,
        keys: new Set(column ? [column.key, changesKey, ...column.items.map((item) => item.key)] : []),
      };
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
