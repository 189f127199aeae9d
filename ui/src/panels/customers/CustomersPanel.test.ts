import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { CommandError, CreatedCustomer, Customer } from "../../bindings";
import { app } from "../../state/app.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import CustomersPanel from "./CustomersPanel.svelte";
import { catalogueOf, knownFields, robin, ROBIN } from "./sample";

const nobody = () => {
  throw refusal("find_customer", "not_found");
};
const person = userEvent.setup();
let host: FakeHost;

async function open(answers: FakeHost["answers"], fields = knownFields()) {
  host = fakeHost({ get_catalogue: () => catalogueOf(fields), ...answers });
  await app.catalogue.load();
  app.panel = "customers";
  render(CustomersPanel);
}
async function search(text: string) {
  const box = screen.getByRole("searchbox", { name: "Look for" });
  await person.clear(box);
  await person.type(box, `${text}{Enter}`);
}
/** What the window does with a key that no field took. */
const press = (key: string, ctrlKey = false) =>
  shortcuts.handle(new KeyboardEvent("keydown", { key, ctrlKey, cancelable: true }));

beforeEach(() => {
  app.catalogue.clear();
  app.takeIntent("agent");
  app.takeIntent("appointments");
});

describe("the customers panel", () => {
  it("opens on the search box, with nobody seen yet", async () => {
    await open({});
    expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Look for" }));
    expect(screen.getByRole("region", { name: "Seen in this session" }).dataset.state).toBe("empty");
    expect(screen.getByText("Look the customer up first")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^New customer/ })).toBeNull();
  });

  it("finds with Enter, shows every field and moves on to the name", async () => {
    await open({ find_customer: () => robin() });
    await search("0501234567");
    const card = await screen.findByRole("article", { name: "Robin Vale" });
    for (const text of ["Given name", "Required", "Key", "Yes", "0501234567"]) {
      expect(within(card).getAllByText(text).length, text).toBeGreaterThan(0);
    }
    expect(within(card).getByText(/“Hologram” is not known/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Robin Vale" })));
    expect(screen.getByRole("region", { name: "Seen in this session" }).dataset.state).toBe("loaded");
  });

  it("offers a new customer after a search without a hit, filled in with it", async () => {
    await open({ find_customer: nobody });
    await search("050-999 9999");
    await screen.findByRole("heading", { name: /Nobody has 050-999 9999/ });
    press("Enter", true);
    expect(((await screen.findByLabelText(/^Phone/)) as HTMLInputElement).value).toBe("0509999999");
    expect(screen.getByText("Nobody has this yet")).toBeTruthy();
  });

  it("says who has a key value already, and opens that one", async () => {
    await open({ find_customer: nobody });
    await search("0509999999");
    await person.click(await screen.findByRole("button", { name: /New customer/ }));
    host.answers.find_customer = () => robin();
    const phone = await screen.findByLabelText(/^Phone/);
    await person.clear(phone);
    await person.type(phone, "0501234567");
    await person.tab();
    await screen.findByText("Robin Vale has this already.");
    await person.click(screen.getByRole("button", { name: "Open this customer" }));
    await screen.findByRole("article", { name: "Robin Vale" });
    expect(screen.getByRole("button", { name: "Continue the new customer" })).toBeTruthy();
  });

  it("shows before and after, saves with Ctrl+S, and leaves with Esc keeping a draft", async () => {
    await open({ find_customer: () => robin(), update_customer: () => null });
    await search("0501234567");
    await screen.findByRole("article");
    press("e", true);
    const level = await screen.findByLabelText("Level");
    await person.clear(level);
    await person.type(level, "8");
    const review = screen.getByRole("region", { name: "What will change" });
    expect(within(review).getByText("7").closest("del")).toBeTruthy();
    expect(within(review).getByText("8").closest("ins")).toBeTruthy();
    await person.keyboard("{Escape}");
    await screen.findByText("Changes to this customer are not saved yet.");
    press("e", true);
    press("s", true);
    await waitFor(() => expect(host.sent("update_customer")).toHaveLength(1));
    await screen.findByRole("article");
  });

  it("goes from a field to Save with Enter instead of sending at once", async () => {
    await open({ find_customer: () => robin() });
    await search("0501234567");
    await screen.findByRole("article");
    press("e", true);
    await person.type(await screen.findByLabelText("Level"), "8{Enter}");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: /Save 1 change/ }));
    expect(host.sent("update_customer")).toEqual([]);
  });

  it("keeps the form when the answer to a save is lost, and offers to read again", async () => {
    await open({
      find_customer: () => robin(),
      update_customer: () => {
        throw refusal("update_customer", "outcome_unknown", { outcomeUnknown: true });
      },
    });
    await search("0501234567");
    await screen.findByRole("article");
    press("e", true);
    await person.type(await screen.findByLabelText("Level"), "8");
    press("s", true);
    await person.click(await screen.findByRole("button", { name: "Read the customer again" }));
    await screen.findByText("Cubu does not have all of these changes.");
    expect((screen.getByLabelText("Level") as HTMLInputElement).value).toBe("78");
    expect(host.sent("update_customer")).toHaveLength(1);
  });

  it("holds the fields while they are saved, with the keyboard on Save, and gives both back when that fails", async () => {
    let refuse: (error: CommandError) => void = () => {};
    await open({
      find_customer: () => robin(),
      update_customer: () => new Promise((_, reject) => (refuse = reject)),
    });
    await search("0501234567");
    await screen.findByRole("article");
    press("e", true);
    const level = await screen.findByLabelText<HTMLInputElement>("Level");
    await person.type(level, "8");
    press("s", true);
    const saving = await screen.findByRole("button", { name: /Saving/ });
    expect(level.closest("fieldset")?.disabled).toBe(true);
    expect(document.activeElement).toBe(saving);
    await person.keyboard("9");
    refuse(refusal("update_customer", "conflict"));
    await waitFor(() => expect(document.activeElement).toBe(level));
    expect([level.value, level.closest("fieldset")?.disabled]).toEqual(["78", false]);
  });

  it("holds the fields of a new customer from the key checks to the answer, then moves on to the card", async () => {
    const answers: ((customer: Customer | CreatedCustomer) => void)[] = [];
    const later = () => new Promise<never>((resolve) => answers.push(resolve as never));
    await open({ find_customer: nobody });
    await search("0509999999");
    await person.click(await screen.findByRole("button", { name: /New customer/ }));
    const name = await screen.findByLabelText<HTMLInputElement>(/^Given name/);
    await person.type(name, "Alex");
    await person.clear(screen.getByLabelText(/^Phone/));
    await person.type(screen.getByLabelText(/^Phone/), "0508888888");
    host.answers.find_customer = () => new Promise((_, reject) => answers.push(reject as never));
    host.answers.create_customer = later;
    press("s", true);
    await screen.findByRole("button", { name: /Looking/ });
    expect(name.closest("fieldset")?.disabled).toBe(true);
    host.answers.find_customer = () => robin();
    for (const answer of answers.splice(0)) answer(refusal("find_customer", "not_found") as never);
    await waitFor(() => expect(host.sent("create_customer")).toHaveLength(1));
    expect(name.closest("fieldset")?.disabled).toBe(true);
    answers[0]!({ recordId: ROBIN });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Robin Vale" })));
  });

  it("keeps the search text beside a failed search, and tries again", async () => {
    await open({
      find_customer: () => {
        throw refusal("find_customer", "offline", { retryable: true });
      },
    });
    await search("0501234567");
    await screen.findByRole("alert");
    host.answers.find_customer = () => robin();
    await person.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByRole("article", { name: "Robin Vale" });
  });

  it("asks a corrected search at once, while the first one is on its way", async () => {
    await open({ find_customer: () => new Promise(() => {}) });
    await search("0501234567");
    await waitFor(() => expect(host.sent("find_customer")).toHaveLength(1));
    await person.keyboard("{Enter}");
    expect(host.sent("find_customer"), "the same is asked once").toHaveLength(1);
    await person.keyboard("{Backspace}8");
    expect(screen.getByRole("button", { name: /^Find/ }).getAttribute("aria-busy")).toBeNull();
    host.answers.find_customer = () => robin();
    await person.keyboard("{Enter}");
    await screen.findByRole("article", { name: "Robin Vale" });
    expect(host.sent("find_customer").at(-1)).toMatchObject({ fieldValue: "0501234568" });
  });

  it("leaves the keyboard in a search that is being corrected when the first one ends without a hit", async () => {
    let miss: (error: CommandError) => void = () => {};
    await open({ find_customer: () => new Promise((_, reject) => (miss = reject)) });
    await search("0501234567");
    const box = screen.getByRole<HTMLInputElement>("searchbox", { name: "Look for" });
    await person.type(box, "8");
    miss(refusal("find_customer", "not_found"));
    await screen.findByRole("heading", { name: /Nobody has 0501234567/ });
    await person.keyboard("9");
    expect(box.value).toBe("050123456789");
  });

  it("leaves the keyboard in the search box when a card opens late", async () => {
    let answer: (customer: Customer) => void = () => {};
    await open({ find_customer: () => new Promise((resolve) => (answer = resolve)) });
    (document.activeElement as HTMLElement).blur();
    app.ask({ panel: "customers", customerRecordId: ROBIN });
    await waitFor(() => expect(host.sent("find_customer")).toHaveLength(1));
    const box = screen.getByRole("searchbox", { name: "Look for" });
    await person.type(box, "05");
    answer(robin());
    await screen.findByRole("article", { name: "Robin Vale" });
    await person.keyboard("0");
    expect(document.activeElement).toBe(box);
  });

  it("says that no field is known yet, and takes one by its id", async () => {
    await open({}, []);
    expect(screen.getByRole("textbox", { name: "Slug of the key field" })).toBeTruthy();
    await person.click(screen.getByRole("button", { name: /New customer/ }));
    await screen.findByText("This desk does not know the fields of your customers yet.");
    await person.click(screen.getByRole("button", { name: "Add a field by its id" }));
    expect(screen.getByLabelText("Field type id").getAttribute("dir")).toBe("ltr");
  });

  it("hands the customer over to booking and to the queue", async () => {
    await open({ find_customer: () => robin() });
    await search(ROBIN);
    await person.click(await screen.findByRole("button", { name: /Book for this customer/ }));
    expect(app.takeIntent("appointments")).toMatchObject({ customerRecordId: ROBIN, customerName: "Robin Vale" });
    app.panel = "customers";
    press("u", true);
    expect(app.takeIntent("agent")?.walkIn.customerRecordId).toBe(ROBIN);
  });

  it("opens the customer that another panel asks for", async () => {
    await open({ find_customer: () => robin() });
    app.ask({ panel: "customers", customerRecordId: ROBIN });
    await screen.findByRole("article", { name: "Robin Vale" });
    expect(host.sent("find_customer")).toEqual([{ queryType: "RecordId", recordId: ROBIN }]);
  });
});
