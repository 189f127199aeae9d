/** A booking whose form is open while something that it takes is still on its way. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";
import type { DayBoard, FoundTimes } from "../../bindings";
import { app } from "../../state/app.svelte";
import { keptDrafts } from "../../state/kept-drafts.svelte";
import { refusal } from "../../testing/fake-host";
import { catalogue, desk, forEachTest, fresh, open, slot } from "./panel-testing";
import { booked, calendar, column, dana, foundTime, SERVICE, TYPE } from "./testing";

forEachTest();

const press = "{Control>}{Enter}{/Control}";

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
    desk.host.answers.load_day = () => new Promise((resolve, reject) => ([answer, refuse] = [resolve, reject]));
    desk.host.answers.book_appointment = () => booked("new", "7");
    desk.host.answers.keep_draft = () => null;
    desk.host.answers.drop_draft = () => null;
    const user = open();
    await waitFor(() => expect(desk.host.sent("load_day")).toHaveLength(1));
    const keptAt = "2026-11-24T08:00:00Z";
    keptDrafts.left = [
      { name: "booking-left", content: LEFT, keptAt },
      { name: "booking-other", content: { ...LEFT, place: { ...LEFT.place, start: 570 }, open: false }, keptAt },
    ];
    await screen.findByRole("group", { name: "Book 09:20" });
    return user;
  }
  it("is booked once, as soon as it is known what the calendar demands", async () => {
    const user = await leftOpen();
    await user.keyboard(press + press);
    expect(desk.host.sent("book_appointment")).toEqual([]);
    answer(desk.day);
    await waitFor(() => expect(desk.host.sent("book_appointment")).toHaveLength(1));
    expect(desk.host.sent("book_appointment")[0]).toMatchObject({ startTime: 560, contactPhoneNumber: "0501234567" });
  });

  it("is not booked where that could not be read, and says so; reading again is no order to book", async () => {
    const user = await leftOpen();
    await user.keyboard(press);
    refuse(refusal("load_day", "unreadable_answer"));
    const said = await screen.findByText(/^What this calendar needs could not be read, so nothing was sent/);
    await user.click(within(said.closest<HTMLElement>(".banner")!).getByRole("button", { name: "Read again" }));
    answer(desk.day);
    await waitFor(() => expect(screen.queryByText(/could not be read, so nothing was sent/)).toBeNull());
    expect(desk.host.sent("book_appointment")).toEqual([]);
  });

  it("is not booked any more once it was closed", async () => {
    const user = await leftOpen();
    await user.keyboard(press + "{Escape}");
    answer(desk.day);
    await slot(/09:20, .* with a draft$/);
    expect(desk.host.sent("book_appointment")).toEqual([]);
  });

  it("is not booked once it was closed while another type's times were read", async () => {
    const user = open(catalogue({ serviceTypes: [...catalogue().serviceTypes, LONG] }));
    await user.click(await slot(/^Free, .* 09:20/));
    const form = await screen.findByRole("group", { name: "Book 09:20" });
    desk.host.answers.load_day = () => new Promise((resolve) => (answer = resolve));
    desk.host.answers.book_appointment = () => booked("new", "7");
    await user.selectOptions(within(form).getByLabelText("Type to book"), `${SERVICE} long`);
    await user.keyboard(press + "{Escape}");
    answer(desk.day);
    await slot(/^Free, .* 09:20/);
    await tick();
    expect(desk.host.sent("book_appointment")).toEqual([]);
  });

  it("is not booked once another one was opened, nor is that", async () => {
    const user = await leftOpen();
    await user.keyboard(press);
    await user.click(screen.getByRole("button", { name: /^1 draft/ }));
    await user.click(screen.getByRole("button", { name: /09:30/ }));
    const other = await screen.findByRole("group", { name: "Book 09:30" });
    answer(desk.day);
    await within(other).findByText("This calendar needs nothing but the time.");
    expect(desk.host.sent("book_appointment")).toEqual([]);
  });

  it("stays with its own day where another panel asks for a different one", async () => {
    const user = await leftOpen();
    await user.keyboard(press);
    const first = answer;
    desk.host.answers.load_day = () => fresh(column(calendar(0), [580]));
    app.go("customers");
    await tick();
    app.ask({ panel: "appointments", date: "2026-11-25" });
    await slot(/09:40/);
    first(desk.day);
    expect(screen.queryByRole("group", { name: "Book 09:20" })).toBeNull();
    await screen.findByRole("button", { name: /^2 drafts/ });
    expect(desk.host.sent("book_appointment")).toEqual([]);
  });
});

/** An answer that the test gives when it likes. */
function later<T>() {
  let give!: (value: T) => void;
  let refuse!: (problem: unknown) => void;
  const promise = new Promise<T>((resolve, reject) => ([give, refuse] = [resolve, reject]));
  return { promise, give, refuse };
}

describe("a customer who is being looked up", () => {
  async function looking() {
    const found = later<typeof dana>();
    desk.host.answers.find_customer = () => found.promise;
    desk.host.answers.book_appointment = () => booked("new", "7");
    const user = open();
    await user.click(await slot(/^Free, .* 09:20/));
    const form = await screen.findByRole("group", { name: "Book 09:20" });
    await user.type(within(form).getByPlaceholderText(/^The whole phone number/), "0501234567{Enter}");
    return { user, found };
  }

  it("belongs to no other booking that is opened meanwhile", async () => {
    const { user, found } = await looking();
    await user.click(await slot(/^Free, .* 09:30/));
    const other = await screen.findByRole("group", { name: "Book 09:30" });
    found.give(dana);
    await user.type(within(other).getByLabelText(/^Phone number/), "1");
    expect(within(other).getByDisplayValue("1")).toBeTruthy();
    expect(within(other).queryByText("Dana Levi")).toBeNull();
  });

  it("is waited for by whoever books at once", async () => {
    const { user, found } = await looking();
    await user.keyboard(press);
    expect(desk.host.sent("book_appointment")).toEqual([]);
    found.give(dana);
    await waitFor(() => expect(desk.host.sent("book_appointment")).toHaveLength(1));
    expect(desk.host.sent("book_appointment")[0]).toMatchObject({ customerRecordId: dana.recordId });
  });

  it("is asked for anew when corrected, and the answer to the slip is dropped", async () => {
    const { user, found } = await looking();
    await user.keyboard("8");
    found.give(dana);
    await user.keyboard("{Shift}");
    const form = within(screen.getByRole("group", { name: "Book 09:20" }));
    expect(form.queryByText("Dana Levi")).toBeNull();
    await user.click(form.getByRole("button", { name: "Find" }));
    await form.findByText("Dana Levi");
    expect(desk.host.sent("find_customer")).toHaveLength(2);
  });

  it("and is not found, is not left out without a word", async () => {
    const { user, found } = await looking();
    await user.keyboard(press);
    found.refuse(refusal("find_customer", "not_found"));
    await screen.findByText(/^No customer with/);
    expect(desk.host.sent("book_appointment")).toEqual([]);
    // Once that stands there, who books means it without one.
    await user.keyboard(press);
    await waitFor(() => expect(desk.host.sent("book_appointment")).toHaveLength(1));
  });
});

describe("while a booking is being sent", () => {
  async function sending() {
    const answer = later<ReturnType<typeof booked>>();
    desk.host.answers.book_appointment = () => answer.promise;
    const user = open();
    await user.click(await slot(/^Free, .* 09:20/));
    await screen.findByRole("group", { name: "Book 09:20" });
    await user.keyboard(press);
    await waitFor(() => expect(desk.host.sent("book_appointment")).toHaveLength(1));
    return { user, answer };
  }

  async function bringAlong() {
    app.go("customers");
    await tick();
    app.ask({ panel: "appointments", customerRecordId: dana.recordId });
    await waitFor(() => expect(desk.host.sent("get_customer")).toHaveLength(1));
  }

  it("nothing is lifted over its form, and that is said", async () => {
    const { user, answer } = await sending();
    const dana = await slot(/^Booked, .* 09:00/);
    dana.focus();
    await user.keyboard("{Control>}x{/Control}");
    expect((await screen.findAllByText(/^Something is still being sent/)).length).toBeGreaterThan(0);
    desk.day = fresh(column(calendar(0), [570]));
    answer.refuse(refusal("book_appointment", "slot_taken"));
    await screen.findByText("09:20 is no longer free");
  });

  it("a customer who is brought along waits until it is done", async () => {
    const { answer } = await sending();
    await bringAlong();
    answer.give(booked("new", "7"));
    const form = await screen.findByRole("group", { name: "New appointment" });
    expect(await within(form).findByText("Dana Levi")).toBeTruthy();
  });

  it("and refused, it stays before a customer who is brought along", async () => {
    const { answer } = await sending();
    await bringAlong();
    desk.day = fresh(column(calendar(0), [570]));
    answer.refuse(refusal("book_appointment", "slot_taken"));
    await screen.findByText(/^The booking that is open did not go through/);
    await screen.findByText("09:20 is no longer free");
  });

  it("and refused with its day gone from the board, it goes back to that day", async () => {
    const { user, answer } = await sending();
    desk.host.answers.load_day = ({ date }) => ({ ...desk.day, date });
    await user.keyboard("{Control>}{PageDown}{/Control}");
    await slot(/^Free, Wednesday 25 November 09:20/);
    answer.refuse(refusal("book_appointment", "conflict"));
    await screen.findByText("09:20 is no longer free");
    expect(screen.queryByRole("button", { name: /^09:\d\d, Calendar/ })).toBeNull();
    desk.host.answers.book_appointment = () => booked("new", "7");
    await user.keyboard(press);
    await slot(/^Free, Tuesday 24 November 09:10/);
    await waitFor(() => expect(desk.host.sent("book_appointment")).toHaveLength(2));
  });

  it("whoever has opened another one types on in it", async () => {
    const { user, answer } = await sending();
    const reading = later<DayBoard>();
    desk.host.answers.load_day = () => reading.promise;
    answer.give(booked("new", "7"));
    await waitFor(() => expect(screen.queryByRole("group", { name: "Book 09:20" })).toBeNull());
    await user.click(await slot(/^Free, .* 09:30/));
    const form = await screen.findByRole("group", { name: "Book 09:30" });
    const phone = within(form).getByLabelText(/^Phone number/);
    await user.type(phone, "030");
    reading.give(desk.day);
    await waitFor(() => expect(document.querySelector("[aria-busy=true]")).toBeNull());
    await user.keyboard("1");
    expect((phone as HTMLInputElement).value).toBe("0301");
  });
});

describe("an appointment whose cancelling was asked about", () => {
  it("is not asked about again when Cubu answers again", async () => {
    const user = open();
    const dana = await slot(/^Booked, .* 09:00/);
    dana.focus();
    await user.keyboard("{Delete}");
    const dialog = await screen.findByRole("dialog", { name: "Cancel this appointment?" });
    await user.click(within(dialog).getByRole("button", { name: /^Keep/ }));
    expect(document.querySelector("dialog[open]")).toBeNull();
    desk.host.answers.load_day = () => Promise.reject(refusal("load_day", "offline"));
    await user.keyboard("{F5}");
    await screen.findAllByText(/^Cubu can’t be reached/);
    desk.host.answers.load_day = () => desk.day;
    await user.keyboard("{F5}");
    await waitFor(() => expect(screen.queryAllByText(/^Cubu can’t be reached/)).toEqual([]));
    expect(document.querySelector("dialog[open]")).toBeNull();
  });
});

describe("a time that is taken from the search", () => {
  async function taking() {
    desk.host.answers.find_times = () =>
      ({
        searchId: "search",
        cursor: 1,
        times: [foundTime("2026-11-26", 560)],
        services: [],
        progress: null,
        missed: [],
        ended: { end: "complete" },
      }) as unknown as FoundTimes;
    const user = open();
    await slot(/^Free, .* 09:20/);
    await user.keyboard("{Control>}n{/Control}");
    const form = await screen.findByRole("group", { name: "New appointment" });
    await user.type(within(form).getByLabelText(/^Phone number/), "030 1");
    const reading = later<DayBoard>();
    desk.host.answers.load_day = () => reading.promise;
    await within(form).findByRole("button", { name: /09:20/ });
    return { user, form, reading };
  }

  it("twice is taken once, with everything typed", async () => {
    const { user, reading } = await taking();
    await user.keyboard(press + press);
    reading.give({ ...desk.day, date: "2026-11-26" });
    await screen.findByRole("group", { name: "Book 09:20" });
    await slot(/^Free, Thursday 26 November 09:10/);
    await user.keyboard("{Shift}");
    expect(screen.getByDisplayValue("030 1")).toBeTruthy();
  });

  it("is left behind with its day", async () => {
    const { user, reading } = await taking();
    await user.keyboard(press + "{Control>}{PageDown}{/Control}");
    reading.give({ ...desk.day, date: "2026-11-27" });
    await slot(/^Free, Friday 27 November 09:20/);
    await user.keyboard("{Shift}");
    expect(screen.queryByRole("group", { name: "Book 09:20" })).toBeNull();
    expect(screen.getByDisplayValue("030 1")).toBeTruthy();
  });
});
