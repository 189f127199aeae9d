import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Customer, QueuedCase } from "../../bindings";
import { app } from "../../state/app.svelte";
import { unsettled } from "../../state/unsettled.svelte";
import { fakeHost, refusal, type FakeHost } from "../../testing/fake-host";
import { unsettledWrite } from "../../testing/unsettled";
import { SERVICE, TYPE, agent, catalogue, queued, sampleId } from "./samples";
import { WalkIn } from "./walkIn.svelte";

let host: FakeHost;
let walkIn: WalkIn;

beforeEach(async () => {
  app.agent = agent();
  host = fakeHost({ get_catalogue: catalogue, queue_up: () => queued() });
  app.catalogue.clear();
  await app.catalogue.load();
  walkIn = new WalkIn();
  walkIn.startWith();
});

const fill = () => {
  walkIn.serviceTypeId = TYPE;
  walkIn.phone = " 0501234567 ";
};

const robin: Customer = {
  recordId: sampleId(900),
  displayName: "Robin Vale",
  dateCreated: null,
  dateUpdated: null,
  fields: [],
};

/** The form's own search on its way; the answer is given with what comes back: somebody, or nobody. */
function searching(): (answer: Customer | undefined) => void {
  let end: (answer: Customer | undefined) => void = () => {};
  host.answers.find_customer = () =>
    new Promise((resolve, reject) => {
      end = (answer) => (answer ? resolve(answer) : reject(refusal("find_customer", "not_found")));
    });
  walkIn.search.text = sampleId(900);
  void walkIn.findCustomer();
  return (answer) => end(answer);
}

describe("a walk-in", () => {
  it("offers no service that works by appointment, and takes the only one that is left", () => {
    expect(walkIn.services.map((service) => service.name)).toEqual(["Licences"]);
    expect(walkIn.serviceId).toBe(SERVICE);
    expect(walkIn.types.map((type) => type.name)).toEqual(["First licence", "Renewal"]);
  });

  it("takes the only service of the agent's unit, whatever others offer, and leaves a real choice to the clerk", async () => {
    const [licences] = catalogue().services;
    if (!licences) throw new Error("the sample has a service");
    const elsewhere = { ...licences, serviceId: sampleId(42), name: "Elsewhere", unitId: sampleId(11) };
    const second = { ...licences, serviceId: sampleId(43), name: "Second" };
    host.answers.get_catalogue = () => ({ ...catalogue(), services: [elsewhere, licences] });
    await app.catalogue.load();
    const alone = new WalkIn();
    alone.startWith();
    expect(alone.serviceId).toBe(SERVICE);
    host.answers.get_catalogue = () => ({ ...catalogue(), services: [elsewhere, licences, second] });
    await app.catalogue.load();
    const open = new WalkIn();
    open.startWith();
    expect(open.serviceId).toBe("");
  });

  it("says what is missing only once somebody tried, and sends nothing", async () => {
    expect(walkIn.problem("serviceTypeId")).toBeUndefined();
    await walkIn.submit();
    expect(walkIn.problem("serviceTypeId")).toBe("agent-walkin-type-needed");
    expect(walkIn.problem("contactPhoneNumber")).toBe("agent-walkin-phone-needed");
    expect(host.sent("queue_up")).toEqual([]);
  });

  it("sends only what was filled in, and keeps the service for the next person", async () => {
    fill();
    await walkIn.submit();
    expect(host.sent("queue_up")).toEqual([
      { serviceId: SERVICE, serviceTypeId: TYPE, contactPhoneNumber: "0501234567" },
    ]);
    expect(walkIn.ticket?.case.position).toBe(4);
    expect(walkIn.taken).toHaveLength(1);
    expect(walkIn.phone).toBe("");
    expect(walkIn.serviceTypeId).toBe(TYPE);
  });

  it("carries its case fields and tags, keeps them for the next run, and starts without them for the next person", async () => {
    const caseFields = [
      { fieldTypeId: "reason", name: "Reason for the visit", serviceIds: [SERVICE] },
      { fieldTypeId: "elsewhere", name: "Asked elsewhere", serviceIds: [sampleId(41)] },
    ];
    const caseTags = [{ tagId: "chair", name: "Wheelchair" }];
    host.answers.get_catalogue = () => ({ ...catalogue(), caseFields, caseTags });
    await app.catalogue.load();
    expect(walkIn.dirty).toBe(false);
    fill();
    walkIn.particulars.type("reason", " lost it ");
    walkIn.particulars.type("elsewhere", "not on the form");
    walkIn.particulars.mark("chair", true);
    const next = new WalkIn();
    next.restore({ name: "walk-in", content: walkIn.kept(), keptAt: "2026-11-22T09:00:00Z" });
    expect([next.dirty, next.particulars.open]).toEqual([true, true]);
    await next.submit();
    expect(host.sent("queue_up")).toEqual([
      {
        serviceId: SERVICE,
        serviceTypeId: TYPE,
        contactPhoneNumber: "0501234567",
        fields: { reason: "lost it" },
        tagIds: ["chair"],
      },
    ]);
    expect([next.dirty, next.particulars.open, next.particulars.count]).toEqual([false, false, 0]);
  });

  it("takes the contact details from the chosen customer unless told otherwise", async () => {
    fill();
    walkIn.chooseCustomer({ recordId: sampleId(900), name: "Robin Vale" });
    expect(walkIn.request()).toEqual({
      serviceId: SERVICE,
      serviceTypeId: TYPE,
      customerRecordId: sampleId(900),
      useCustomerContactInfo: true,
    });
    walkIn.useCustomerContact = false;
    expect(walkIn.request()).toMatchObject({ customerRecordId: sampleId(900), contactPhoneNumber: "0501234567" });
    expect(walkIn.request()).not.toHaveProperty("useCustomerContactInfo");
  });

  it("finds a customer by a pasted record id", async () => {
    host.answers.find_customer = () => robin;
    walkIn.search.text = sampleId(900);
    await walkIn.findCustomer();
    expect(host.sent("find_customer")).toEqual([{ queryType: "RecordId", recordId: sampleId(900) }]);
    expect(walkIn.customer).toEqual({ recordId: sampleId(900), name: "Robin Vale" });
    expect(walkIn.search.text).toBe("");
  });

  it("finds a customer by a slug typed by hand", async () => {
    host.answers.find_customer = () => robin;
    Object.assign(walkIn.search, { by: "slug", slug: "phone-number", text: "0501234567" });
    await walkIn.findCustomer();
    expect(walkIn.customer?.name).toBe("Robin Vale");
  });

  it("waits for its own search before it is sent, and takes whom that found", async () => {
    const found = searching();
    walkIn.serviceTypeId = TYPE;
    const sending = walkIn.submit();
    found(robin);
    await sending;
    expect(host.sent("queue_up")).toMatchObject([{ customerRecordId: sampleId(900) }]);
    expect(walkIn.ticket?.customer).toBe("Robin Vale");
  });

  it.each<[string, () => void, typeof robin | undefined]>([
    ["nobody is found", () => undefined, undefined],
    ["another telephone number is typed", () => (walkIn.phone = "0507654321"), robin],
    ["the search is corrected", () => (walkIn.search.text = sampleId(901)), robin],
    ["somebody else is chosen", () => walkIn.chooseCustomer({ recordId: sampleId(901), name: "Sam Oak" }), robin],
  ])("is not sent when %s meanwhile", async (_, meanwhile, answer) => {
    const found = searching();
    fill();
    const sending = walkIn.submit();
    meanwhile();
    found(answer);
    expect(await sending).toBe(false);
    expect(host.sent("queue_up")).toEqual([]);
  });

  it("names the customer it was sent for, whoever is chosen before the answer", async () => {
    let answer: (queued: QueuedCase) => void = () => {};
    host.answers.queue_up = () => new Promise((resolve) => (answer = resolve));
    fill();
    walkIn.chooseCustomer({ recordId: sampleId(900), name: "Robin Vale" });
    const sending = walkIn.submit();
    walkIn.chooseCustomer({ recordId: sampleId(901), name: "Sam Oak" });
    answer(queued());
    await sending;
    expect(walkIn.ticket?.customer).toBe("Robin Vale");
  });

  it("keeps the form when Cubu refuses", async () => {
    fill();
    host.answers.queue_up = () => Promise.reject(refusal("queue_up", "conflict"));
    await walkIn.submit();
    expect(walkIn.send.phase.at).toBe("told");
    expect(walkIn.phone).toBe(" 0501234567 ");
    expect(walkIn.taken).toEqual([]);
  });
});

describe("a walk-in whose answer was lost", () => {
  beforeEach(async () => {
    fill();
    host.answers.queue_up = () =>
      Promise.reject(refusal("queue_up", "outcome_unknown", { outcomeUnknown: true, retryable: true }));
    await walkIn.submit();
  });

  it("is held with everything typed, and pressing send does nothing", async () => {
    expect(walkIn.held).toBe(true);
    expect(walkIn.phone).toBe(" 0501234567 ");
    await walkIn.submit();
    expect(host.sent("queue_up")).toHaveLength(1);
  });

  it("is sent again as it was, when the clerk says so", async () => {
    host.answers.retry_unsettled = () => ({ answer: queued() });
    await walkIn.sendAgain();
    expect(host.sent("queue_up")).toHaveLength(1);
    expect(host.sent("retry_unsettled").map((entry) => entry.intentId)).toEqual(host.intents("queue_up"));
    expect(walkIn.taken).toHaveLength(1);
  });

  it("is dropped when the clerk says so", async () => {
    host.answers.drop_unsettled = () => [];
    await walkIn.drop();
    expect(host.sent("drop_unsettled").map((entry) => entry.intentId)).toEqual(host.intents("queue_up"));
    expect(walkIn.held).toBe(false);
    expect(walkIn.phone).toBe("");
    expect(host.sent("queue_up")).toHaveLength(1);
  });

  it("makes room for the next person when it is closed in the list of unsettled changes", async () => {
    const [intentId] = host.intents("queue_up");
    host.answers.list_unsettled = () => [unsettledWrite("queue_up", "needsEyes", { intentId: intentId! })];
    host.answers.drop_unsettled = () => [];
    await unsettled.read();
    await unsettled.drop(intentId!);
    await walkIn.send.hear();
    expect(walkIn.held).toBe(false);
    expect(walkIn.phone).toBe("");
  });

  it("leaves the next person alone when its closing is answered late", async () => {
    let answer!: () => void;
    host.answers.drop_unsettled = () => new Promise((resolve) => (answer = () => resolve([])));
    const dropping = walkIn.drop();
    await vi.waitFor(() => expect(host.sent("drop_unsettled")).toHaveLength(1));
    // Another window was quicker, and the list says so.
    walkIn.send.leave();
    walkIn.phone = "030 1";
    answer();
    await dropping;
    expect(walkIn.phone).toBe("030 1");
  });

  it("stays held while the core has not finished finding out", async () => {
    host.answers.retry_unsettled = () => Promise.reject(refusal("retry_unsettled", "unsettled"));
    await walkIn.sendAgain();
    expect(walkIn.held).toBe(true);
  });
});
