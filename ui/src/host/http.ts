/** desk-host's door: the same commands over loopback HTTP, for an ordinary browser in development and tests. */
import { asCommandError, hostError, type Host } from "./host";

export function httpHost(fetchFrom: typeof fetch = (...request) => fetch(...request)): Host {
  return {
    async call(command, request) {
      let answer: Awaited<ReturnType<typeof fetch>>;
      try {
        answer = await fetchFrom(`/api/${command}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(request),
          // What is kept, or let go of, as the page goes must outlive it.
          keepalive: command === "keep_draft" || command === "drop_draft",
        });
      } catch {
        throw hostError(command, "shell-host-unreachable", true);
      }
      if (answer.ok) return await answer.json();
      throw asCommandError(await answer.json().catch(() => null), command);
    },
    async saveFile({ suggestedName, text }) {
      const content = typeof text === "string" ? text : await text();
      const ending = suggestedName.split(".").at(-1) ?? "";
      const type = { csv: "text/csv", ics: "text/calendar" }[ending] ?? "application/json";
      const address = URL.createObjectURL(new Blob([content], { type }));
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.download = suggestedName;
      anchor.click();
      URL.revokeObjectURL(address);
      return true;
    },
    // A browser's tab has no such thing.
    async drawAttention() {},
    async openExternal(url) {
      window.open(url, "_blank", "noopener,noreferrer");
    },
  };
}
