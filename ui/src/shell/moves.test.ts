import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { AppointmentMove } from "../bindings";
import { moves } from "../state/moves.svelte";
import { fakeHost, refusal, type FakeHost } from "../testing/fake-host";
import { appointmentMove, twoHeld } from "../testing/moves";
import MoveBanners from "./MoveBanners.svelte";

let host: FakeHost;
let listed: AppointmentMove[];

beforeEach(async () => {
  listed = [twoHeld()];
  host = fakeHost({ list_moves: () => listed });
  moves.clear();
  await moves.read();
});

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const banner = () => screen.getByRole("status").textContent?.replace(/[\u2066-\u2069]/g, "");

describe("a move that holds two", () => {
  it("names both, with their times and tickets, until one remains", async () => {
    render(MoveBanners);
    expect(banner()).toContain("Dana Levi: Two appointments are held");
    expect(banner()).toContain("Old: Tuesday 24 November at 09:00, Calendar 1 C12");
    expect(banner()).toContain("New: Tuesday 24 November at 09:20, Calendar 1 C13");
    host.answers.end_move = () => {
      listed = [];
      return appointmentMove();
    };
    await press("Cancel the old one");
    expect(host.sent("end_move")).toEqual([{ moveId: "m1", keep: "new" }]);
    await waitFor(() => expect(screen.queryByRole("status")).toBeNull());
  });

  it("lets the old one be kept, and says beside it when that fails", async () => {
    render(MoveBanners);
    host.answers.end_move = () => Promise.reject(refusal("end_move", "offline"));
    await press("Keep the old one");
    expect(host.sent("end_move")).toEqual([{ moveId: "m1", keep: "old" }]);
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(banner()).toContain("Two appointments are held");
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  });

  it("stays in sight while the list can't be read", async () => {
    render(MoveBanners);
    host.answers.list_moves = () => Promise.reject(refusal("list_moves", "offline"));
    await moves.read();
    expect(banner()).toContain("Two appointments are held");
  });
});

describe("any other move", () => {
  it("can be looked for again, or put away by who has looked", async () => {
    listed = [
      twoHeld({
        state: "needsEyes",
        message: { id: "move-booking-unknown", args: {} },
        canChoose: false,
        canClose: true,
      }),
    ];
    await moves.read();
    render(MoveBanners);
    host.answers.resume_move = () => twoHeld();
    host.answers.close_move = () => (listed = []);
    await press("Look again");
    expect(host.sent("resume_move")).toEqual([{ moveId: "m1" }]);
    await press("Close");
    await waitFor(() => expect(screen.queryByRole("status")).toBeNull());
  });

  it("says plainly when nothing is held", async () => {
    listed = [twoHeld({ state: "noneHeld", message: { id: "move-none-held", args: {} }, canChoose: false })];
    await moves.read();
    render(MoveBanners);
    expect(banner()).toContain("No appointment is held");
  });
});
