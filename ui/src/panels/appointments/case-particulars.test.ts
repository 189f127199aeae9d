import { beforeEach, describe, expect, it } from "vitest";
import type { Catalogue } from "../../bindings";
import { app } from "../../state/app.svelte";
import { IntentDraft } from "../../state/intent";
import { fakeHost, type FakeHost } from "../../testing/fake-host";
import { BookingDraft, type Place } from "./draft.svelte";
import { SERVICE, TYPE } from "./testing";
import { keptOf } from "./kept-booking";

const OTHER = "5b0d6c1e-7777-4a6e-9d10-000000000009";
const place: Place = {
  serviceId: SERVICE,
  date: "2026-11-24",
  cuIndex: 0,
  start: 560,
  serviceTypeId: TYPE,
  duration: 10,
};
const known: Catalogue = {
  services: [],
  serviceTypes: [],
  units: [],
  fields: [],
  caseFields: [
    { fieldTypeId: "reason", name: "Reason for the visit", serviceIds: [] },
    { fieldTypeId: "people", name: "Number of people", serviceIds: [OTHER] },
  ],
  caseTags: [{ tagId: "chair", name: "Wheelchair" }],
};

let host: FakeHost;
let draft: BookingDraft;

beforeEach(async () => {
  host = fakeHost({ get_catalogue: () => known });
  app.catalogue.clear();
  await app.catalogue.load();
  draft = new BookingDraft(place);
});

describe("the case fields and tags of a booking", () => {
  it("are no part of a request that fills none in", () => {
    draft.particulars.type("reason", "  ");
    draft.particulars.mark("chair", true);
    draft.particulars.mark("chair", false);
    expect(draft.request()).not.toHaveProperty("fields");
    expect(draft.request()).not.toHaveProperty("tagIds");
    expect(draft.particulars.count).toBe(0);
  });

  it("are asked for by service, and only what is asked for is sent", () => {
    draft.particulars.type("reason", "lost it");
    draft.particulars.type("people", "4");
    expect(draft.request()).toMatchObject({ fields: { reason: "lost it" } });
    draft.moveTo({ ...place, serviceId: OTHER });
    expect(draft.particulars.fields.map(({ name }) => name)).toEqual(["Reason for the visit", "Number of people"]);
    expect(draft.request()).toMatchObject({ fields: { reason: "lost it", people: "4" } });
  });

  it("that the catalogue has forgotten meanwhile are not sent unseen", async () => {
    draft.particulars.type("reason", "lost it");
    draft.particulars.mark("chair", true);
    host.answers.get_catalogue = () => ({ ...known, caseFields: [], caseTags: [] });
    await app.catalogue.load();
    expect(draft.request()).not.toHaveProperty("fields");
    expect(draft.request()).not.toHaveProperty("tagIds");
  });

  it("make a draft worth keeping, and are there again in the next run", () => {
    expect(draft.dirty).toBe(false);
    draft.particulars.mark("chair", true);
    expect(draft.dirty).toBe(true);
    draft.particulars.type("reason", "lost it");
    const content = keptOf(draft, true) as { particulars: ReturnType<typeof draft.particulars.kept> };
    const next = new BookingDraft(place, draft.name, new IntentDraft());
    next.particulars.restore(content.particulars);
    expect(next.request()).toMatchObject({ fields: { reason: "lost it" }, tagIds: ["chair"] });
    expect(next.particulars.open).toBe(true);
  });
});
