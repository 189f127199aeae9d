/** The calendars that are being emptied on this PC, or were: kept by the core, so that a restart loses nothing of them. */
import type { CalendarDay, EmptiedBooking, Emptying } from "../bindings";
import { call } from "../host";

class Emptyings {
  list = $state.raw<Emptying[]>([]);
  #asked = 0;

  /** Those that somebody has not said to be done. */
  underWay: Emptying[] = $derived(this.list.filter((emptying) => !emptying.isOver));

  /** Should it not be readable, the older list stands. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    const list = await call("list_emptyings", {}).catch(() => undefined);
    if (list && asked === this.#asked) this.list = list;
  }

  clear(): void {
    this.#asked++;
    this.list = [];
  }
}

export const emptyings = new Emptyings();

export const isSame = (one: CalendarDay, other: CalendarDay): boolean =>
  one.serviceId === other.serviceId && one.date === other.date && one.cuIndex === other.cuIndex;

/** Whether somebody may still see to a booking. */
export const isOpen = ({ state }: EmptiedBooking): boolean =>
  state === "toDo" || state === "notReached" || state === "skipped";
