/**
 * The one registry of keyboard shortcuts. Screens register what they offer; the list under F1 is drawn from here, so no
 * shortcut can exist without being listed. Single keys can be switched off in the settings and never fire while typing.
 */
export type Shortcut = {
  /** "Ctrl+Enter", "Ctrl+Shift+N", "F1", "/", "T". Letters are matched by position too, so they work on a Hebrew layout. */
  chord: string;
  /** The message id of what it does. */
  label: string;
  /** The message id of the group it is listed under. */
  group: string;
  /** Without it the screen has the key itself (the arrows of a grid), and it is only listed here. */
  run?: (event: KeyboardEvent) => void;
  /** Off while this says false. Listed all the same. */
  when?: () => boolean;
  /** Also while a modal dialog is open. */
  inDialogs?: boolean;
};

type Chord = { ctrl: boolean; shift: boolean; alt: boolean; key: string };

export function parseChord(chord: string): Chord {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  const key = parts.at(-1) || "+";
  return { ctrl: parts.includes("Ctrl"), shift: parts.includes("Shift"), alt: parts.includes("Alt"), key };
}

export const isSingleKey = (chord: string): boolean => {
  const { ctrl, alt, key } = parseChord(chord);
  return !ctrl && !alt && !/^F\d+$/.test(key);
};

/** What the setting switches off: keys that write something. Delete and Escape write nothing. */
const writes = (chord: string): boolean => isSingleKey(chord) && parseChord(chord).key.length === 1;

export function matches(event: KeyboardEvent, chord: string): boolean {
  const wanted = parseChord(chord);
  if ((event.ctrlKey || event.metaKey) !== wanted.ctrl || event.altKey !== wanted.alt) return false;
  const letter = /^[a-z]$/i.test(wanted.key);
  const digit = /^\d$/.test(wanted.key);
  if (letter || digit || wanted.key.length > 1) {
    if (event.shiftKey !== wanted.shift) return false;
  }
  if (letter) {
    const latin = /^[a-z]$/i.test(event.key);
    return latin
      ? event.key.toLowerCase() === wanted.key.toLowerCase()
      : event.code === `Key${wanted.key.toUpperCase()}`;
  }
  if (digit) return event.key === wanted.key || event.code === `Digit${wanted.key}`;
  return event.key.toLowerCase() === wanted.key.toLowerCase();
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("textarea, select")) return true;
  const input = target.closest("input");
  return !!input && !["button", "checkbox", "radio", "range", "reset", "submit"].includes(input.type);
}

/** What a web view would do by itself where no screen has a use for the chord: load the window anew, print it as it stands. */
const OF_A_BROWSER = ["F5", "Ctrl+F5", "Ctrl+R", "Ctrl+Shift+R", "Ctrl+P"];

class Shortcuts {
  list = $state.raw<Shortcut[]>([]);
  singleKeys = $state(true);

  /** Later registrations win over earlier ones with the same chord. Returns how to take it back. */
  register(...shortcuts: Shortcut[]): () => void {
    this.list = [...this.list, ...shortcuts];
    return () => {
      this.list = this.list.filter((entry) => !shortcuts.includes(entry));
    };
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const modal = document.querySelector("dialog[open], [data-modal]") !== null;
    for (const shortcut of this.list.toReversed()) {
      if (!shortcut.run || !matches(event, shortcut.chord)) continue;
      if (modal && !shortcut.inDialogs) continue;
      if (writes(shortcut.chord) && !this.singleKeys) continue;
      if (isSingleKey(shortcut.chord) && isTyping(event.target)) continue;
      if (shortcut.when && !shortcut.when()) continue;
      event.preventDefault();
      shortcut.run(event);
      return;
    }
    if (OF_A_BROWSER.some((chord) => matches(event, chord))) event.preventDefault();
  }
}

export const shortcuts = new Shortcuts();
