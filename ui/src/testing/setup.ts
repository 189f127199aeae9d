/** Every test starts with an empty page and cleans up what it rendered. */
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach } from "vitest";

// A failed query says what it looked for; the whole page would bury it.
configure({ getElementError: (message) => new Error(message ?? "not found") });

afterEach(() => cleanup());
