/** Made-up calendars and appointments for the tests of these panels. */
import type {
  Appointment,
  AppointmentSlot,
  BookedAppointment,
  Calendar,
  Customer,
  DayBoard,
  DayColumn,
  FoundTime,
  Today,
} from "../../bindings";

export const SERVICE = "5b0d6c1e-7777-4a6e-9d10-000000000001";
export const TYPE = "5b0d6c1e-2222-4a6e-9d10-0000000ce101";

export const calendar = (cuIndex: number, more: Partial<Calendar> = {}): Calendar =>
  ({
    serviceId: SERVICE,
    date: "2026-11-24T00:00:00",
    cuIndex,
    calendarTimestamp: null,
    serviceName: "Licences",
    serviceCategoryId: null,
    serviceCategoryName: null,
    isCustomerRequired: false,
    customersDataTableId: null,
    isPhoneNumberRequired: false,
    phoneNumberFieldTypeId: "phone-field",
    isEmailRequired: false,
    emailFieldTypeId: "email-field",
    workingHours: [{ start: 540, end: 1020 }],
    user: {
      userId: `agent-${cuIndex}`,
      displayName: ["Dana", "Avi", "Zoë"][cuIndex] ?? null,
      initials: null,
      picture: null,
    },
    allowAnonymousAgentBooking: true,
    inboxId: null,
    inboxName: null,
    isInAgentsBookingWindow: true,
    agentsBookingActive: true,
    isInSelfBookingWindow: true,
    selfBookingActive: true,
    stats: null,
    isPastDate: false,
    issues: [],
    ...more,
  }) as Calendar;

export const appointment = (
  cuIndex: number,
  start: number,
  more: Partial<Appointment> = {},
  duration = 10,
): Appointment => ({
  caseId: `case-${cuIndex}-${start}`,
  appointment: {
    serviceId: SERVICE,
    date: "2026-11-24T00:00:00",
    cuIndex,
    start,
    timeLocal: null,
    timeUtc: null,
    timeZoneId: null,
    duration,
    noShowProbability: null,
    reservationToken: null,
    reservationExpiryDate: null,
  },
  ticket: { prefix: "C", suffix: null, number: "12" },
  serviceCategoryId: null,
  serviceCategoryName: null,
  serviceTypeId: TYPE,
  serviceTypeName: "Renewal",
  serviceTypeColorCode: "teal",
  status: "Planned",
  statusDate: null,
  referenceDate: null,
  dateOpened: null,
  dateClosed: null,
  assignedTo: null,
  lockedBy: null,
  customer: null,
  onlineMeeting: null,
  channel: "FaceToFace",
  language: "en",
  contactPhoneNumber: null,
  contactEmail: null,
  ...more,
});

export const booked = (caseId: string | null, number: string | null = null): BookedAppointment => ({
  caseId,
  ticket: number === null ? null : { prefix: "C", suffix: null, number },
  status: "Planned",
  referenceDate: null,
  appointment: null,
  calendarTimestamp: null,
});

export const foundTime = (date: string, startTime: number, more: Partial<FoundTime> = {}): FoundTime => ({
  serviceId: SERVICE,
  serviceTypeId: TYPE,
  date,
  cuIndex: 0,
  startTime,
  duration: 10,
  user: { userId: "agent-0", displayName: "Dana", initials: null, picture: null },
  at: Number(date.slice(-2)) * 1440 + startTime,
  seat: 0,
  here: null,
  clockChange: null,
  ...more,
});

export const today = (date: string): Today => ({
  today: date,
  nowMinute: 550,
  timeZone: null,
  timeZoneDiffers: false,
  timeZoneProblem: null,
});

/** An appointment with other times in its slot. */
export const timed = (base: Appointment, slot: Partial<AppointmentSlot>): Appointment => ({
  ...base,
  appointment: base.appointment && { ...base.appointment, ...slot },
});

export const column = (
  of: Calendar,
  slots: number[] | null,
  appointments: Appointment[] = [],
  duration = 10,
): DayColumn => ({
  calendar: of,
  appointments: { state: "loaded", value: appointments },
  vacancies: {
    state: "loaded",
    value: slots && { serviceTypeId: TYPE, serviceTypeName: "Renewal", duration, slots },
  },
});

export const board = (columns: DayColumn[], more: Partial<DayBoard> = {}): DayBoard => ({
  serviceId: SERVICE,
  serviceName: "Licences",
  date: "2026-11-24",
  today: "2026-11-24",
  nowMinute: 550,
  timeZone: "Europe/London",
  timeZoneDiffers: false,
  timeZoneProblem: null,
  clockShift: null,
  unitName: "Harbour",
  loadedAt: "2026-11-24T10:00:00Z",
  reading: false,
  columns,
  ...more,
});

export const dana: Customer = {
  recordId: "5b0d6c1e-3333-4a6e-9d10-000000000042",
  displayName: "Dana Levi",
  dateCreated: null,
  dateUpdated: null,
  fields: [
    {
      fieldTypeId: "phone-field",
      dataType: "PhoneNumber",
      fieldName: "Phone",
      slug: "phone",
      isKey: true,
      isRequired: true,
      data: null,
      value: "0501234567",
      hash: null,
      colorCode: null,
      position: 1,
    },
  ],
};
