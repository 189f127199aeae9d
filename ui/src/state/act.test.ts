import { describe, expect, it } from "vitest";
import { refusal } from "../testing/fake-host";
import { Act } from "./act.svelte";

describe("an act", () => {
  it("sends once however often it is pressed", async () => {
    let sent = 0;
    let finish!: () => void;
    const act = new Act(() => {
      sent++;
      return new Promise<void>((done) => (finish = done));
    });
    const first = act.run();
    expect(act.busy).toBe(true);
    await expect(act.run()).resolves.toBe(false);
    finish();
    await expect(first).resolves.toBe(true);
    expect(sent).toBe(1);
    expect(act.busy).toBe(false);
  });

  it("keeps the error, field by field, until it is cleared or tried again", async () => {
    const act = new Act(async () => {
      throw refusal("save_profile", "invalid_input", {
        fields: [{ field: "name", message: { id: "connection-check-name", args: {} } }],
      });
    });
    await expect(act.run()).resolves.toBe(false);
    expect(act.fieldError("name")).toBe("Give the organisation a name.");
    expect(act.fieldError("baseUrl")).toBeUndefined();
    act.clear();
    expect(act.error).toBeUndefined();
  });

  it("turns a fault of our own into words", async () => {
    const act = new Act(async () => {
      throw new TypeError("oops");
    });
    await act.run();
    expect(act.error).toMatchObject({ code: "internal", message: { id: "shell-program-fault" } });
  });
});
