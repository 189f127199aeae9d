/**
 * Reads something again and again while somebody looks at it: often while they work, seldom while they don't, at once
 * when they come back. What is read, and whether this is the time for it, belongs to the caller.
 */
export type Pace = { active: number; idle: number; restAfter: number };

/** Somebody who touches nothing for `restAfter` is not looking closely. */
export const BOARD_PACE: Pace = { active: 12_000, idle: 50_000, restAfter: 90_000 };

const TOUCHES = ["keydown", "pointerdown", "wheel"] as const;

export type Polled = {
  read: () => void;
  when: () => boolean;
  /** They look elsewhere from now on. */
  away?: () => void;
};

/** Starts polling; returns how to stop. */
export function poll({ read, when, away }: Polled, pace: Pace = BOARD_PACE): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let idle = false;

  const wait = () => {
    clearTimeout(timer);
    // A little earlier or later each time, so that the desks of a branch do not all ask at once.
    const pause = (idle ? pace.idle : pace.active) * (0.9 + Math.random() * 0.1);
    timer = setTimeout(look, pause);
  };
  const look = () => {
    if (when()) read();
    wait();
  };
  const rest = () => {
    clearTimeout(resting);
    resting = setTimeout(() => (idle = true), pace.restAfter);
  };
  const touch = () => {
    rest();
    if (!idle) return;
    idle = false;
    look();
  };
  const back = () => {
    idle = false;
    rest();
    look();
  };
  const leave = () => {
    idle = true;
    away?.();
    wait();
  };

  for (const name of TOUCHES) window.addEventListener(name, touch, { passive: true });
  window.addEventListener("focus", back);
  window.addEventListener("blur", leave);
  rest();
  wait();
  return () => {
    clearTimeout(timer);
    clearTimeout(resting);
    for (const name of TOUCHES) window.removeEventListener(name, touch);
    window.removeEventListener("focus", back);
    window.removeEventListener("blur", leave);
  };
}
