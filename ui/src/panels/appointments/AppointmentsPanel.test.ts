import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { HeldWrite, JsonValue } from "../../bindings";
import { app } from "../../state/app.svelte";
import { toasts } from "../../state/toasts.svelte";
import { unsettled } from "../../state/unsettled.svelte";
import { refusal } from "../../testing/fake-host";
import { appointmentMove } from "../../testing/moves";
import { unsettledWrite } from "../../testing/unsettled";
import { moving } from "./moving.svelte";
import { catalogue, desk, forEachTest, fresh, open, slot } from "./panel-testing";
import { appointment, calendar, column, dana, SERVICE, TYPE, booked } from "./testing";

const lost = (command: "book_appointment") =>
  Promise.reject(refusal(command, "outcome_unknown", { outcomeUnknown: true }));

forEachTest();

describe("the day board", () => {
  it("says what to do when the catalogue is empty", async () => {
    open(catalogue({ services: [], serviceTypes: [] }));
    expect(await screen.findByText("No service to book yet")).toBeTruthy();
    expect(desk.host.sent("load_day")).toEqual([]);
  });

  it("opens on today at the unit with the first service and type, and names each free time in full", async () => {
    open();
    await slot(/^Free, Tuesday 24 November 09:20, 10 minutes, Calendar 1, Dana$/);
    expect(desk.host.sent("load_day")).toEqual([{ serviceId: SERVICE, date: "2026-11-24", serviceTypeId: TYPE }]);
    expect(
      screen.getByRole("button", {
        name: /^Booked, Tuesday 24 November 09:00, Dana Levi, C12, Renewal, 10 minutes, Face to face, Calendar 1, Dana$/,
      }),
    ).toBeTruthy();
  });

  it("has one stop in the Tab row, and arrows move it to the nearest time of the neighbour", async () => {
    const user = open();
    const start = await slot(/09:20/);
    start.focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement?.getAttribute("data-key")).toBe(`slot-${SERVICE}-1-545`);
    await user.keyboard("{ArrowUp}");
    expect(document.activeElement?.getAttribute("data-key")).toBe(`calendar-${SERVICE}-1`);
    const stops = document.querySelectorAll('.board [data-key][tabindex="0"]');
    expect([...stops].map((stop) => stop.getAttribute("data-key"))).toEqual([`calendar-${SERVICE}-1`]);
  });

  it("goes a day on, whatever the computer's time zone", async () => {
    const user = open();
    await slot(/09:20/);
    await user.click(screen.getByRole("button", { name: "Day after" }));
    await waitFor(() => expect(desk.host.sent("load_day").at(-1)?.date).toBe("2026-11-25"));
  });

  it("keeps the keyboard on the board through a day that has to be read first", async () => {
    const user = open();
    (await slot(/09:20/)).focus();
    await user.keyboard("{Control>}{PageDown}{/Control}");
    await waitFor(() => expect(desk.host.sent("load_day").at(-1)?.date).toBe("2026-11-25"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toMatch(/^slot-/));
  });

  it("keeps the old day under an amber mark when reading it again fails", async () => {
    const user = open();
    await slot(/09:20/);
    desk.host.answers.load_day = () => Promise.reject(refusal("load_day", "offline", { retryable: true }));
    await user.click(screen.getByRole("button", { name: "Refresh" }));
    await waitFor(() => expect(screen.getByRole("region", { name: "Day board" }).dataset.state).toBe("stale"));
    expect(await slot(/09:20/)).toBeTruthy();
  });

  it("reads one calendar alone, and the free times of another type", async () => {
    const user = open();
    await slot(/09:20/);
    await user.click(document.querySelector<HTMLElement>('[data-key^="calendar-"]')!);
    desk.host.answers.list_calendars = () => [calendar(0)];
    desk.host.answers.list_appointments = () => [];
    desk.host.answers.list_vacancies = () => ({
      serviceTypeId: TYPE,
      serviceTypeName: null,
      duration: 10,
      slots: [615],
    });
    await user.click(screen.getByRole("button", { name: "Read it again" }));
    await slot(/^Free, .* 10:15/);
    await user.selectOptions(screen.getByRole("combobox", { name: "Free times for a type" }), TYPE);
    expect(await screen.findByRole("button", { name: "10:15" })).toBeTruthy();
  });
});

describe("booking from a slot", () => {
  const booking = async (user: ReturnType<typeof open>) => {
    await user.click(await slot(/^Free, .* 09:20/));
    return screen.findByRole("group", { name: "Book 09:20" });
  };

  it("finds the customer, fills the contact in, sends once, and stands on the new appointment", async () => {
    const user = open();
    const form = await booking(user);
    desk.host.answers.find_customer = () => dana;
    await user.type(
      within(form).getByPlaceholderText("The whole phone number, id or e-mail address"),
      "0501234567{Enter}",
    );
    expect(await within(form).findByDisplayValue("0501234567")).toBeTruthy();
    expect(within(form).getByText("This customer is already booked on this day")).toBeTruthy();
    desk.host.answers.book_appointment = () => {
      desk.day = fresh(
        column(calendar(0), [550, 570], [appointment(0, 560, { caseId: "new" })]),
        column(calendar(1), [545]),
      );
      return booked("new", "7");
    };
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toBe("case-new"));
    expect(desk.host.sent("book_appointment")).toHaveLength(1);
    expect(toasts.list.map((toast) => toast.text)).toEqual(["Booked Tue 24 Nov 09:20, ticket C7."]);
  });

  it("keeps what was typed as the slot's draft when closed by Esc, and gives it back", async () => {
    const user = open();
    const form = await booking(user);
    await user.type(within(form).getByLabelText(/^Phone number/), "030 1");
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("group", { name: "Book 09:20" })).toBeNull();
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toBe(`slot-${SERVICE}-0-560`));
    await user.click(await slot(/09:20, .* with a draft$/));
    expect(await screen.findByDisplayValue("030 1")).toBeTruthy();
  });

  it("takes the keyboard back when its own time is pressed again", async () => {
    const user = open();
    const form = await booking(user);
    await user.type(within(form).getByLabelText(/^Phone number/), "030 1");
    await user.click(await slot(/^Free, .* 09:20/));
    await waitFor(() => expect(form.contains(document.activeElement)).toBe(true));
    expect(within(form).getByDisplayValue("030 1")).toBeTruthy();
  });

  it("says beside the field what the calendar demands", async () => {
    desk.day = fresh(column(calendar(0, { isPhoneNumberRequired: true }), [560]));
    const user = open();
    const form = await booking(user);
    expect(within(form).getByText("This calendar needs: phone number.")).toBeTruthy();
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    expect(await within(form).findByText("This calendar needs a phone number.")).toBeTruthy();
    expect(desk.host.sent("book_appointment")).toEqual([]);
  });

  it("offers other times when the slot was taken, and keeps what was typed", async () => {
    const user = open();
    const form = await booking(user);
    await user.type(within(form).getByLabelText(/^Phone number/), "030 1");
    desk.host.answers.book_appointment = () => {
      desk.day = fresh(column(calendar(0), [550, 570]), column(calendar(1), [545, 600]));
      return Promise.reject(refusal("book_appointment", "conflict"));
    };
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await within(form).findByText("09:20 is no longer free");
    await user.click(within(form).getByRole("button", { name: "09:30, Calendar 1" }));
    expect(await screen.findByRole("group", { name: "Book 09:30" })).toBeTruthy();
    expect(screen.getByDisplayValue("030 1")).toBeTruthy();
  });

  it("asks for the case fields and tags that the catalogue knows, and takes them along to another time", async () => {
    const user = open(
      catalogue({
        caseFields: [{ fieldTypeId: "reason", name: "Reason for the visit", serviceIds: [] }],
        caseTags: [{ tagId: "chair", name: "Wheelchair" }],
      }),
    );
    const form = await booking(user);
    await user.click(within(form).getByText("Case fields and tags"));
    await user.type(within(form).getByLabelText("Reason for the visit"), "lost it ");
    await user.click(within(form).getByRole("checkbox", { name: "Wheelchair" }));
    expect(within(form).getByText("2 filled in")).toBeTruthy();
    desk.host.answers.book_appointment = () => {
      desk.day = fresh(column(calendar(0), [550, 570]));
      return Promise.reject(refusal("book_appointment", "conflict"));
    };
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await user.click(await within(form).findByRole("button", { name: "09:30, Calendar 1" }));
    desk.host.answers.book_appointment = () => booked(null);
    await user.click(await screen.findByRole("button", { name: /^Book 09:30/ }));
    await waitFor(() => expect(desk.host.sent("book_appointment")).toHaveLength(2));
    expect(desk.host.sent("book_appointment")[1]).toMatchObject({
      startTime: 570,
      fields: { reason: "lost it" },
      tagIds: ["chair"],
    });
  });

  it("asks for none where the catalogue knows none", async () => {
    const form = await booking(open());
    expect(form.querySelector("[data-case-fields]")).toBeNull();
  });

  it("says that it is not known when the answer was lost, and settles it by asking the core", async () => {
    const user = open();
    const form = await booking(user);
    desk.host.answers.book_appointment = () => lost("book_appointment");
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await within(form).findByText("It is not known whether this was booked");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(desk.host.sent("book_appointment")).toHaveLength(1);
    const [intentId] = desk.host.intents("book_appointment");
    desk.host.answers.list_unsettled = () => [
      unsettledWrite("book_appointment", "didNotHappen", { intentId: intentId! }),
    ];
    desk.host.answers.drop_unsettled = () => [];
    await user.click(within(form).getByRole("button", { name: "Look at the day again" }));
    expect(await within(form).findByText("It was not booked")).toBeTruthy();
  });

  it("goes on by itself when the core finds that it was booked after all", async () => {
    const user = open();
    const form = await booking(user);
    desk.host.answers.book_appointment = () => lost("book_appointment");
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await within(form).findByText("It is not known whether this was booked");
    const [intentId] = desk.host.intents("book_appointment");
    const answer = { caseId: "mine", ticket: null };
    desk.host.answers.list_unsettled = () => [
      unsettledWrite("book_appointment", "happened", { intentId: intentId!, answer }),
    ];
    desk.host.answers.drop_unsettled = () => [];
    await unsettled.read();
    await waitFor(() => expect(toasts.list.map((toast) => toast.text)).toContain("Booked Tue 24 Nov 09:20."));
    expect(desk.host.sent("book_appointment")).toHaveLength(1);
  });

  it("books outside the free times only when that is switched on and confirmed in words", async () => {
    const user = open();
    const form = await booking(user);
    await user.click(within(form).getByText("Book outside the free times"));
    await user.click(within(form).getByRole("checkbox", { name: "Book even though the time is not free" }));
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    expect(desk.host.sent("book_appointment")).toEqual([]);
    await user.type(within(form).getByLabelText("To confirm, type “overbook”"), "overbook");
    desk.host.answers.book_appointment = () => booked(null);
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await waitFor(() =>
      expect(desk.host.sent("book_appointment")[0]).toMatchObject({ bypassTimeslotCheck: true, startTime: 560 }),
    );
  });
});

describe("an appointment's details", () => {
  it("show the contact to copy, and cancel only after the question", async () => {
    const user = open();
    await user.click(await slot(/^Booked, .* 09:00/));
    const details = await screen.findByRole("group", { name: "09:00 Dana Levi" });
    expect(await within(details).findByText("0501234567")).toBeTruthy();
    await user.click(within(details).getByRole("button", { name: "Cancel appointment" }));
    const dialog = await screen.findByRole("dialog", { name: "Cancel this appointment?" });
    expect(within(dialog).getByText(/24 November 2026 at 09:00, Calendar 1$/)).toBeTruthy();
    desk.host.answers.cancel_appointment = () => {
      desk.day = fresh(column(calendar(0), [540, 550]));
      return { outcome: "alreadyCancelled" };
    };
    await user.click(within(dialog).getByRole("button", { name: "Cancel appointment" }));
    await waitFor(() =>
      expect(toasts.list.map((toast) => toast.text)).toEqual(["Dana Levi, 09:00, had already been cancelled."]),
    );
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toBe(`slot-${SERVICE}-0-540`));
  });

  it("take nothing up while another move is on its way, and say so", async () => {
    let answer!: () => void;
    desk.host.answers.list_moves = () => [];
    desk.host.answers.move_appointment = () => new Promise((resolve) => (answer = () => resolve(appointmentMove())));
    const user = open();
    await user.click(await slot(/^Booked, .* 09:00/));
    const details = await screen.findByRole("group", { name: "09:00 Dana Levi" });
    const other = { serviceId: SERVICE, date: "2026-11-24", cuIndex: 1, serviceTypeId: TYPE };
    moving.cutOut(appointment(1, 700, { caseId: "other" }), other);
    moving.aim({ ...other, start: 600, duration: 10 });
    const move = moving.run();
    await user.click(within(details).getByRole("button", { name: "Move…" }));
    await screen.findAllByText("Something is still being sent. Wait for its answer, then try again.");
    expect(moving.isAbout("other")).toBe(true);
    answer();
    await move;
    moving.drop();
  });

  it("are closed at once when a cancellation waits, and its booking is drawn as leaving", async () => {
    let answer: (refused: unknown) => void = () => undefined;
    let listed: HeldWrite[] = [];
    desk.host.answers.list_held = () => listed;
    desk.host.answers.cancel_appointment = (request) => {
      const held = { intentId: "i1", command: "cancel_appointment", leavesAt: "", millisecondsLeft: 8000 };
      listed = [{ ...held, request: request as unknown as JsonValue }];
      return new Promise((_, refuse) => (answer = refuse));
    };
    const user = open();
    app.snapshot = { ...app.snapshot!, settings: { ...app.settings!, undoSeconds: 8, keepDays: 30 } };
    await user.click(await slot(/^Booked, .* 09:00/));
    const details = await screen.findByRole("group", { name: "09:00 Dana Levi" });
    await user.click(within(details).getByRole("button", { name: "Cancel appointment" }));
    const dialog = await screen.findByRole("dialog", { name: "Cancel this appointment?" });
    await user.type(within(dialog).getByLabelText(/^Reason/), "moved away");
    await user.click(within(dialog).getByRole("button", { name: "Cancel appointment" }));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Cancel this appointment?" })).toBeNull());
    expect(desk.host.sent("cancel_appointment")[0]).toMatchObject({ note: "moved away" });
    const leaving = await slot(/^Booked, .* 09:00.*Being cancelled/);
    await waitFor(() => expect(document.activeElement).toBe(leaving));

    listed = [];
    answer(refusal("cancel_appointment", "taken_back"));
    await waitFor(() => expect(leaving.getAttribute("aria-label")).not.toContain("Being cancelled"));
    expect(document.activeElement).toBe(leaving);
    expect(toasts.list).toEqual([]);
  });
});
