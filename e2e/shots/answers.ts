// What the screens are told instead of what the desk answers, so that a state can be seen that is rare or slow to come to.
import type { Page, Route } from "playwright-core";

import type {
  AppointmentMove,
  AppState,
  Catalogue,
  DayBoard,
  EmptiedBooking,
  EmptiedState,
  Emptying,
  ErasurePreview,
  FreedTime,
  HeldTime,
  HeldWrite,
  KeptDayEntry,
  Proposal,
  Proposals,
  Today,
  UnsettledWrite,
  Watch,
} from "../../ui/src/bindings.ts";
import { offline } from "../door/refusals.ts";
import type { World } from "../door/simulator.ts";

/** These commands fail as they would without a network. */
export const failing =
  (...commands: string[]) =>
  async (page: Page) => {
    for (const command of commands) {
      await page.route(`**/api/${command}`, (route: Route) =>
        route.fulfill({ status: 422, contentType: "application/json", body: JSON.stringify(offline(command)) }),
      );
    }
  };

/** Cubu is there and can't answer these. */
export const refusing =
  (...commands: string[]) =>
  async (page: Page) => {
    for (const command of commands) {
      const message = { id: "server-failed", args: { status: 500 } };
      const error = { ...offline(command), code: "busy", message };
      await page.route(`**/api/${command}`, (route: Route) => route.fulfill({ status: 422, json: error }));
    }
  };

/** What is chosen and typed is gone with the page, so that the next picture begins afresh. */
export async function keepsNothing(page: Page): Promise<void> {
  await answer(page, "keep_board_view", null);
  await answer(page, "keep_draft", null);
}

/** A catalogue with many case fields and tags, short names and long ones. */
export async function manyCaseFields(page: Page): Promise<void> {
  await page.route("**/api/get_catalogue", async (route: Route) => {
    const answer = await route.fetch();
    const catalogue = (await answer.json()) as Catalogue;
    const [first, second] = catalogue.services;
    const id = (number: number) => `5b0d6c1e-8888-4a6e-9d10-00000000${String(number).padStart(4, "0")}`;
    catalogue.caseFields = [
      ...catalogue.caseFields,
      { fieldTypeId: id(1), name: "Number of the file at the previous authority", serviceIds: [] },
      { fieldTypeId: id(2), name: "Donaudampfschifffahrtsgesellschaftskennzeichen", serviceIds: [] },
      { fieldTypeId: id(3), name: "מספר הרישיון הקודם", serviceIds: [first!.serviceId, second!.serviceId] },
    ];
    catalogue.caseTags = [
      ...catalogue.caseTags,
      { tagId: id(4), name: "Comes with somebody who speaks for them" },
      { tagId: id(5), name: "Rindfleischetikettierungsüberwachungsaufgabe" },
      { tagId: id(6), name: "כיסא גלגלים" },
    ];
    await route.fulfill({ response: answer, json: catalogue });
  });
}

/** These commands never answer. */
export const silent =
  (...commands: string[]) =>
  async (page: Page) => {
    for (const command of commands) await page.route(`**/api/${command}`, () => undefined);
  };

/** These commands answer with nothing in the list. */
export const empty =
  (command: string, list: string) =>
  async (page: Page) => {
    await page.route(`**/api/${command}`, async (route: Route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as Record<string, unknown>;
      await route.fulfill({ response: answer, json: list === "" ? [] : { ...body, [list]: [] } });
    });
  };

/** Two changes that erasing would forget, and a journal that can't be read. */
export async function unsettledForErasing(page: Page): Promise<void> {
  const preview: ErasurePreview = {
    unread: true,
    changes: [
      {
        id: "5b0d6c1e-3333-4a6e-9d10-00000000000a",
        command: "queue_up",
        request: { contactPhoneNumber: "5550100123", contactEmail: "robin.vale@example.org" },
        organization: "Northgate",
        askedAt: "2026-11-24T09:20:00Z",
      },
      {
        id: "5b0d6c1e-3333-4a6e-9d10-00000000000b",
        command: "move_appointment",
        request: { date: "2026-11-24", startTime: 560, cuIndex: 2 },
        organization: "Northgate",
        askedAt: "2026-11-24T09:25:00Z",
      },
    ],
  };
  await page.route("**/api/preview_erasure", (route: Route) => route.fulfill({ json: preview }));
}

/** A desk without a keychain, whose journal is kept with a passphrase. */
export async function keptWithPassphrase(page: Page): Promise<void> {
  await page.route("**/api/app_state", async (route: Route) => {
    const answer = await route.fetch();
    const state = (await answer.json()) as AppState;
    await route.fulfill({ response: answer, json: { ...state, journal: { ...state.journal, kept: "passphrase" } } });
  });
}

/** A move whose old appointment could not be cancelled. */
export async function twoHeld(page: Page): Promise<void> {
  const time = (startTime: number, number: string): HeldTime => ({
    serviceId: "5b0d6c1e-7777-4a6e-9d10-000000000001",
    date: "2026-11-24",
    cuIndex: 1,
    serviceTypeId: "5b0d6c1e-2222-4a6e-9d10-0000000ce101",
    startTime,
    caseId: "5b0d6c1e-6666-4a6e-9d10-000000000001",
    ticket: { prefix: "C", suffix: null, number },
    held: "yes",
  });
  const move: AppointmentMove = {
    moveId: "5b0d6c1e-3333-4a6e-9d10-000000000001",
    askedAt: "2026-11-24T09:20:00Z",
    state: "twoHeld",
    message: { id: "move-two-held", args: {} },
    trouble: { id: "server-failed", args: { status: 500 } },
    hint: { id: "hint-move-two-held", args: {} },
    old: time(540, "12"),
    new: time(660, "13"),
    newCaseId: null,
    customerRecordId: null,
    customerName: "Dana Levi",
    canResume: true,
    canChoose: true,
    canClose: false,
  };
  await page.route("**/api/list_moves", (route: Route) => route.fulfill({ json: [move] }));
}

/** A cancellation that waits some seconds more. */
export async function heldBack(page: Page): Promise<void> {
  const held: HeldWrite = {
    intentId: "5b0d6c1e-3333-4a6e-9d10-000000000002",
    command: "cancel_appointment",
    request: { serviceId: "", date: "2026-11-24", cuIndex: 1, caseId: "5b0d6c1e-6666-4a6e-9d10-000000000001" },
    leavesAt: "2026-11-24T09:20:00Z",
    millisecondsLeft: 5_400,
  };
  await page.route("**/api/list_held", (route: Route) => route.fulfill({ json: [held] }));
}

/** A desk whose keychain does not answer, with or without a passphrase from before. */
export const locked = (passphraseLeft: boolean) => async (page: Page) => {
  await page.route("**/api/app_state", async (route: Route) => {
    const answer = await route.fetch();
    const state = (await answer.json()) as AppState;
    const journal = { ...state.journal, kept: "locked" as const, passphraseLeft, keychainAnswers: false };
    await route.fulfill({ json: { ...state, journal } });
  });
};

/** One command answers with this. */
async function answer(page: Page, command: string, json: unknown): Promise<void> {
  await page.route(`**/api/${command}`, (route: Route) => route.fulfill({ json }));
}

async function ask<T>(page: Page, command: string, request: object): Promise<T> {
  const reply = await page.request.post(new URL(`/api/${command}`, page.url()).href, { data: request });
  return (await reply.json()) as T;
}

export const longestName = (world: World) =>
  world.customers.reduce((longest, next) => (next.displayName.length > longest.displayName.length ? next : longest));

async function dayAhead(page: Page, world: World): Promise<DayBoard> {
  const { serviceId } = world.services.find((service) => service.kind === "appointment")!;
  const { today } = await ask<Today>(page, "get_today", { serviceId });
  const date = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
  return ask<DayBoard>(page, "load_day", { serviceId, date });
}

const STANDS: EmptiedState[] = ["moved", "notReached", "toDo", "skipped", "cancelled", "gone", "noneHeld", "toDo", "toDo"];

/** The fullest calendar of a day ahead on its way to being empty, with every state a booking can be in. */
export async function emptied(page: Page, world: World): Promise<void> {
  const { serviceId, date, columns } = await dayAhead(page, world);
  const listed = columns.map(({ appointments }) => (appointments.state === "loaded" ? appointments.value : []));
  const cuIndex = listed.reduce((fullest, column, at) => (column.length > listed[fullest]!.length ? at : fullest), 0);
  const at = { serviceId, date, cuIndex };
  const appointments = listed[cuIndex]!.filter((appointment) => appointment.appointment?.start);
  const rows = appointments.map((appointment, place): EmptiedBooking => {
    const state = STANDS[place % STANDS.length]!;
    const start = appointment.appointment?.start ?? 0;
    const duration = appointment.appointment?.duration ?? null;
    return {
      caseId: appointment.caseId,
      startTime: start,
      duration,
      serviceTypeId: appointment.serviceTypeId,
      serviceTypeName: appointment.serviceTypeName,
      customerRecordId: appointment.customer?.recordId ?? null,
      customerName: place === 2 ? longestName(world).displayName : (appointment.customer?.displayName ?? null),
      ticket: appointment.ticket,
      state,
      movedTo: state === "moved" ? { ...at, cuIndex: cuIndex + 1, startTime: start + 20, caseId: null, ticket: null } : null,
      reason: state === "cancelled" ? "Will call back" : null,
      trouble: null,
      hasChanged: place === 2,
    };
  });
  const user = columns[cuIndex]!.calendar.user;
  const emptying: Emptying = { ...at, user, begunAt: "2026-11-24T07:00:00Z", isOver: false, rows, appointments, unread: null };
  const open = rows.filter(({ state }) => state === "toDo" || state === "notReached" || state === "skipped");
  const proposals = open.slice(0, -1).map(({ caseId, startTime, duration, serviceTypeId }, place): Proposal => {
    const other = (cuIndex + 1 + (place % 3)) % columns.length;
    return { ...at, caseId, cuIndex: other, startTime: startTime + 10, duration, serviceTypeId: serviceTypeId!, user: null };
  });
  const proposed: Proposals = { proposals, lookedTo: date, missed: [] };
  await answer(page, "empty_calendar", emptying);
  await answer(page, "list_emptyings", [emptying]);
  await answer(page, "propose_times", proposed);
}

/** A calendar that is being emptied and has nothing on it. */
export async function emptiedOfNothing(page: Page, world: World): Promise<void> {
  const { serviceId, date, columns } = await dayAhead(page, world);
  const user = columns[0]!.calendar.user;
  const at = { serviceId, date, cuIndex: 0 };
  const emptying: Emptying = { ...at, user, begunAt: "2026-11-24T07:00:00Z", isOver: false, rows: [], appointments: [], unread: null };
  await answer(page, "empty_calendar", emptying);
  await answer(page, "list_emptyings", [emptying]);
}

/** A watch with times that became free, one that waits, one from a search, and one that is over. */
export async function watched(page: Page, world: World): Promise<void> {
  const service = world.services.find((entry) => entry.kind === "appointment")!;
  const { serviceId } = service;
  const serviceTypeId = service.serviceTypeIds[0]!;
  const { today } = await ask<Today>(page, "get_today", { serviceId });
  const day = (ahead: number) => new Date(Date.parse(today) + ahead * 86_400_000).toISOString().slice(0, 10);
  const user = { userId: world.users[0]!.userId, displayName: world.users[0]!.displayName };
  const hit = (ahead: number, startTime: number, cuIndex: number): FreedTime => ({
    serviceId,
    serviceTypeId,
    date: day(ahead),
    startTime,
    cuIndex,
    duration: 10,
    user: cuIndex === 0 ? (user as FreedTime["user"]) : null,
    foundAt: "2026-11-24T09:20:00Z",
  });
  const watch = (place: number, customerName: string | null, more: Partial<Watch>): Watch => ({
    watchId: `5b0d6c1e-3333-4a6e-9d10-0000000000f${place}`,
    askedAt: "2026-11-23T08:41:00Z",
    wish: { wanted: [{ serviceId, serviceTypeId }], before: { date: day(9), minute: 640 } },
    appointment: customerName
      ? {
          caseId: `5b0d6c1e-6666-4a6e-9d10-0000000000f${place}`,
          at: { serviceId, date: day(9), cuIndex: 1 },
          startTime: 640,
          customerRecordId: world.customers[0]!.recordId,
          customerName,
        }
      : null,
    hits: [],
    free: 0,
    end: null,
    ...more,
  });
  const list = [
    watch(1, longestName(world).displayName, { hits: [hit(2, 560, 0), hit(3, 605, 2), hit(3, 980, 1)], free: 2 }),
    watch(2, "Dana Levi", {
      wish: {
        wanted: service.serviceTypeIds.map((id) => ({ serviceId, serviceTypeId: id })),
        before: { date: day(9), minute: 640 },
        toMinute: 720,
        weekdays: [1, 2, 4],
      },
    }),
    watch(3, null, { free: 1 }),
    watch(4, world.customers[1]!.displayName, { end: "moved" }),
  ];
  await answer(page, "list_watches", list);
  await answer(page, "check_watches", { watches: list, trouble: null });
}

/** The days that this PC has kept. */
export async function keptDays(page: Page, world: World): Promise<void> {
  const days = world.services
    .filter((service) => service.kind === "appointment")
    .flatMap(({ serviceId }) =>
      ["2026-11-23", "2026-11-24"].map((date): KeptDayEntry => ({ serviceId, date, asOf: "2026-11-23T16:58:00Z" })),
    );
  await answer(page, "list_kept_days", days);
}

/** Changes whose outcome is not known: one that is looked into, one that only a person can settle. */
export async function unsettledWrites(page: Page): Promise<void> {
  const write = (place: number, more: Pick<UnsettledWrite, "command" | "request" | "state" | "message">): UnsettledWrite => ({
    intentId: `5b0d6c1e-3333-4a6e-9d10-0000000000e${place}`,
    askedAt: "2026-11-24T09:20:00Z",
    agent: null,
    hint: null,
    answer: null,
    canRetry: more.state === "needsEyes",
    canDrop: more.state === "needsEyes",
    ...more,
  });
  await answer(page, "list_unsettled", [
    write(1, {
      command: "queue_up",
      request: { contactPhoneNumber: "5550100123", contactEmail: "robin.vale@example.org" },
      state: "needsEyes",
      message: { id: "write-needs-eyes", args: {} },
    }),
    write(2, {
      command: "book_appointment",
      request: { date: "2026-11-24", startTime: 560, cuIndex: 2, contactPhoneNumber: "5550100124" },
      state: "settling",
      message: { id: "write-is-settling", args: {} },
    }),
  ]);
}
