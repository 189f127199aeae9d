/**
 * The customer whom the clerk has in hand, so that booking and queueing need not ask again. Kept in memory only, and only
 * for the organisation it was chosen in. Reading a record and finding one belong to the customers panel.
 */
import { app } from "./app.svelte";

export type ChosenCustomerCard = { recordId: string; displayName: string; phone?: string; email?: string };

class ChosenCustomer {
  #card = $state.raw<ChosenCustomerCard | null>(null);
  #organisation = $state("");

  /** Null when nobody was chosen, or when the organisation is another one now. */
  get current(): ChosenCustomerCard | null {
    return this.#organisation === app.organisation ? this.#card : null;
  }

  choose(card: ChosenCustomerCard): void {
    this.#card = card;
    this.#organisation = app.organisation;
  }

  clear(): void {
    this.#card = null;
  }
}

export const chosenCustomer = new ChosenCustomer();
