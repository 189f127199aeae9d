// A service with as many calendars as wanted: stands between a desk and the simulator, and shows the simulator's own
// calendars again under further numbers.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Crowd {
  baseUrl: string;
  /** How many calendars every day has from now on. */
  calendars: number;
  stop: () => Promise<void>;
}

const LIST = /\/calendars\/[^/]+\/[^/]+$/;
const ONE = /(\/calendars\/[^/]+\/[^/]+\/)(\d+)(\/[^?]*)/;

export async function startCrowd(upstream: string, calendars: number): Promise<Crowd> {
  let known = 1;
  const server = createServer((request, response) => {
    void (async () => {
      const asked = request.url ?? "/";
      const place = ONE.exec(asked);
      const index = Number(place?.[2] ?? 0);
      const url = upstream + asked.replace(ONE, (_, before, cuIndex, after) => `${before}${Number(cuIndex) % known}${after}`);
      const answer = await fetch(url, { method: request.method, headers: headersOf(request), body: await bodyOf(request) });
      let body = await answer.text();
      if (answer.ok && request.method === "GET" && LIST.test(asked.split("?")[0]!)) {
        const own = JSON.parse(body) as { cuIndex: number }[];
        known = Math.max(1, own.length);
        const more = Array.from({ length: crowd.calendars }, (_, cuIndex) => ({ ...own[cuIndex % known], cuIndex }));
        body = JSON.stringify(more);
      } else if (place && index >= known) {
        // The same bookings again are other cases.
        body = body.replaceAll(/("caseId":\s*")[0-9a-f]{4}/g, `$1${index.toString(16).padStart(4, "0")}`);
      }
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
      response.end(body);
    })().catch((error: unknown) => {
      response.writeHead(502);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const crowd: Crowd = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calendars,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return crowd;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const kept = ["authorization", "content-type", "accept"];
  return Object.fromEntries(kept.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])));
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body === "" ? undefined : body;
}
