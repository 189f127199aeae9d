/** Made-up people, cases and queues for the tests of this folder. */
import type { AgentDesk, AgentStatus, AppState, Case, Catalogue, Inbox, QueuedCase, Workstation } from "../../bindings";

export const sampleId = (number: number): string => `5b0d6c1e-1111-4a6e-9d10-${String(number).padStart(12, "0")}`;

export const DANA = sampleId(1);
export const ROBIN = sampleId(2);
export const UNIT = sampleId(10);
export const DESK_1 = sampleId(31);
export const DESK_2 = sampleId(32);
export const SERVICE = sampleId(40);
export const TYPE = sampleId(50);

export const agent = (more: Partial<AgentDesk> = {}): AgentDesk => ({
  userId: DANA,
  displayName: "Dana Frost",
  unitId: UNIT,
  unitName: "Front Office",
  workspaceId: sampleId(20),
  workspaceName: "Main",
  workstationId: null,
  workstationName: null,
  presence: { status: "available", reason: null, description: null, since: "2026-11-22T08:00:00Z" },
  ...more,
});

export const status = (more: Partial<AgentStatus> = {}): AgentStatus => ({
  userId: DANA,
  email: "dana.frost@example.org",
  displayName: "Dana Frost",
  initials: "DF",
  organizationId: null,
  organizationName: "Example Town",
  organizationStatus: "Active",
  organizationCustomersDataTableId: null,
  unitId: UNIT,
  unitName: "Front Office",
  workspaceId: sampleId(20),
  workspaceName: "Main",
  emailVerified: true,
  picture: null,
  isTrialSubscription: false,
  subscriptionExpiry: null,
  unitPath: [],
  isOrganizationOwner: false,
  isAccountManager: false,
  ssoEnabled: false,
  rejoinRequired: null,
  isLicensed: true,
  roles: ["Agent", "PowerAgent"],
  ...more,
});

export const activeCase = (number: number, more: Partial<Case> = {}): Case => ({
  caseId: sampleId(100 + number),
  ticket: { prefix: "B", suffix: null, number: String(number) },
  serviceCategoryId: null,
  serviceCategoryName: "Licences",
  serviceTypeId: TYPE,
  serviceTypeName: "Renewal",
  status: "Active",
  statusDate: `2026-11-22T09:${String(number % 60).padStart(2, "0")}:00Z`,
  referenceDate: "2026-11-22T09:00:00Z",
  dateOpened: "2026-11-22T09:00:00Z",
  dateClosed: null,
  assignedTo: null,
  lockedBy: null,
  channel: "FaceToFace",
  rank: 1e37,
  unitId: UNIT,
  unitName: "Front Office",
  inboxId: sampleId(70),
  inboxName: "Desk",
  inboxColorCode: "#336699",
  caseTimestamp: null,
  workstationId: null,
  workstationName: null,
  customer: { dataTableId: null, recordId: sampleId(900), displayName: "Robin Vale" },
  onlineMeeting: null,
  printedTicket: false,
  contactPhoneNumber: null,
  contactEmail: null,
  entryMode: "WalkIn",
  fields: null,
  tags: null,
  ...more,
});

export const inbox = (number: number, more: Partial<Inbox> = {}): Inbox => ({
  inboxId: sampleId(70 + number),
  inboxName: `Inbox ${number}`,
  type: "Process",
  position: number,
  priorities: null,
  queueTimestamp: null,
  waitingCount: number,
  pendingCount: 0,
  colorCode: "#336699",
  recordState: "Active",
  canAccess: true,
  ...more,
});

export const workstation = (workstationId: string, more: Partial<Workstation> = {}): Workstation => ({
  workstationId,
  workstationName: workstationId === DESK_1 ? "Desk 1" : "Desk 2",
  description: null,
  isActive: true,
  status: "Empty",
  user: null,
  ...more,
});

export const queued = (more: Partial<QueuedCase> = {}): QueuedCase => ({
  caseId: sampleId(500),
  status: "Waiting",
  referenceDate: null,
  inboxId: sampleId(70),
  inboxName: "Desk",
  channel: "FaceToFace",
  language: "en-US",
  ticket: { prefix: "B", suffix: null, number: "319" },
  queueTimestamp: null,
  position: 4,
  calendarTimestamp: null,
  ticketUrl: "https://example.org/t/1",
  ...more,
});

export const catalogue = (): Catalogue => ({
  services: [
    {
      serviceId: SERVICE,
      name: "Licences",
      unitId: UNIT,
      categoryName: null,
      kind: "walkIn",
      timeZone: null,
      isCustomerRequired: null,
      isPhoneNumberRequired: true,
      isEmailRequired: null,
    },
    {
      serviceId: sampleId(41),
      name: "By appointment",
      unitId: UNIT,
      categoryName: null,
      kind: "appointment",
      timeZone: null,
      isCustomerRequired: null,
      isPhoneNumberRequired: null,
      isEmailRequired: null,
    },
  ],
  serviceTypes: [
    { serviceTypeId: TYPE, name: "Renewal", serviceIds: [SERVICE], duration: 7, colorCode: null },
    { serviceTypeId: sampleId(51), name: "First licence", serviceIds: [SERVICE], duration: 40, colorCode: null },
  ],
  units: [
    { unitId: UNIT, name: "Front Office", timeZone: null },
    { unitId: sampleId(11), name: "City Hall", timeZone: null },
  ],
  fields: [],
  caseFields: [],
  caseTags: [],
});

export const appState = (organisation: string, who: AgentDesk): AppState => ({
  version: "0",
  profiles: [],
  connection: {
    status: "connected",
    profileId: organisation,
    profileName: "Example Town",
    practice: true,
    cubuWebUrl: "https://cubu.example.org",
    checkedAt: null,
    clockSkewSeconds: null,
  },
  keychain: { available: true, store: "memory", message: null },
  settings: {
    theme: "light",
    density: "comfortable",
    language: "en",
    direction: "ltr",
    singleKeyShortcuts: true,
    undoSeconds: 0,
    keepDays: 30,
  },
  agent: who,
  journal: { kept: "memory", passphraseLeft: false, keychainLeft: false, keychainAnswers: false, message: null },
  notices: [],
});
