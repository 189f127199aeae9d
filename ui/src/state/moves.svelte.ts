/** The moves of appointments that are not over, or whose end nobody has heard: the list and what can be done about each. */
import type { AppointmentMove, Keep } from "../bindings";
import { call } from "../host";

class Moves {
  list = $state.raw<AppointmentMove[]>([]);
  #asked = 0;

  get underWay(): boolean {
    return this.list.some((move) => move.state === "underWay");
  }

  /** Should it not be readable, the older list stands: a move that holds two is never taken off unread. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await call("list_moves", {});
      if (asked === this.#asked) this.list = list;
    } catch {
      // Read again with the next change of anything.
    }
  }

  /** Cancels the other one; throws what the core says when that fails. */
  async end(moveId: string, keep: Keep): Promise<AppointmentMove> {
    return await this.#act(() => call("end_move", { moveId, keep }));
  }

  /** Goes on, or looks again. */
  async resume(moveId: string): Promise<AppointmentMove> {
    return await this.#act(() => call("resume_move", { moveId }));
  }

  /** Puts away one that is over, or that somebody has looked after in Cubu. */
  async close(moveId: string): Promise<void> {
    await this.#act(() => call("close_move", { moveId }));
  }

  clear(): void {
    this.#asked++;
    this.list = [];
  }

  async #act<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } finally {
      await this.read();
    }
  }
}

export const moves = new Moves();
