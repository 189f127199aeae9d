/** The registry's shortcuts by group, with the chords of one act side by side. */
import type { Shortcut } from "../state/shortcuts.svelte";

export type Group = { name: string; entries: { label: string; chords: string[] }[] };

export function grouped(list: Shortcut[]): Group[] {
  const groups: Group[] = [];
  for (const { group: name, label, chord } of list) {
    let group = groups.find((entry) => entry.name === name);
    if (!group) groups.push((group = { name, entries: [] }));
    const entry = group.entries.find((known) => known.label === label);
    if (!entry) group.entries.push({ label, chords: [chord] });
    else if (!entry.chords.includes(chord)) entry.chords.push(chord);
  }
  return groups;
}
