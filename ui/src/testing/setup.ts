/** Every test starts with an empty page and cleans up what it rendered. */
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";

// A failed query says what it looked for; the whole page would bury it.
configure({ getElementError: (message) => new Error(message ?? "not found") });

afterEach(() => cleanup());

// happy-dom knows :checked of inputs only, and Svelte asks a select for the option that has it.
const ask = HTMLSelectElement.prototype.querySelector;
HTMLSelectElement.prototype.querySelector = function (this: HTMLSelectElement, selector: string) {
  return selector === ":checked" ? (this.selectedOptions[0] ?? null) : ask.call(this, selector);
} as typeof ask;
