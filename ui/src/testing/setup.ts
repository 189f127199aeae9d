/** Every test starts with an empty page and cleans up what it rendered. */
import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";

afterEach(() => cleanup());
