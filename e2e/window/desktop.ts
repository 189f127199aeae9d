// A desktop of its own for one journey: a virtual display, an unlocked keyring, a driver for the window.
//
// It runs inside a dbus-run-session (see package.json), so that the keyring it starts is the only one on the bus.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";

import { emptyFolder } from "../door/desk.ts";
import { family, programOf } from "../door/hygiene.ts";
import { build, program, stop, until } from "../door/programs.ts";
import { WebDriver } from "./webdriver.ts";

export interface Desktop {
  env: NodeJS.ProcessEnv;
  home: string;
  /** What the windows have said on their standard output and error. */
  said: () => string;
  /** The process of the window that was opened last. */
  process: () => number;
  /** Opens the real window. */
  open: (args: string[]) => Promise<WebDriver>;
  close: () => Promise<void>;
}

/** A port nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startDisplay(): Promise<{ display: string; child: ChildProcess }> {
  // Without -noreset the display starts anew when its last window is gone, and turns away a program that starts meanwhile.
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const lines = createInterface(child.stdio[3] as NodeJS.ReadableStream);
  const number = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
    lines.once("line", resolve);
  });
  return { display: `:${number.trim()}`, child };
}

function unlockKeyring(env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.end("a password for this test only");
  return child;
}

function ownsName(env: NodeJS.ProcessEnv, name: string): boolean {
  const words = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"];
  const asked = spawnSync("dbus-send", [...words, "org.freedesktop.DBus.NameHasOwner", `string:${name}`], { env, encoding: "utf8" });
  return asked.stdout.includes("boolean true");
}

/** What `secret-tool` finds in the keyring under these attributes. */
function search(env: NodeJS.ProcessEnv, attribute: string, value: string): string[] {
  const found = spawnSync("secret-tool", ["search", "--all", "--unlock", attribute, value], { env, encoding: "utf8" });
  return [...found.stdout.matchAll(/^secret = (.*)$/gm)].map((match) => match[1] ?? "");
}

/** Every secret of this program that the keyring holds, as the keyring itself tells it. */
export function secretsInKeyring(env: NodeJS.ProcessEnv): string[] {
  return search(env, "service", build === "debug" ? "app.frontdesk.cubu.dev" : "app.frontdesk.cubu");
}

export async function startDesktop(): Promise<Desktop> {
  if (!process.env.DBUS_SESSION_BUS_ADDRESS) throw new Error("no session bus; run it with npm run window or npm run tour");
  const home = await emptyFolder();
  const runtime = path.join(home, "run");
  await mkdir(runtime, { mode: 0o700 });
  const { display, child: xvfb } = await startDisplay();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: path.join(home, "data"),
    XDG_CONFIG_HOME: path.join(home, "config"),
    XDG_CACHE_HOME: path.join(home, "cache"),
    XDG_RUNTIME_DIR: runtime,
    DISPLAY: display,
    GDK_BACKEND: "x11",
    LANG: "C.UTF-8",
    NO_AT_BRIDGE: "1",
    TAURI_WEBVIEW_AUTOMATION: "true",
    // No graphics card here; and a build machine's root has no use for WebKit's sandbox.
    WEBKIT_DISABLE_DMABUF_RENDERER: "1",
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  };
  delete env.WAYLAND_DISPLAY;
  const keyring = unlockKeyring(env);
  // Asked without waking it: the bus would start a second, locked keyring for a name nobody owns yet.
  await until("the keyring on the bus", async () => ownsName(env, "org.freedesktop.secrets"));
  await until("the keyring", async () => {
    const stored = spawnSync("secret-tool", ["store", "--label=probe", "purpose", "probe"], { env, input: "probe" });
    return stored.status === 0 && search(env, "purpose", "probe").includes("probe");
  });
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [driver.stdout, driver.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const server = `http://127.0.0.1:${port}`;
  await until("WebKitWebDriver", async () => (await fetch(`${server}/status`)).ok);
  const open: WebDriver[] = [];
  return {
    env,
    home,
    said: () => said,
    process: () => {
      const windows = family(driver.pid!).filter((pid) => programOf(pid) === "front-desk");
      const newest = windows.at(-1);
      if (newest === undefined) throw new Error("no window is open");
      return newest;
    },
    open: async (args) => {
      const window = await WebDriver.open(server, program("front-desk"), args);
      open.push(window);
      return window;
    },
    close: async () => {
      for (const window of open) await window.close().catch(() => undefined);
      for (const child of [driver, keyring, xvfb]) await stop(child);
      // The web view's own processes end a moment after their window, and write until then.
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
