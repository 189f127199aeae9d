// A W3C WebDriver client: the few calls a journey needs, with fetch and nothing else.
import { writeFile } from "node:fs/promises";

import { until } from "../door/programs.ts";
import { findByRole } from "./role.ts";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

type Reference = { [ELEMENT]: string };

export const keys = {
  enter: "\uE007",
  escape: "\uE00C",
  tab: "\uE004",
  control: "\uE009",
  none: "\uE000",
  delete: "\uE017",
  left: "\uE012",
  up: "\uE013",
  right: "\uE014",
  down: "\uE015",
  pageUp: "\uE00E",
  pageDown: "\uE00F",
};

export class WebDriver {
  private constructor(
    private readonly base: string,
    private readonly session: string,
  ) {}

  /** Opens the program under the driver at `server`. */
  static async open(server: string, binary: string, args: string[]): Promise<WebDriver> {
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
    const value = await send<{ sessionId: string }>("POST", `${server}/session`, { capabilities });
    return new WebDriver(`${server}/session/${value.sessionId}`, value.sessionId);
  }

  get id(): string {
    return this.session;
  }

  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return send<T>("POST", `${this.base}/execute/sync`, { script, args });
  }

  /** Waits for an element with this role whose accessible name is, or contains, `name`. */
  find(role: string, name: string | RegExp, within?: number): Promise<Element> {
    const source = name instanceof RegExp ? name.source : `^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
    return until(
      `${role} "${name}"`,
      async () => {
        const found = await this.run<Reference | null>(`return (${findByRole})(arguments[0], arguments[1]);`, role, source);
        return found && new Element(this.base, found[ELEMENT]);
      },
      within,
    );
  }

  /** Waits until the page's text holds all of `words`. */
  async see(...words: (string | RegExp)[]): Promise<void> {
    for (const word of words) {
      await until(`the words "${word}"`, async () => {
        const text = await this.run<string>("return document.body.innerText;");
        return word instanceof RegExp ? word.test(text) : text.includes(word);
      });
    }
  }

  /** Waits until a script's answer is truthy. */
  wait<T>(what: string, script: string, ...args: unknown[]): Promise<T> {
    return until(what, () => this.run<T | null>(script, ...args));
  }

  /** Loads the page anew, and waits until the old one is gone. */
  async reload(): Promise<void> {
    await this.run("globalThis.isOld = true; location.reload();");
    await this.wait("a fresh page", "return !globalThis.isOld && document.querySelector('nav') !== null;");
  }

  /** Waits until no list is loading. */
  settled(): Promise<boolean> {
    return this.wait("the lists to load", `return document.querySelectorAll('[data-state="loading"]').length === 0;`);
  }

  /** Presses keys wherever the focus is; modifiers hold until `keys.none`. */
  async press(...sequence: string[]): Promise<void> {
    const actions = [...sequence.join("")].flatMap((value) => [
      { type: "keyDown", value },
      ...(value === keys.control ? [] : [{ type: "keyUp", value }]),
    ]);
    if (sequence.includes(keys.control)) actions.push({ type: "keyUp", value: keys.control });
    await send("POST", `${this.base}/actions`, { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async screenshot(file: string): Promise<void> {
    const picture = await send<string>("GET", `${this.base}/screenshot`);
    await writeFile(file, Buffer.from(picture, "base64"));
  }

  async resize(width: number, height: number): Promise<void> {
    await send("POST", `${this.base}/window/rect`, { width, height });
  }

  async close(): Promise<void> {
    await send("DELETE", this.base);
  }
}

export class Element {
  constructor(
    private readonly base: string,
    private readonly id: string,
  ) {}

  get reference(): Reference {
    return { [ELEMENT]: this.id };
  }

  async click(): Promise<void> {
    await send("POST", `${this.base}/element/${this.id}/click`, {});
  }

  async type(text: string): Promise<void> {
    await send("POST", `${this.base}/element/${this.id}/value`, { text });
  }

  /** Puts `text` in place of whatever the field holds. */
  async fill(text: string): Promise<void> {
    await send("POST", `${this.base}/element/${this.id}/clear`, {});
    if (text !== "") await this.type(text);
  }

  /** Chooses the option of a select element whose words match, once it is there. */
  async choose(words: RegExp | string): Promise<void> {
    const source = words instanceof RegExp ? words.source : words;
    const script = `
      const [select, source] = arguments;
      const option = [...select.options].find((entry) => new RegExp(source).test(entry.textContent.trim()));
      if (!option) return false;
      select.value = option.value;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
      return true;`;
    await until(`the option ${words}`, () =>
      send<boolean>("POST", `${this.base}/execute/sync`, { script, args: [this.reference, source] }),
    );
  }

  text(): Promise<string> {
    return send("GET", `${this.base}/element/${this.id}/text`);
  }

  attribute(name: string): Promise<string | null> {
    return send("GET", `${this.base}/element/${this.id}/attribute/${name}`);
  }
}

async function send<T>(method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
