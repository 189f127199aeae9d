/** Believable answers of the core, for tests of screens. */
import type { AppState, EndpointCard, Profile, ProfileSummary, Settings } from "../bindings";

export const settings: Settings = {
  theme: "light",
  density: "comfortable",
  language: "en",
  direction: "auto",
  singleKeyShortcuts: true,
  undoSeconds: 8,
  keepDays: 30,
};

export const summary: ProfileSummary = {
  id: "p1",
  name: "Vale Clinic",
  practice: false,
  baseUrl: "https://s2s.api.app.cubu.com",
  hasSecret: true,
};

export const profile: Profile = {
  id: "p1",
  name: "Vale Clinic",
  authority: "https://login.microsoftonline.com",
  baseUrl: "https://s2s.api.app.cubu.com",
  tenantId: "5b0d6c1e-0000-4a6e-9d10-000000000001",
  clientId: "5b0d6c1e-0000-4a6e-9d10-000000000002",
  applicationId: "5b0d6c1e-0000-4a6e-9d10-000000000003",
  cubuWebUrl: null,
  customerIdSpelling: "both",
  addresses: [],
};

export const nobody: AppState = {
  version: "0.1.0",
  profiles: [],
  connection: {
    status: "none",
    profileId: null,
    profileName: null,
    practice: false,
    cubuWebUrl: null,
    checkedAt: null,
    clockSkewSeconds: null,
  },
  keychain: { available: true, store: "Secret Service", message: null },
  journal: { kept: "keychain", passphraseLeft: false, keychainLeft: false, keychainAnswers: true, message: null },
  settings,
  agent: {
    userId: null,
    displayName: null,
    unitId: null,
    unitName: null,
    workspaceId: null,
    workspaceName: null,
    workstationId: null,
    workstationName: null,
    presence: { status: "unknown", reason: null, description: null, since: null },
  },
  notices: [],
};

export const connected: AppState = {
  ...nobody,
  profiles: [summary],
  connection: { ...nobody.connection, status: "connected", profileId: "p1", profileName: "Vale Clinic" },
};

export const practising: AppState = {
  ...nobody,
  connection: {
    ...nobody.connection,
    status: "connected",
    profileId: "practice",
    profileName: "Practice",
    practice: true,
  },
};

export const cancelCard: EndpointCard = {
  name: "CancelAppointment",
  title: "Cancel Appointment",
  method: "DELETE",
  path: "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}",
  role: "appointmentsManager",
  evidence: "assumed",
  retry: "write",
  command: "cancel_appointment",
  overridable: true,
  override: null,
};
