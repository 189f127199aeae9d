/** The Appointments panel on a host that answers at once, for the tests of what it shows and sends. */
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach } from "vitest";
import type { AppState, Catalogue, DayBoard } from "../../bindings";
import { app } from "../../state/app.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { toasts } from "../../state/toasts.svelte";
import { fakeHost, type FakeHost } from "../../testing/fake-host";
import AppointmentsPanel from "./AppointmentsPanel.svelte";
import { appointment, board, calendar, column, dana, SERVICE, today, TYPE } from "./testing";

export const catalogue = (more: Partial<Catalogue> = {}): Catalogue => ({
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

export const fresh = (...columns: DayBoard["columns"]) => board(columns, { loadedAt: new Date().toISOString() });

/** What the desk answers with; `day` is what it reads. */
export const desk = {} as { host: FakeHost; day: DayBoard };
let organisation = 0;

export function open(known: Catalogue = catalogue()) {
  desk.host.answers.get_catalogue = () => known;
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

export const slot = (name: RegExp) => screen.findByRole("button", { name });

const listen = (event: KeyboardEvent) => shortcuts.handle(event);

/** Before each test of a file. */
export function forEachTest(): void {
  beforeEach(() => {
    toasts.list = [];
    window.addEventListener("keydown", listen);
    desk.day = fresh(
      column(
        calendar(0),
        [550, 560, 570],
        [appointment(0, 540, { customer: { dataTableId: null, recordId: dana.recordId, displayName: "Dana Levi" } })],
      ),
      column(calendar(1), [545, 600]),
    );
    desk.host = fakeHost({
      get_today: () => today("2026-11-24"),
      load_day: () => desk.day,
      get_customer: () => dana,
      board_view: () => ({ services: [] }),
      keep_board_view: () => null,
    });
  });
}
