import { beforeEach, describe, expect, it } from "vitest";
import type { Commands, FindCustomer } from "../../bindings";
import { app } from "../../state/app.svelte";
import { chosenCustomer } from "../../state/chosen-customer.svelte";
import { unsettled } from "../../state/unsettled.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { unsettledWrite } from "../../testing/unsettled";
import { CustomerDesk } from "./customer-desk.svelte";
import { BORN, catalogueOf, knownFields, LEVEL, NAME, PHONE, ROBIN, robin } from "./sample";

const nobody = () => {
  throw refusal("find_customer", "not_found");
};
const unknown = (command: "create_customer" | "update_customer") => () => {
  throw refusal(command, "outcome_unknown", { outcomeUnknown: true });
};
/** A Cubu that knows Robin by record id and by phone. */
const knowsRobin = (request: FindCustomer) => {
  const phone = request.queryType === "KeyField" && request.fieldValue === "0501234567";
  return phone || (request.queryType === "RecordId" && request.recordId === ROBIN) ? robin() : nobody();
};

let host: FakeHost;
let desk: CustomerDesk;

async function at(answers: FakeHost["answers"], fields = knownFields()) {
  host = fakeHost({ get_catalogue: () => catalogueOf(fields), ...answers });
  await app.catalogue.load();
  desk = new CustomerDesk();
}
async function onRobin(answers: FakeHost["answers"] = {}) {
  await at({ find_customer: () => robin(), update_customer: () => null, ...answers });
  await desk.open(ROBIN);
}
async function afterMissing(text: string, answers: FakeHost["answers"] = {}) {
  await at({ find_customer: nobody, ...answers });
  desk.search.text = text;
  await desk.find();
  desk.startCreate();
  return desk.createDraft!;
}

beforeEach(() => {
  app.catalogue.clear();
  unsettled.clear();
});

describe("searching", () => {
  it("opens the card, and remembers the customer for this session", async () => {
    await at({ find_customer: knowsRobin });
    desk.search.text = "050-123 4567";
    expect(await desk.find()).toBe(true);
    expect(desk.view).toBe("card");
    expect(desk.card.value?.recordId).toBe(ROBIN);
    expect(desk.recent).toEqual([{ recordId: ROBIN, name: "Robin Vale", keyWord: "0501234567" }]);
  });

  it("looks a pasted record id up as one, whatever the field", async () => {
    await at({ find_customer: knowsRobin });
    desk.search.by = "field:phone-number";
    desk.search.text = `{${ROBIN}}`;
    await desk.find();
    expect(host.sent("find_customer")).toEqual([{ queryType: "RecordId", recordId: ROBIN }]);
  });

  it("asks for a slug when no key field is known, and offers it from then on", async () => {
    await at({ find_customer: nobody }, []);
    expect(desk.search.where).toBe("slug");
    desk.search.text = "0501234567";
    await desk.find();
    expect(desk.search.problem).toBe("customers-search-problem-slug");
    desk.search.slug = "phone-number";
    await desk.find();
    expect(desk.view).toBe("missed");
    expect(desk.search.keyFields.map((field) => field.slug)).toEqual(["phone-number"]);
    expect(desk.search.where).toBe("field:phone-number");
  });

  it("keeps the text and the view when the call fails", async () => {
    await at({
      find_customer: () => {
        throw refusal("find_customer", "offline", { retryable: true });
      },
    });
    desk.search.text = "0501234567";
    expect(await desk.find()).toBe(false);
    expect(desk.search.error?.code).toBe("offline");
    expect(desk.search.text).toBe("0501234567");
    expect(desk.view).toBe("home");
  });

  it("drops the answer to an earlier search", async () => {
    let answer: (customer: Commands["find_customer"]["response"]) => void = () => undefined;
    const slow = new Promise<Commands["find_customer"]["response"]>((resolve) => (answer = resolve));
    await at({ find_customer: (request) => (request.queryType === "RecordId" ? slow : nobody()) });
    desk.search.text = ROBIN;
    const first = desk.find();
    desk.search.text = "0509999999";
    await desk.find();
    answer(robin());
    expect(await first).toBe(false);
    expect(desk.view).toBe("missed");
  });
});

describe("the card", () => {
  it("is read by Find, and refreshed by Get", async () => {
    await onRobin({ get_customer: () => robin({ [NAME]: "Robyn" }) });
    await desk.refresh();
    expect(host.sent("get_customer")).toEqual([{ customerRecordId: ROBIN }]);
    expect(desk.card.value?.fields.find((field) => field.fieldTypeId === NAME)?.value).toBe("Robyn");
  });

  it("stays on the screen as stale when refreshing fails", async () => {
    await onRobin({
      get_customer: () => {
        throw refusal("get_customer", "offline");
      },
    });
    await desk.refresh();
    expect(desk.card.state).toBe("stale");
    expect(desk.card.value?.displayName).toBe("Robin Vale");
  });

  it("hands the customer over with telephone number", async () => {
    await onRobin();
    expect(desk.choose()).toEqual({ recordId: ROBIN, displayName: "Robin Vale" });
    expect(chosenCustomer.current).toMatchObject({ recordId: ROBIN, phone: "0501234567" });
    host.answers.get_customer = () => robin({ [PHONE]: "0507654321" });
    await desk.refresh();
    expect(chosenCustomer.current?.phone, "follows a newer reading").toBe("0507654321");
  });
});

describe("editing", () => {
  it("sends only the fields that differ, by their type", async () => {
    await onRobin();
    desk.edit();
    desk.draft!.type(PHONE, "050-765 4321");
    desk.draft!.type(BORN, "9.3.1984");
    desk.draft!.type(NAME, "Robin ");
    expect(desk.draft!.changes.map(({ before, text }) => [before, text])).toEqual([
      ["0501234567", "0507654321"],
      ["", "1984-03-09"],
    ]);
    expect(await desk.save()).toBe(true);
    expect(host.sent("update_customer")).toEqual([
      {
        customerRecordId: ROBIN,
        fields: [
          { fieldTypeId: PHONE, value: "0507654321" },
          { fieldTypeId: BORN, value: "1984-03-09" },
        ],
      },
    ]);
    expect(desk.view).toBe("card");
    expect(desk.draft).toBeUndefined();
  });

  it("sends nothing while a field is wrong or a required one was emptied", async () => {
    await onRobin();
    desk.edit();
    desk.draft!.type(NAME, "");
    desk.draft!.type(PHONE, "none");
    expect(await desk.save()).toBe(false);
    expect(desk.draft!.problemOf(NAME)).toBe("customers-problem-required");
    expect(desk.draft!.problemOf(PHONE)).toBe("customers-problem-phone");
    expect(host.sent("update_customer")).toEqual([]);
  });

  it("keeps what was typed when saving fails, and when the form is left", async () => {
    await onRobin({
      update_customer: () => {
        throw refusal("update_customer", "conflict");
      },
    });
    desk.edit();
    desk.draft!.type(LEVEL, "8");
    expect(await desk.save()).toBe(false);
    desk.leaveForm();
    expect(desk.view).toBe("card");
    expect(desk.hasDraft(ROBIN)).toBe(true);
    desk.edit();
    expect(desk.draft!.textOf(LEVEL)).toBe("8");
    expect(desk.draft!.saving.error?.code).toBe("conflict");
  });

  it("does not send an unsettled change again, and finds by reading that it arrived", async () => {
    await onRobin({ update_customer: unknown("update_customer") });
    desk.edit();
    desk.draft!.type(PHONE, "0507654321");
    await desk.save();
    expect(desk.draft!.unsettled).toHaveLength(1);
    await desk.save();
    expect(host.sent("update_customer")).toHaveLength(1);
    host.answers.find_customer = () => robin({ [PHONE]: "0507654321" });
    expect(await desk.settleEdit()).toBe(true);
    expect(desk.draft).toBeUndefined();
    expect(desk.view).toBe("card");
  });

  it("finds by reading which changes are missing, and lets them be saved again", async () => {
    await onRobin({ update_customer: unknown("update_customer") });
    desk.edit();
    desk.draft!.type(PHONE, "0507654321");
    desk.draft!.type(LEVEL, "8");
    await desk.save();
    host.answers.find_customer = () => robin({ [LEVEL]: "8" });
    expect(await desk.settleEdit()).toBe(false);
    expect(desk.draft!.verdict?.missing.map((change) => change.type.fieldTypeId)).toEqual([PHONE]);
    expect(desk.draft!.changes).toHaveLength(1);
    host.answers.update_customer = () => null;
    expect(await desk.save()).toBe(true);
  });

  it.each([
    ["happened", true, undefined],
    ["didNotHappen", false, "did_not_happen"],
  ] as const)("takes the core's verdict when a lost change %s", async (state, done, code) => {
    await onRobin({ update_customer: unknown("update_customer") });
    desk.edit();
    desk.draft!.type(LEVEL, "8");
    await desk.save();
    const [intentId] = host.intents("update_customer");
    host.answers.list_unsettled = () => [unsettledWrite("update_customer", state, { intentId: intentId! })];
    host.answers.drop_unsettled = () => [];
    expect(await desk.settleEdit()).toBe(done);
    expect(desk.draft?.saving.error?.code).toBe(code);
    expect(host.sent("drop_unsettled")).toEqual([{ intentId }]);
  });

  it("stays unsettled while the reading fails", async () => {
    await onRobin({ update_customer: unknown("update_customer") });
    desk.edit();
    desk.draft!.type(LEVEL, "8");
    await desk.save();
    host.answers.find_customer = () => {
      throw refusal("find_customer", "offline");
    };
    expect(await desk.settleEdit()).toBe(false);
    expect(desk.draft!.unsettled).toHaveLength(1);
  });
});

describe("a new customer", () => {
  it("starts with what was searched for, which need not be looked up again", async () => {
    const draft = await afterMissing("050-999 9999", { create_customer: () => ({ recordId: ROBIN }) });
    const searches = host.sent("find_customer").length;
    expect(draft.textOf(PHONE)).toBe("0509999999");
    draft.type(NAME, "Alex");
    host.answers.find_customer = () => robin();
    expect(await desk.create()).toBe(true);
    expect(host.sent("create_customer")).toEqual([{ fields: { [PHONE]: "0509999999", [NAME]: "Alex" } }]);
    expect(host.sent("find_customer").slice(searches)).toEqual([{ queryType: "RecordId", recordId: ROBIN }]);
    expect(desk.view).toBe("card");
  });

  it("is held back once when somebody has the key value already", async () => {
    const draft = await afterMissing("0509999999", { create_customer: () => ({ recordId: ROBIN }) });
    draft.type(NAME, "Alex");
    draft.type(PHONE, "0501234567");
    host.answers.find_customer = knowsRobin;
    expect(await desk.create()).toBe(false);
    expect(draft.checkOf(PHONE)).toMatchObject({ state: "taken", customer: { displayName: "Robin Vale" } });
    expect(host.sent("create_customer")).toEqual([]);
    expect(draft.heldBack).toBe(true);
    expect(await desk.create()).toBe(true);
  });

  it("is held back when the check itself failed, and says so", async () => {
    const draft = await afterMissing("0509999999");
    draft.type(NAME, "Alex");
    draft.type(PHONE, "0508888888");
    host.answers.find_customer = () => {
      throw refusal("find_customer", "offline");
    };
    expect(await desk.create()).toBe(false);
    expect(draft.checkOf(PHONE)?.state).toBe("failed");
    expect(draft.textOf(NAME)).toBe("Alex");
  });

  it("is sent as it stands after the key checks", async () => {
    const draft = await afterMissing("0509999999", { create_customer: () => ({ recordId: ROBIN }) });
    draft.type(NAME, "Alex");
    draft.type(PHONE, "0508888888");
    const creating = desk.create();
    draft.type(LEVEL, "8");
    host.answers.find_customer = () => robin();
    expect(await creating).toBe(true);
    expect(host.sent("create_customer")).toEqual([{ fields: { [PHONE]: "0508888888", [NAME]: "Alex", [LEVEL]: "8" } }]);
  });

  it("needs its required fields before anything is asked", async () => {
    const draft = await afterMissing("0509999999");
    const searches = host.sent("find_customer").length;
    expect(await desk.create()).toBe(false);
    expect(draft.problemOf(NAME)).toBe("customers-problem-required");
    expect(host.sent("find_customer")).toHaveLength(searches);
  });

  it("can be made of fields typed by their ids when none is known", async () => {
    await at({ find_customer: () => robin(), create_customer: () => ({ recordId: ROBIN }) }, []);
    desk.startCreate();
    const draft = desk.createDraft!;
    expect(await desk.create()).toBe(false);
    expect(draft.nothingTyped).toBe(true);
    draft.addOwnField();
    draft.ownFields[0]!.fieldTypeId = "given name";
    draft.ownFields[0]!.text = "Alex";
    expect(await desk.create()).toBe(false);
    expect(draft.problemOf("own-1")).toBe("customers-problem-field-id");
    draft.ownFields[0]!.fieldTypeId = NAME;
    expect(await desk.create()).toBe(true);
    expect(host.sent("create_customer")).toEqual([{ fields: { [NAME]: "Alex" } }]);
  });

  it("is looked for after an unknown outcome, never sent twice by itself", async () => {
    const draft = await afterMissing("0509999999", { create_customer: unknown("create_customer") });
    draft.type(NAME, "Alex");
    expect(await desk.create()).toBe(false);
    expect(draft.unsettled).toBe(true);
    await desk.create();
    expect(host.sent("create_customer")).toHaveLength(1);
    expect(await desk.settleCreate()).toBe(false);
    expect(draft.looked).toBe("missing");
    host.answers.create_customer = unknown("create_customer");
    await desk.create();
    host.answers.find_customer = () => robin({ [PHONE]: "0509999999" });
    expect(await desk.settleCreate()).toBe(true);
    expect(desk.createDraft).toBeUndefined();
    expect(desk.view).toBe("card");
  });

  it("is opened when the core says that it was made after all", async () => {
    const draft = await afterMissing("0509999999", { create_customer: unknown("create_customer") });
    draft.type(NAME, "Alex");
    await desk.create();
    const [intentId] = host.intents("create_customer");
    const answer = { recordId: ROBIN };
    host.answers.list_unsettled = () => [
      unsettledWrite("create_customer", "happened", { intentId: intentId!, answer }),
    ];
    host.answers.drop_unsettled = () => [];
    host.answers.find_customer = () => robin();
    expect(await desk.settleCreate()).toBe(true);
    expect([desk.createDraft, desk.recordId]).toEqual([undefined, ROBIN]);
  });

  it("keeps its draft while another customer is looked at", async () => {
    const draft = await afterMissing("0509999999");
    draft.type(NAME, "Alex");
    desk.leaveForm();
    expect(desk.view).toBe("missed");
    host.answers.find_customer = () => robin();
    await desk.open(ROBIN);
    desk.startCreate();
    expect(desk.createDraft?.textOf(NAME)).toBe("Alex");
  });
});

describe("an answer that comes late", () => {
  const OTHER = "00000000-0000-4000-8000-00000000beef";
  const anybody = (request: FindCustomer) =>
    request.queryType === "RecordId" && request.recordId === OTHER
      ? { ...robin(), recordId: OTHER, displayName: "Sam Oak" }
      : robin();
  /** An answer that is given when the test says so. */
  const later = <T>() => {
    let give: (answer: T | Promise<T>) => void = () => {};
    const answer = new Promise<T>((resolve) => (give = resolve));
    return { answer, give };
  };
  async function typeIntoOther() {
    await desk.open(OTHER);
    desk.edit();
    desk.draft!.type(LEVEL, "9");
  }

  it.each(["happened", "settling"] as const)(
    "leaves the next customer's draft when a lost change %s",
    async (state) => {
      await onRobin({ find_customer: anybody, update_customer: unknown("update_customer") });
      desk.edit();
      desk.draft!.type(LEVEL, "8");
      await desk.save();
      const list = later<void>();
      const [intentId] = host.intents("update_customer");
      host.answers.list_unsettled = () =>
        list.answer.then(() => [unsettledWrite("update_customer", state, { intentId: intentId! })]);
      host.answers.drop_unsettled = () => [];
      const settling = desk.settleEdit();
      await typeIntoOther();
      list.give();
      expect(await settling).toBe(state === "happened");
      expect([desk.view, desk.card.value?.recordId, desk.draft?.textOf(LEVEL)]).toEqual(["edit", OTHER, "9"]);
      expect(desk.hasDraft(ROBIN)).toBe(state === "settling");
    },
  );

  it("leaves the form that was opened while a change was saved", async () => {
    const saved = later<null>();
    await onRobin({ update_customer: () => saved.answer });
    desk.edit();
    desk.draft!.type(LEVEL, "8");
    const saving = desk.save();
    desk.startCreate();
    saved.give(null);
    expect(await saving).toBe(true);
    expect([desk.view, desk.draft]).toEqual(["create", undefined]);
  });

  it("leaves the draft of another new customer", async () => {
    const made = later<{ recordId: string }>();
    const first = await afterMissing("0509999999", { create_customer: () => made.answer });
    first.type(NAME, "Alex");
    const creating = desk.create();
    desk.discardCreateDraft();
    desk.startCreate();
    desk.createDraft!.type(NAME, "Kim");
    host.answers.find_customer = anybody;
    made.give({ recordId: ROBIN });
    expect(await creating).toBe(true);
    expect([desk.view, desk.createDraft?.textOf(NAME)]).toEqual(["create", "Kim"]);
    expect(desk.recent.map((entry) => entry.recordId)).toEqual([ROBIN]);
  });

  it.each([["hit"], ["miss"]])("leaves the form that was opened during a search: a %s", async (end) => {
    const found = later<Commands["find_customer"]["response"]>();
    const slow = (request: FindCustomer) => (request.queryType === "RecordId" ? anybody(request) : found.answer);
    await at({ find_customer: slow });
    desk.search.text = "0501234567";
    const finding = desk.find();
    await typeIntoOther();
    found.give(end === "hit" ? robin() : Promise.reject(refusal("find_customer", "not_found")));
    expect(await finding).toBe(false);
    expect([desk.view, desk.recordId]).toEqual(["edit", OTHER]);
  });
});
