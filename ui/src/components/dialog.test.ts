import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet, tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../state/app.svelte";
import Dialog from "./Dialog.svelte";

const children = createRawSnippet(() => ({ render: () => `<p>Both can’t be held.</p>` }));
const isOpen = () => document.querySelector("dialog[open]") !== null;

beforeEach(() => {
  app.panel = "customers";
});

afterEach(() => document.querySelector("[data-panel]")?.remove());

/** A question in the day board's panel, which is kept mounted while another one is in front. */
function inBoard(open: boolean) {
  const panel = document.body.appendChild(document.createElement("div"));
  panel.dataset.panel = "appointments";
  panel.hidden = true;
  const onclose = vi.fn();
  const { rerender } = render(
    Dialog,
    { target: panel, props: { open, title: "Give up first?", onclose, children } },
    { baseElement: document.body },
  );
  const show = async (shown: "appointments" | "customers") => {
    app.panel = shown;
    panel.hidden = shown !== "appointments";
    await tick();
  };
  return { rerender, onclose, show };
}

describe("a question in a panel", () => {
  it("that is not in front waits until somebody comes back to it, and blocks nothing meanwhile", async () => {
    const { rerender, onclose, show } = inBoard(false);
    await rerender({ open: true });
    expect(isOpen()).toBe(false);
    await show("appointments");
    expect(await screen.findByRole("dialog", { name: "Give up first?" })).toBeTruthy();
    expect(onclose).not.toHaveBeenCalled();
  });

  it("goes with its panel and comes back with it, unanswered", async () => {
    const { onclose, show } = inBoard(true);
    await show("appointments");
    expect(isOpen()).toBe(true);
    await show("customers");
    expect(isOpen()).toBe(false);
    await show("appointments");
    const dialog = await screen.findByRole("dialog", { name: "Give up first?" });
    expect(onclose).not.toHaveBeenCalled();
    await userEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(isOpen()).toBe(false);
  });

  it("outside every panel is asked whichever is in front", () => {
    render(Dialog, { open: true, title: "Changes to see to", children });
    expect(isOpen()).toBe(true);
  });
});
