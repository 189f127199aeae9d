import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import type { AppState, Catalogue, DayBoard, HeldWrite, JsonValue } from "../../bindings";
import { app } from "../../state/app.svelte";
import { keptDrafts } from "../../state/kept-drafts.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { toasts } from "../../state/toasts.svelte";
import { unsettled } from "../../state/unsettled.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { unsettledWrite } from "../../testing/unsettled";
import AppointmentsPanel from "./AppointmentsPanel.svelte";
import { appointment, board, calendar, column, dana, SERVICE, TYPE, booked, today } from "./testing";

const catalogue = (more: Partial<Catalogue> = {}): Catalogue => ({
  services: [
    {
      serviceId: SERVICE,
      name: "Licences",
      unitId: null,
      categoryName: null,
      kind: "appointment",
      isCustomerRequired: null,
      isPhoneNumberRequired: null,
      isEmailRequired: null,
      timeZone: null,
    },
  ],
  serviceTypes: [{ serviceTypeId: TYPE, name: "Renewal", serviceIds: [SERVICE], duration: 10, colorCode: "teal" }],
  units: [],
  fields: [
    {
      fieldTypeId: "phone-field",
      name: "Phone",
      slug: "phone",
      dataType: null,
      isKey: true,
      isRequired: true,
      position: 1,
    },
  ],
  caseFields: [],
  caseTags: [],
  ...more,
});

const fresh = (...columns: DayBoard["columns"]) => board(columns, { loadedAt: new Date().toISOString() });
const listen = (event: KeyboardEvent) => shortcuts.handle(event);
const lost = (command: "book_appointment") =>
  Promise.reject(refusal(command, "outcome_unknown", { outcomeUnknown: true }));

let host: FakeHost;
let day: DayBoard;
let organisation = 0;

function open(known: Catalogue = catalogue()) {
  host.answers.get_catalogue = () => known;
  app.take({
    version: "0",
    profiles: [],
    connection: {
      status: "connected",
      profileId: `organisation-${++organisation}`,
      profileName: "Vale",
      practice: true,
      cubuWebUrl: null,
      checkedAt: null,
      clockSkewSeconds: null,
    },
    keychain: { available: true, store: "", message: null },
    settings: {
      theme: "light",
      density: "comfortable",
      language: "en",
      direction: "ltr",
      singleKeyShortcuts: true,
      undoSeconds: 0,
      keepDays: 30,
    },
    agent: { ...app.agent },
    journal: { kept: "memory", passphraseLeft: false, keychainLeft: false, keychainAnswers: false, message: null },
    notices: [],
  } satisfies AppState);
  app.panel = "appointments";
  render(AppointmentsPanel);
  return userEvent.setup();
}

const slot = (name: RegExp) => screen.findByRole("button", { name });

beforeEach(() => {
  toasts.list = [];
  window.addEventListener("keydown", listen);
  day = fresh(
    column(
      calendar(0),
      [550, 560, 570],
      [appointment(0, 540, { customer: { dataTableId: null, recordId: dana.recordId, displayName: "Dana Levi" } })],
    ),
    column(calendar(1), [545, 600]),
  );
  host = fakeHost({
    get_today: () => today("2026-11-24"),
    load_day: () => day,
    get_customer: () => dana,
    board_view: () => ({ services: [] }),
    keep_board_view: () => null,
  });
});

describe("the day board", () => {
  it("says what to do when the catalogue is empty", async () => {
    open(catalogue({ services: [], serviceTypes: [] }));
    expect(await screen.findByText("No service to book yet")).toBeTruthy();
    expect(host.sent("load_day")).toEqual([]);
  });

  it("opens on today at the unit with the first service and type, and names each free time in full", async () => {
    open();
    await slot(/^Free, Tuesday 24 November 09:20, 10 minutes, Calendar 1, Dana$/);
    expect(host.sent("load_day")).toEqual([{ serviceId: SERVICE, date: "2026-11-24", serviceTypeId: TYPE }]);
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
    await waitFor(() => expect(host.sent("load_day").at(-1)?.date).toBe("2026-11-25"));
  });

  it("keeps the keyboard on the board through a day that has to be read first", async () => {
    const user = open();
    (await slot(/09:20/)).focus();
    await user.keyboard("{Control>}{PageDown}{/Control}");
    await waitFor(() => expect(host.sent("load_day").at(-1)?.date).toBe("2026-11-25"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toMatch(/^slot-/));
  });

  it("keeps the old day under an amber mark when reading it again fails", async () => {
    const user = open();
    await slot(/09:20/);
    host.answers.load_day = () => Promise.reject(refusal("load_day", "offline", { retryable: true }));
    await user.click(screen.getByRole("button", { name: "Refresh" }));
    await waitFor(() => expect(screen.getByRole("region", { name: "Day board" }).dataset.state).toBe("stale"));
    expect(await slot(/09:20/)).toBeTruthy();
  });

  it("reads one calendar alone, and the free times of another type", async () => {
    const user = open();
    await slot(/09:20/);
    await user.click(document.querySelector<HTMLElement>('[data-key^="calendar-"]')!);
    host.answers.list_calendars = () => [calendar(0)];
    host.answers.list_appointments = () => [];
    host.answers.list_vacancies = () => ({ serviceTypeId: TYPE, serviceTypeName: null, duration: 10, slots: [615] });
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
    host.answers.find_customer = () => dana;
    await user.type(
      within(form).getByPlaceholderText("The whole phone number, id or e-mail address"),
      "0501234567{Enter}",
    );
    expect(await within(form).findByDisplayValue("0501234567")).toBeTruthy();
    expect(within(form).getByText("This customer is already booked on this day")).toBeTruthy();
    host.answers.book_appointment = () => {
      day = fresh(
        column(calendar(0), [550, 570], [appointment(0, 560, { caseId: "new" })]),
        column(calendar(1), [545]),
      );
      return booked("new", "7");
    };
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toBe("case-new"));
    expect(host.sent("book_appointment")).toHaveLength(1);
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

  it("says beside the field what the calendar demands", async () => {
    day = fresh(column(calendar(0, { isPhoneNumberRequired: true }), [560]));
    const user = open();
    const form = await booking(user);
    expect(within(form).getByText("This calendar needs: phone number.")).toBeTruthy();
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    expect(await within(form).findByText("This calendar needs a phone number.")).toBeTruthy();
    expect(host.sent("book_appointment")).toEqual([]);
  });

  it("offers other times when the slot was taken, and keeps what was typed", async () => {
    const user = open();
    const form = await booking(user);
    await user.type(within(form).getByLabelText(/^Phone number/), "030 1");
    host.answers.book_appointment = () => {
      day = fresh(column(calendar(0), [550, 570]), column(calendar(1), [545, 600]));
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
    host.answers.book_appointment = () => {
      day = fresh(column(calendar(0), [550, 570]));
      return Promise.reject(refusal("book_appointment", "conflict"));
    };
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await user.click(await within(form).findByRole("button", { name: "09:30, Calendar 1" }));
    host.answers.book_appointment = () => booked(null);
    await user.click(await screen.findByRole("button", { name: /^Book 09:30/ }));
    await waitFor(() => expect(host.sent("book_appointment")).toHaveLength(2));
    expect(host.sent("book_appointment")[1]).toMatchObject({
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
    host.answers.book_appointment = () => lost("book_appointment");
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await within(form).findByText("It is not known whether this was booked");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(host.sent("book_appointment")).toHaveLength(1);
    const [intentId] = host.intents("book_appointment");
    host.answers.list_unsettled = () => [unsettledWrite("book_appointment", "didNotHappen", { intentId: intentId! })];
    host.answers.drop_unsettled = () => [];
    await user.click(within(form).getByRole("button", { name: "Look at the day again" }));
    expect(await within(form).findByText("It was not booked")).toBeTruthy();
  });

  it("goes on by itself when the core finds that it was booked after all", async () => {
    const user = open();
    const form = await booking(user);
    host.answers.book_appointment = () => lost("book_appointment");
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await within(form).findByText("It is not known whether this was booked");
    const [intentId] = host.intents("book_appointment");
    const answer = { caseId: "mine", ticket: null };
    host.answers.list_unsettled = () => [
      unsettledWrite("book_appointment", "happened", { intentId: intentId!, answer }),
    ];
    host.answers.drop_unsettled = () => [];
    await unsettled.read();
    await waitFor(() => expect(toasts.list.map((toast) => toast.text)).toContain("Booked Tue 24 Nov 09:20."));
    expect(host.sent("book_appointment")).toHaveLength(1);
  });

  it("books outside the free times only when that is switched on and confirmed in words", async () => {
    const user = open();
    const form = await booking(user);
    await user.click(within(form).getByText("Book outside the free times"));
    await user.click(within(form).getByRole("checkbox", { name: "Book even though the time is not free" }));
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    expect(host.sent("book_appointment")).toEqual([]);
    await user.type(within(form).getByLabelText("To confirm, type “overbook”"), "overbook");
    host.answers.book_appointment = () => booked(null);
    await user.click(within(form).getByRole("button", { name: /^Book 09:20/ }));
    await waitFor(() =>
      expect(host.sent("book_appointment")[0]).toMatchObject({ bypassTimeslotCheck: true, startTime: 560 }),
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
    host.answers.cancel_appointment = () => {
      day = fresh(column(calendar(0), [540, 550]));
      return { outcome: "alreadyCancelled" };
    };
    await user.click(within(dialog).getByRole("button", { name: "Cancel appointment" }));
    await waitFor(() =>
      expect(toasts.list.map((toast) => toast.text)).toEqual(["Dana Levi, 09:00, had already been cancelled."]),
    );
    await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toBe(`slot-${SERVICE}-0-540`));
  });

  it("are closed at once when a cancellation waits, and its booking is drawn as leaving", async () => {
    let answer: (refused: unknown) => void = () => undefined;
    let listed: HeldWrite[] = [];
    host.answers.list_held = () => listed;
    host.answers.cancel_appointment = (request) => {
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
    expect(host.sent("cancel_appointment")[0]).toMatchObject({ note: "moved away" });
    const leaving = await slot(/^Booked, .* 09:00.*Being cancelled/);
    await waitFor(() => expect(document.activeElement).toBe(leaving));

    listed = [];
    answer(refusal("cancel_appointment", "taken_back"));
    await waitFor(() => expect(leaving.getAttribute("aria-label")).not.toContain("Being cancelled"));
    expect(document.activeElement).toBe(leaving);
    expect(toasts.list).toEqual([]);
  });
});

describe("a booking that was left, while its day is still being read", () => {
  const LEFT = {
    wanted: { serviceId: SERVICE, serviceTypeId: TYPE },
    place: { serviceId: SERVICE, date: "2026-11-24", cuIndex: 0, start: 560, serviceTypeId: TYPE, duration: 10 },
    phone: "0501234567",
    open: true,
  };
  const LONG = { serviceTypeId: "long", name: "Long", serviceIds: [SERVICE], duration: 30, colorCode: null };
  let answer: (board: DayBoard) => void;
  let refuse: (problem: unknown) => void;

  async function leftOpen() {
    host.answers.load_day = () => new Promise((resolve, reject) => ([answer, refuse] = [resolve, reject]));
    host.answers.book_appointment = () => booked("new", "7");
    host.answers.keep_draft = () => null;
    host.answers.drop_draft = () => null;
    const user = open();
    await waitFor(() => expect(host.sent("load_day")).toHaveLength(1));
    const keptAt = "2026-11-24T08:00:00Z";
    keptDrafts.left = [
      { name: "booking-left", content: LEFT, keptAt },
      { name: "booking-other", content: { ...LEFT, place: { ...LEFT.place, start: 570 }, open: false }, keptAt },
    ];
    await screen.findByRole("group", { name: "Book 09:20" });
    return user;
  }
  const press = "{Control>}{Enter}{/Control}";

  it("is booked once, as soon as it is known what the calendar demands", async () => {
    const user = await leftOpen();
    await user.keyboard(press + press);
    expect(host.sent("book_appointment")).toEqual([]);
    answer(day);
    await waitFor(() => expect(host.sent("book_appointment")).toHaveLength(1));
    expect(host.sent("book_appointment")[0]).toMatchObject({ startTime: 560, contactPhoneNumber: "0501234567" });
  });

  it("is not booked where that could not be read, and says so; reading again is no order to book", async () => {
    const user = await leftOpen();
    await user.keyboard(press);
    refuse(refusal("load_day", "unreadable_answer"));
    const said = await screen.findByText(/^What this calendar needs could not be read, so nothing was sent/);
    await user.click(within(said.closest<HTMLElement>(".banner")!).getByRole("button", { name: "Read again" }));
    answer(day);
    await waitFor(() => expect(screen.queryByText(/could not be read, so nothing was sent/)).toBeNull());
    expect(host.sent("book_appointment")).toEqual([]);
  });

  it("is not booked any more once it was closed", async () => {
    const user = await leftOpen();
    await user.keyboard(press + "{Escape}");
    answer(day);
    await slot(/09:20, .* with a draft$/);
    expect(host.sent("book_appointment")).toEqual([]);
  });

  it("is not booked once it was closed while another type's times were read", async () => {
    const user = open(catalogue({ serviceTypes: [...catalogue().serviceTypes, LONG] }));
    await user.click(await slot(/^Free, .* 09:20/));
    const form = await screen.findByRole("group", { name: "Book 09:20" });
    host.answers.load_day = () => new Promise((resolve) => (answer = resolve));
    host.answers.book_appointment = () => booked("new", "7");
    await user.selectOptions(within(form).getByLabelText("Type to book"), `${SERVICE} long`);
    await user.keyboard(press + "{Escape}");
    answer(day);
    await slot(/^Free, .* 09:20/);
    await tick();
    expect(host.sent("book_appointment")).toEqual([]);
  });

  it("is not booked once another one was opened, nor is that", async () => {
    const user = await leftOpen();
    await user.keyboard(press);
    await user.click(screen.getByRole("button", { name: /^1 draft/ }));
    await user.click(screen.getByRole("button", { name: /09:30/ }));
    const other = await screen.findByRole("group", { name: "Book 09:30" });
    answer(day);
    await within(other).findByText("This calendar needs nothing but the time.");
    expect(host.sent("book_appointment")).toEqual([]);
  });

  it("stays with its own day where another panel asks for a different one", async () => {
    const user = await leftOpen();
    await user.keyboard(press);
    const first = answer;
    host.answers.load_day = () => fresh(column(calendar(0), [580]));
    app.go("customers");
    await tick();
    app.ask({ panel: "appointments", date: "2026-11-25" });
    await slot(/09:40/);
    first(day);
    expect(screen.queryByRole("group", { name: "Book 09:20" })).toBeNull();
    await screen.findByRole("button", { name: /^2 drafts/ });
    expect(host.sent("book_appointment")).toEqual([]);
  });
});
