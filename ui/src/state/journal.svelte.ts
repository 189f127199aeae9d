/** How the core keeps the journal of changes, and whether somebody is being asked about it. */
import type { JournalState } from "../bindings";
import { call } from "../host";
import { app } from "./app.svelte";

class Journal {
  /** The question is open. */
  asked = $state(false);
  #putOff = false;

  get state(): JournalState | undefined {
    return app.snapshot?.journal;
  }

  /** Nothing can be changed before somebody has decided; practice keeps nothing and asks nothing. */
  get waits(): boolean {
    return this.state?.kept === "locked" && !app.connection.practice;
  }

  /** Asks once by itself. Whoever closes the question finds it again in the banner. */
  askOnce(): void {
    if (!this.waits) this.#putOff = false;
    else if (!this.#putOff) this.asked = this.#putOff = true;
  }

  async unlock(passphrase: string): Promise<void> {
    app.take(await call("unlock_journal", { passphrase }));
    this.asked = false;
  }

  async goOn(): Promise<void> {
    app.take(await call("go_on_without_passphrase", {}));
    this.asked = false;
  }

  async changePassphrase(passphrase: string, newPassphrase: string): Promise<void> {
    app.take(await call("change_passphrase", { passphrase, newPassphrase }));
  }

  async setAside(): Promise<void> {
    app.take(await call("set_aside_journal", {}));
    this.asked = this.waits;
  }
}

export const journal = new Journal();
