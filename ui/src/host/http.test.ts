import { describe, expect, it } from "vitest";
import { refusal } from "../testing/fake-host";
import { httpHost } from "./http";

const answering = (status: number, body: string) => {
  const seen: { url: string; init: RequestInit }[] = [];
  const host = httpHost(async (url, init) => {
    seen.push({ url: String(url), init: init ?? {} });
    return new Response(body, { status });
  });
  return { host, seen };
};

describe("the loopback host", () => {
  it("posts the request as JSON under the command's name", async () => {
    const { host, seen } = answering(200, "[]");
    await expect(host.call("list_inboxes", { userId: "u" })).resolves.toEqual([]);
    expect(seen[0]?.url).toBe("/api/list_inboxes");
    expect(seen[0]?.init.method).toBe("POST");
    expect(seen[0]?.init.body).toBe('{"userId":"u"}');
  });

  it("lets what is kept or let go of as the page goes outlive it", async () => {
    const { host, seen } = answering(200, "null");
    await host.call("keep_draft", { name: "a", content: 1 });
    await host.call("drop_draft", { name: "a" });
    await host.call("list_drafts", {});
    expect(seen.map(({ init }) => init.keepalive)).toEqual([true, true, false]);
  });

  it("throws the core's error as it came", async () => {
    const error = refusal("list_inboxes", "conflict");
    const { host } = answering(422, JSON.stringify(error));
    await expect(host.call("list_inboxes", { userId: "u" })).rejects.toEqual(error);
  });

  it("turns an answer that is no error of ours into a fault of the program", async () => {
    const { host } = answering(500, "<html>");
    await expect(host.call("list_users", {})).rejects.toMatchObject({ code: "internal", command: "list_users" });
  });

  it("says that the program does not answer when nothing listens", async () => {
    const host = httpHost(() => Promise.reject(new TypeError("refused")));
    await expect(host.call("list_users", {})).rejects.toMatchObject({
      message: { id: "shell-host-unreachable" },
      retryable: true,
    });
  });
});
