/**
 * Where the keyboard stands on the drawn day: moved by its keys, wished for from outside, and kept through a new reading.
 * The board and the agenda share it; how a thing comes into sight is theirs.
 */
import { flushSync, tick, untrack } from "svelte";
import { steady } from "../../state/steady";
import type { DayState } from "./day.svelte";
import { moveOf } from "./keys";
import { entry, move, standing } from "./roving";
import { lanesOf, tracksOf, type Track } from "./tracks";

type Sight = {
  box: () => HTMLElement | undefined;
  /** Brings a thing into sight before it is focused: what is out of sight may not be drawn. */
  reveal?: (key: string) => void;
  /** Brings a thing into sight that has the focus. */
  shown?: (element: HTMLElement) => void;
};

export class BoardKeyboard {
  readonly #day: DayState;
  readonly #sight: Sight;
  #before: Track[] = [];
  readonly #same = steady<Track>();
  readonly tracks = $derived.by(() => (this.#before = this.#same(tracksOf(this.#day.groups, this.#before))));
  /** With an appointment in hand, from one free time for it to the next. */
  readonly #lanes = $derived.by(() => {
    const { lifting, groups } = this.#day;
    if (!lifting.cut) return lanesOf(groups);
    const { focusKey } = this.#day;
    return lanesOf(groups, (item) => lifting.fits(item) || item.key === focusKey);
  });
  /** It stood on the board before what is drawn there changed. */
  held = false;
  /** The one thing in the Tab row. */
  readonly roving = $derived.by(() => entry(this.#lanes, this.#day.focusKey, this.#day.focusAt));

  /** Made while its component is, whose effects it uses. */
  constructor(day: DayState, sight: Sight) {
    this.#day = day;
    this.#sight = sight;

    $effect(() => {
      const wish = day.focusWish;
      if (!wish) return;
      void tick().then(() => {
        if (day.focusWish !== wish) return;
        day.focusWish = undefined;
        this.focus(this.tracks.some((track) => track.keys.has(wish.key)) ? wish.key : (this.roving ?? ""));
      });
    });

    // When the thing under the keyboard is gone after a new reading, the nearest in time takes its place.
    $effect.pre(() => {
      void this.tracks;
      this.held = untrack(() => !!sight.box()?.contains(document.activeElement));
    });
    $effect(() => {
      void this.tracks;
      if (this.held && document.activeElement === document.body) untrack(() => this.focus(this.roving ?? ""));
    });
  }

  readonly onkeydown = (event: KeyboardEvent): void => {
    const from = (event.target as HTMLElement).dataset.key;
    const direction = from && moveOf(event);
    if (!from || !direction) return;
    event.preventDefault();
    const step = (stands: string) => {
      const key = move(this.#lanes, stands, direction);
      if (key) this.focus(key);
    };
    // With an appointment in hand there may be nothing to go to yet; what is pressed meanwhile is not lost, unless
    // somebody has left the board.
    const { fitted } = this.#day.lifting;
    const later = () => {
      if (this.#sight.box()?.contains(document.activeElement)) step(this.#day.focusKey ?? from);
    };
    if (fitted) void fitted.then(later);
    else step(from);
  };

  readonly onfocusin = (event: FocusEvent): void => {
    const key = (event.target as HTMLElement).dataset.key;
    if (key && key !== this.#day.focusKey) this.#stand(key);
  };

  focus(key: string): void {
    this.#stand(key);
    this.#sight.reveal?.(key);
    flushSync();
    const target = this.#sight.box()?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    target?.focus({ preventScroll: true });
    if (target) this.#sight.shown?.(target);
  }

  #stand(key: string): void {
    this.#day.focusKey = key;
    this.#day.focusAt = standing(this.#lanes, key);
  }
}
