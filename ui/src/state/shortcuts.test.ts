import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { arrowStep } from "./direction";
import { isSingleKey, matches, shortcuts, type Shortcut } from "./shortcuts.svelte";

const press = (key: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });

describe("a chord", () => {
  it.each<[string, string, KeyboardEventInit, boolean]>([
    ["Ctrl+1", "1", { ctrlKey: true }, true],
    ["Ctrl+1", "1", {}, false],
    ["Ctrl+,", ",", { ctrlKey: true }, true],
    ["Ctrl+Enter", "Enter", { ctrlKey: true }, true],
    ["Ctrl+Enter", "Enter", { ctrlKey: true, shiftKey: true }, false],
    ["Ctrl+Shift+N", "N", { ctrlKey: true, shiftKey: true }, true],
    ["Ctrl+N", "מ", { ctrlKey: true, code: "KeyN" }, true],
    ["T", "t", {}, true],
    ["T", "t", { altKey: true }, false],
    ["?", "?", { shiftKey: true }, true],
    ["/", "/", {}, true],
    ["F1", "F1", {}, true],
    ["Ctrl+2", "é", { ctrlKey: true, code: "Digit2" }, true],
  ])("%s and the key %s %o: %s", (chord, key, more, fits) => expect(matches(press(key, more), chord)).toBe(fits));

  it("is a single key without Ctrl or Alt, but for the function keys", () => {
    expect(["T", "/", "?", "Ctrl+T", "F1"].map(isSingleKey)).toEqual([true, true, true, false, false]);
  });
});

describe("the registry", () => {
  let unregister: (() => void)[] = [];
  const add = (chord: string, more: Partial<Shortcut> = {}) => {
    const run = vi.fn();
    unregister.push(shortcuts.register({ chord, label: "l", group: "g", run, ...more }));
    return run;
  };
  const send = (event: KeyboardEvent, target: HTMLElement = document.body) => {
    target.addEventListener("keydown", (sent) => shortcuts.handle(sent as KeyboardEvent), { once: true });
    target.dispatchEvent(event);
    return event;
  };

  beforeEach(() => {
    shortcuts.singleKeys = true;
    unregister = [];
  });
  afterEach(() => {
    for (const undo of unregister) undo();
    document.body.replaceChildren();
  });

  it("runs the newest that fits and is willing", () => {
    const older = add("Ctrl+N");
    const newer = add("Ctrl+N", { when: () => false });
    const event = send(press("n", { ctrlKey: true }));
    expect(older).toHaveBeenCalledOnce();
    expect(newer).not.toHaveBeenCalled();
    expect(event.defaultPrevented).toBe(true);
  });

  it("leaves single keys to the text being typed", () => {
    const run = add("T");
    const input = document.body.appendChild(document.createElement("input"));
    send(press("t"), input);
    expect(run).not.toHaveBeenCalled();
    send(press("t"));
    expect(run).toHaveBeenCalledOnce();
  });

  it("honours the setting that switches single keys off", () => {
    const run = add("T");
    const chord = add("Ctrl+T");
    shortcuts.singleKeys = false;
    send(press("t"));
    send(press("t", { ctrlKey: true }));
    expect(run).not.toHaveBeenCalled();
    expect(chord).toHaveBeenCalledOnce();
  });

  it("keeps quiet under a dialog", () => {
    const run = add("Ctrl+1");
    const inside = add("Ctrl+2", { inDialogs: true });
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.setAttribute("open", "");
    send(press("1", { ctrlKey: true }));
    send(press("2", { ctrlKey: true }));
    expect(run).not.toHaveBeenCalled();
    expect(inside).toHaveBeenCalledOnce();
  });

  it("does not let a chord that no screen wants load the window anew or print it", () => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.setAttribute("open", "");
    add("F5");
    expect(send(press("F5")).defaultPrevented).toBe(true);
    expect(send(press("p", { ctrlKey: true })).defaultPrevented).toBe(true);
    expect(send(press("c", { ctrlKey: true })).defaultPrevented).toBe(false);
  });

  it("forgets what was taken back", () => {
    const run = add("Ctrl+1");
    unregister.pop()?.();
    send(press("1", { ctrlKey: true }));
    expect(run).not.toHaveBeenCalled();
  });
});

describe("arrow keys", () => {
  it("follow the reading order", () => {
    expect(arrowStep("ArrowRight", false)).toBe("forward");
    expect(arrowStep("ArrowRight", true)).toBe("back");
    expect(arrowStep("ArrowLeft", true)).toBe("forward");
    expect(arrowStep("ArrowUp", true)).toBe("up");
    expect(arrowStep("ArrowDown", false)).toBe("down");
    expect(arrowStep("Enter", false)).toBeNull();
  });
});
