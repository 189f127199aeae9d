/**
 * Carrying an appointment over the board with a pointer. It begins after some pixels, so that no press is taken for it;
 * what it is let go on is asked about like every other move. A finger scrolls instead: it has the form.
 */
import type { Booking } from "./board";
import type { DayState } from "./day.svelte";

/** A press that moves less is a press. */
const THRESHOLD = 6;
/** This near the edge the board scrolls, the faster the nearer. */
const EDGE = 48;
const FASTEST = 14;

type Surroundings = {
  box: () => HTMLElement | undefined;
  /** What stands over the board's own edges: its heads, its hours. */
  insets: () => { top: number; start: number };
  /** The booking under a pointer, when it may be dragged. */
  bookingAt: (target: Element) => Booking | undefined;
};

export class BoardDrag {
  readonly #day: DayState;
  readonly #around: Surroundings;
  /** Where the pointer is, in the window. */
  at = $state.raw({ x: 0, y: 0 });
  #pressed: { pointer: number; x: number; y: number; booking: Booking } | undefined;
  #carried = false;
  #frame = 0;

  constructor(day: DayState, around: Surroundings) {
    this.#day = day;
    this.#around = around;
  }

  readonly onpointerdown = (event: PointerEvent): void => {
    this.#carried = false;
    if (event.button !== 0 || !event.isPrimary || event.pointerType === "touch" || this.#day.lifting.cut) return;
    const booking = event.target instanceof Element ? this.#around.bookingAt(event.target) : undefined;
    this.#pressed = booking && { pointer: event.pointerId, x: event.clientX, y: event.clientY, booking };
  };

  readonly onpointermove = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    if (!pressed || event.pointerId !== pressed.pointer) return;
    const { lifting } = this.#day;
    if (!this.#carried) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < THRESHOLD) return;
      this.#carried = lifting.lift(pressed.booking);
      if (!this.#carried) return this.#letGo();
      this.#around.box()?.setPointerCapture(event.pointerId);
      lifting.dragged = true;
      this.#roll();
    }
    if (!lifting.dragged) return this.#letGo();
    this.at = { x: event.clientX, y: event.clientY };
    this.#aim();
  };

  readonly onpointerup = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pressed?.pointer) return;
    const { lifting } = this.#day;
    const carried = lifting.dragged;
    const slot = lifting.candidate;
    this.#letGo();
    if (!carried) return;
    if (slot) lifting.putOn(slot);
    else lifting.layBack();
  };

  /** The pointer was taken away: nothing is moved. */
  readonly onpointerlost = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pressed?.pointer) return;
    this.#letGo();
    if (this.#day.lifting.dragged) this.#day.lifting.layBack();
  };

  /** The click that ends a drag opens nothing. */
  readonly onclickcapture = (event: MouseEvent): void => {
    if (!this.#carried) return;
    this.#carried = false;
    event.stopPropagation();
    event.preventDefault();
  };

  #letGo(): void {
    this.#pressed = undefined;
    cancelAnimationFrame(this.#frame);
  }

  #aim(): void {
    const under = document.elementFromPoint(this.at.x, this.at.y)?.closest<HTMLElement>("[data-start]");
    this.#day.lifting.over = under && this.#around.box()?.contains(under) ? under.dataset.key : undefined;
  }

  /** Scrolls while the pointer stays near an edge, whether it moves or not. */
  #roll(): void {
    this.#frame = requestAnimationFrame(() => {
      const box = this.#around.box();
      if (!box || !this.#pressed || !this.#day.lifting.dragged) return;
      const { top, start } = this.#around.insets();
      const frame = box.getBoundingClientRect();
      const rightToLeft = document.documentElement.dir === "rtl";
      const x = push(this.at.x, frame.left + (rightToLeft ? 0 : start), frame.right - (rightToLeft ? start : 0));
      const y = push(this.at.y, frame.top + top, frame.bottom);
      if (x !== 0 || y !== 0) box.scrollBy(x, y);
      // What lies under a pointer changes while it rests, too: by scrolling, and when times come in.
      this.#aim();
      this.#roll();
    });
  }
}

/** How many pixels to scroll for a pointer between two edges. */
export function push(at: number, from: number, to: number): number {
  const near = (distance: number) => Math.ceil(FASTEST * Math.min(1, Math.max(0, 1 - distance / EDGE)));
  return near(to - at) || -near(at - from) || 0;
}
