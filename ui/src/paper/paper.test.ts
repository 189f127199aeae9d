import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Customer, DayBoard, Papers } from "../bindings";
import { appointment, board, calendar, column, timed } from "../panels/appointments/testing";
import { shortcuts } from "../state/shortcuts.svelte";
import { fakeHost, refusal } from "../testing/fake-host";
import ForCustomer from "./ForCustomer.svelte";
import { inPages, rowsOfPages } from "./pages";
import { printing, type DayRead } from "./printing.svelte";
import PrintView from "./PrintView.svelte";
import { sheetsOf } from "./sheets";

const languages: Papers["languages"] = [
  { tag: "en", name: "English", direction: "ltr" },
  { tag: "he", name: "עברית", direction: "rtl" },
];
const papers = (language = "en", more: Partial<Papers> = {}): Papers => ({
  language: languages.find(({ tag }) => tag === language)!,
  languages,
  slip: {
    organization: "Northgate",
    title: "Your appointment",
    ticket: { label: "Ticket", value: "A104", ltr: true },
    lines: [{ label: "Time", value: "09:20 to 09:50", ltr: false }],
    note: null,
    qr: null,
    qrNote: null,
  },
  message: `Northgate, in ${language}`,
  calendarFile: { fileName: "appointment-2026-11-24-0920.ics", text: "BEGIN:VCALENDAR" },
  calendarFileProblem: null,
  ...more,
});

/** A day of which everything could be read. */
const whole = (boards: DayBoard[]) => (): Promise<DayRead> => Promise.resolve({ boards, unread: [], error: undefined });

describe("pages", () => {
  it.each([
    [[], [0]],
    [[10, 10, 10], [3]],
    [
      [40, 40, 40, 40, 40],
      [2, 2, 1],
    ],
    [[100], [1]],
    // A row that is taller than a page stands alone rather than nowhere.
    [
      [10, 300, 10],
      [1, 1, 1],
    ],
    [
      [50, 50, 1],
      [2, 1],
    ],
  ])("hold as many rows as fit: %j", (heights, pages) => expect(rowsOfPages(heights, 100)).toEqual(pages));

  it("lose no row and keep their order", () => {
    const rows = Array.from({ length: 47 }, (_, index) => index);
    const pages = inPages(
      rows,
      rows.map((row) => 10 + (row % 7)),
      100,
    );
    expect(pages.flat()).toEqual(rows);
    expect(pages.length).toBeGreaterThan(5);
  });
});

describe("a day sheet", () => {
  it("says in words what colours say on the screen, and leaves cancelled appointments off", () => {
    const busy = calendar(0, { isCustomerRequired: true, isPhoneNumberRequired: true });
    const [sheet] = sheetsOf([
      board([
        column(busy, null, [
          appointment(0, 600, { caseId: "b", contactPhoneNumber: "0501234567", status: "Cancelled" }),
          timed(appointment(0, 560, { caseId: "a", customer: null }), { noShowProbability: 0.3 }),
          appointment(0, 565, { caseId: "c", contactPhoneNumber: "0501234567" }),
        ]),
      ]),
    ]);
    expect(sheet!.rows.map((row) => [row.time, row.phone])).toEqual([
      ["09:20–09:30", ""],
      ["09:25–09:35", "0501234567"],
    ]);
    expect(sheet!.rows[0]!.marks).toEqual([
      "30% no-show risk",
      "Overbooked",
      "Customer missing",
      "No phone number listed",
    ]);
    expect(sheet).toMatchObject({
      service: "Licences",
      unit: "Harbour",
      agent: "Dana",
      hours: "09:00–17:00",
      note: "",
    });
    expect(sheet!.asOf).toBe("As of Tue 24 Nov 09:10, Europe/London time");
  });

  it("tells a calendar without appointments from one that was not read", () => {
    const failed = {
      ...column(calendar(1), null),
      appointments: { state: "failed" as const, error: refusal("list_appointments", "offline") },
    };
    const notes = sheetsOf([board([column(calendar(0), null), failed])]).map((sheet) => sheet.note);
    expect(notes[0]).toBe("No appointments.");
    expect(notes[1]).toContain("not complete");
  });
});

describe("phone numbers on a day sheet", () => {
  const customer = (recordId: string) => ({ dataTableId: null, recordId, displayName: recordId });
  const record = (recordId: string, phone: string | null): Customer => ({
    recordId,
    displayName: recordId,
    dateCreated: null,
    dateUpdated: null,
    fields: [
      {
        fieldTypeId: "f",
        dataType: "Phone",
        fieldName: "Phone",
        slug: "phone",
        isKey: true,
        isRequired: false,
        data: phone,
        value: phone,
        hash: null,
        colorCode: null,
        position: null,
      },
    ],
  });
  const day = () => [
    board([
      column(calendar(0), null, [
        appointment(0, 540, { caseId: "a", customer: customer("robin") }),
        appointment(0, 550, { caseId: "b", customer: customer("kim") }),
        appointment(0, 560, { caseId: "c", customer: null }),
        appointment(0, 570, { caseId: "d", customer: customer("robin") }),
        appointment(0, 580, { caseId: "e", customer: customer("lee"), contactPhoneNumber: "0501111111" }),
      ]),
    ]),
  ];

  it("are read once for each customer whose number is not listed, when somebody asks for them", async () => {
    const host = fakeHost({
      get_customer: ({ customerRecordId: id }) => record(id, id === "robin" ? "0502222222" : null),
    });
    printing.days(whole(day()));
    const { container } = render(PrintView, { job: printing.job! });
    await waitFor(() => expect(container.querySelectorAll("[data-page]").length).toBe(1));
    expect(host.sent("get_customer")).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Add phone numbers" }));
    await waitFor(() => expect(container.textContent).toContain("2 appointments are without"));
    expect(host.sent("get_customer").map((sent) => sent.customerRecordId)).toEqual(["robin", "kim"]);
    expect(container.textContent!.match(/0502222222/g)).toHaveLength(2);
    expect(container.textContent).toContain("0501111111");
    // Everything there is has been read.
    expect(screen.queryByRole("button", { name: "Add phone numbers" })).toBeNull();
  });

  it("stop at the first failure, say so, and go on from there", async () => {
    let down = true;
    const host = fakeHost({
      get_customer: ({ customerRecordId: id }) => {
        if (down && id === "kim") throw refusal("get_customer", "offline");
        return record(id, "0502222222");
      },
    });
    printing.days(whole(day()));
    const { container } = render(PrintView, { job: printing.job! });
    await userEvent.click(await screen.findByRole("button", { name: "Add phone numbers" }));
    await screen.findAllByText(/^Could not/);
    expect(container.textContent!.match(/0502222222/g)).toHaveLength(2);
    down = false;
    await userEvent.click(screen.getByRole("button", { name: "Add phone numbers" }));
    await waitFor(() => expect(container.textContent).toContain("One appointment is without"));
    expect(host.sent("get_customer").map((sent) => sent.customerRecordId)).toEqual(["robin", "kim", "kim"]);
  });

  it("are not read on when the view is closed", async () => {
    const host = fakeHost({ get_customer: () => new Promise(() => undefined) });
    printing.days(whole(day()));
    const { unmount } = render(PrintView, { job: printing.job! });
    await userEvent.click(await screen.findByRole("button", { name: "Add phone numbers" }));
    await screen.findByText("Reading customers: 0 of 2");
    expect(screen.getByRole("button", { name: /^Print/ }).getAttribute("aria-disabled")).toBe("true");
    unmount();
    expect(host.sent("get_customer")).toHaveLength(2);
  });
});

describe("the print view", () => {
  const print = vi.fn();
  beforeEach(() => {
    print.mockClear();
    window.print = print;
  });
  const two = [
    board([
      column(calendar(0), null, [appointment(0, 560)]),
      column(calendar(1), null),
      column(calendar(2), null, [appointment(2, 560)]),
    ]),
  ];

  it("shows calendars with appointments, and those that are chosen beside", async () => {
    printing.days(whole(two));
    const { container } = render(PrintView, { job: printing.job! });
    const pages = () => container.querySelectorAll("[data-page]").length;
    await waitFor(() => expect(pages()).toBe(2));
    await userEvent.click(screen.getByRole("button", { name: "Calendars: 2 of 3" }));
    await userEvent.click(screen.getByRole("checkbox", { name: /Calendar 2, Avi \(0\)/ }));
    expect(pages()).toBe(3);
    await userEvent.click(screen.getByRole("button", { name: /^Print/ }));
    expect(print).toHaveBeenCalledOnce();
  });

  it("prints with its key, closes with Esc, and keeps the screens' keys off meanwhile", async () => {
    const behind = vi.fn();
    const forget = shortcuts.register({ chord: "Ctrl+1", label: "x", group: "x", run: behind });
    const listen = (event: KeyboardEvent) => shortcuts.handle(event);
    window.addEventListener("keydown", listen);
    printing.days(whole(two));
    render(PrintView, { job: printing.job! });
    await waitFor(() => expect(document.activeElement?.textContent).toContain("Day sheet"));
    await userEvent.keyboard("{Control>}1p{/Control}");
    expect([behind.mock.calls.length, print.mock.calls.length]).toEqual([0, 1]);
    await userEvent.keyboard("{Escape}");
    expect(printing.job).toBeUndefined();
    window.removeEventListener("keydown", listen);
    forget();
  });

  it("waits for the day, and prints nothing before", async () => {
    let come!: (read: DayRead) => void;
    printing.days(() => new Promise((resolve) => (come = resolve)));
    const { container } = render(PrintView, { job: printing.job! });
    const button = screen.getByRole("button", { name: /^Print/ });
    await waitFor(() => expect(container.querySelector("[data-state=loading]")).toBeTruthy());
    expect(button.getAttribute("aria-disabled")).toBe("true");
    await userEvent.click(button);
    come({ boards: two, unread: [], error: undefined });
    await waitFor(() => expect(container.querySelectorAll("[data-page]").length).toBe(2));
    expect(print).not.toHaveBeenCalled();
    await userEvent.click(button);
    expect(print).toHaveBeenCalledOnce();
  });

  it("prints nothing once it is closed, whatever the fonts are waited for", async () => {
    let loaded!: () => void;
    const ready = new Promise<void>((resolve) => (loaded = resolve));
    Object.defineProperty(document, "fonts", { configurable: true, value: { ready } });
    printing.days(whole(two));
    const { container, unmount } = render(PrintView, { job: printing.job! });
    await waitFor(() => expect(container.querySelectorAll("[data-page]").length).toBe(2));
    await userEvent.click(screen.getByRole("button", { name: /^Print/ }));
    unmount();
    loaded();
    await ready;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(print).not.toHaveBeenCalled();
    Reflect.deleteProperty(document, "fonts");
  });

  it("keeps the sheet of a calendar that could not be read, which may have appointments", async () => {
    const failed = {
      ...column(calendar(1), null),
      appointments: { state: "failed" as const, error: refusal("list_appointments", "offline") },
    };
    printing.days(
      whole([board([column(calendar(0), null, [appointment(0, 560)]), failed, column(calendar(2), null)])]),
    );
    const { container } = render(PrintView, { job: printing.job! });
    await waitFor(() => expect(container.querySelectorAll("[data-page]").length).toBe(2));
    expect(container.textContent).toContain("This sheet is not complete.");
  });

  it("names a service that could not be read, and reads it once more when asked, with all that came meanwhile", async () => {
    const [before] = two;
    const [first, ...others] = before!.columns;
    const booked = [appointment(0, 560), appointment(0, 600, { caseId: "meanwhile" })];
    const later = { ...before!, columns: [column(first!.calendar, null, booked), ...others] };
    const read = vi
      .fn<() => Promise<DayRead>>()
      .mockResolvedValueOnce({ boards: two, unread: ["Permits"], error: refusal("load_day", "offline") })
      .mockResolvedValueOnce({ boards: [later, { ...later, serviceId: "permits" }], unread: [], error: undefined });
    printing.days(read);
    const { container } = render(PrintView, { job: printing.job! });
    await screen.findByText("Not on these sheets, because it could not be read: Permits");
    expect(container.querySelectorAll("[data-page]").length).toBe(2);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(container.querySelectorAll("[data-page]").length).toBe(4));
    expect(screen.queryByText(/^Not on these sheets/)).toBeNull();
    await waitFor(() => expect(container.querySelectorAll("[data-page=measuring]").length).toBe(0));
    expect(container.querySelectorAll("tbody tr").length).toBe(6);
  });

  it("says why a slip could not be made, and prints nothing then", async () => {
    printing.slip(() => Promise.reject(refusal("get_appointment_papers", "internal")));
    render(PrintView, { job: printing.job! });
    expect(await screen.findByText("Could not make the appointment’s papers")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /^Print/ }));
    expect(print).not.toHaveBeenCalled();
  });
});

describe("what the customer takes along", () => {
  it("follows the language that is chosen, in its direction", async () => {
    const make = vi.fn((language?: string) => Promise.resolve(papers(language)));
    render(ForCustomer, { make });
    const text = (await screen.findByLabelText("Text to send")) as HTMLTextAreaElement;
    expect([text.value, text.dir]).toEqual(["Northgate, in en", "ltr"]);
    await userEvent.selectOptions(screen.getByLabelText("Language of the customer"), "he");
    await waitFor(() => expect(text.value).toBe("Northgate, in he"));
    expect([text.dir, text.lang]).toEqual(["rtl", "he"]);
    await userEvent.click(screen.getByRole("button", { name: "Print slip" }));
    expect(printing.job).toMatchObject({ kind: "slip", language: "he" });
    await printing.close();
  });

  it("saves the calendar file, or says why there is none", async () => {
    const host = fakeHost({});
    const { rerender, container } = render(ForCustomer, { make: () => Promise.resolve(papers()) });
    await userEvent.click(await screen.findByRole("button", { name: "Save calendar file" }));
    expect(host.saved.map((file) => file.name)).toEqual(["appointment-2026-11-24-0920.ics"]);
    const none = papers("en", { calendarFile: null, calendarFileProblem: { id: "paper-no-zone", args: {} } });
    await rerender({ make: () => Promise.resolve(none) });
    expect(
      await within(container).findByText(/^There is no calendar file\. It is not known in which time zone/),
    ).toBeTruthy();
  });
});
