/** Day sheets: what stands on paper of a day, one sheet for each calendar. Pure; pages are made elsewhere. */
import type { Calendar, DayBoard, DayColumn } from "../bindings";
import { formatDate, formatMinute, formatMinuteRange, formatTicket } from "../l10n/format";
import { t } from "../l10n/l10n.svelte";
import { headKey, layOut, type Booking } from "../panels/appointments/board";
import type { Numbers } from "./phones.svelte";
import { calendarName, channelName, customerName, hoursOf, unusualOf } from "../panels/appointments/words";

export type SheetRow = {
  key: string;
  time: string;
  ticket: string;
  customer: string;
  type: string;
  phone: string;
  /** Whose record may have a phone number. */
  customerId: string | undefined;
  channel: string;
  marks: string[];
};

export type Sheet = {
  key: string;
  service: string;
  unit: string;
  calendar: string;
  agent: string;
  date: string;
  hours: string;
  /** When it was read, by the unit's clock, and whose clock that is. */
  asOf: string;
  rows: SheetRow[];
  /** Whether the calendar's appointments could be read: a sheet without rows may stand for a calendar that has some. */
  read: boolean;
  /** Why there is nothing, or not everything, to read. */
  note: string;
};

export const sheetsOf = (boards: DayBoard[]): Sheet[] =>
  boards.flatMap((board) => board.columns.map((column) => sheetOf(board, column)));

/** Cancelled appointments stay off: whoever holds the sheet would wait for them. */
export function sheetOf(board: DayBoard, column: DayColumn): Sheet {
  const { calendar } = column;
  const bookings = layOut(column, { freeOnly: false }, board.serviceId)
    .items.filter((item): item is Extract<typeof item, Booking> => item.kind === "booking" && !item.cancelled)
    .sort((a, b) => a.start - b.start || a.key.localeCompare(b.key));
  const missing = missingOf(calendar, bookings);
  return {
    key: headKey(board.serviceId, calendar.cuIndex),
    service: board.serviceName ?? calendar.serviceName ?? "",
    unit: board.unitName ?? "",
    calendar: calendarName(calendar.cuIndex),
    agent: calendar.user?.displayName ?? t("appointments-no-agent"),
    date: formatDate(board.date, "full"),
    hours: hoursOf(calendar) || t("appointments-condition-closed"),
    asOf: t("print-as-of", {
      date: formatDate(board.today, "medium"),
      time: formatMinute(board.nowMinute),
      zone: board.timeZone ?? t("print-zone-here"),
    }),
    rows: bookings.map((booking) => rowOf(booking, missing)),
    read: column.appointments.state === "loaded",
    note: noteOf(column, bookings, missing),
  };
}

/** The sheet with the numbers of customers' records where the list has none, and how many are still without. */
export function withPhones(sheet: Sheet, numbers: Numbers): Sheet {
  if (!sheet.rows.some(({ customerId }) => customerId && numbers.has(customerId))) return sheet;
  const rows = sheet.rows.map((row) => ({
    ...row,
    phone: row.phone || (row.customerId && numbers.get(row.customerId)) || "",
  }));
  const without = rows.filter((row) => !row.phone).length;
  return { ...sheet, rows, note: t("print-phones-of-records", { without }) };
}

/** How to tell that something is missing: the calendar asks for it, and others in the same list have it. */
type Missing = { phone: boolean; email: boolean };

function missingOf(calendar: Calendar, bookings: Booking[]): Missing {
  return {
    phone: !!calendar.isPhoneNumberRequired && bookings.some(({ appointment }) => appointment.contactPhoneNumber),
    email: !!calendar.isEmailRequired && bookings.some(({ appointment }) => appointment.contactEmail),
  };
}

function noteOf({ calendar, appointments }: DayColumn, bookings: Booking[], missing: Missing): string {
  if (appointments.state !== "loaded") return t("print-unread");
  if (bookings.length === 0) return t("print-none");
  // Cubu does not document whether its list has phone numbers; a list without any says nothing about anybody's.
  return calendar.isPhoneNumberRequired && !missing.phone ? t("print-phones-unlisted") : "";
}

function rowOf(booking: Booking, missing: Missing): SheetRow {
  const { appointment } = booking;
  const lacks = [
    ...(missing.phone && !appointment.contactPhoneNumber ? [t("print-no-phone")] : []),
    ...(missing.email && !appointment.contactEmail ? [t("print-no-email")] : []),
  ];
  return {
    key: booking.key,
    time:
      appointment.appointment?.duration == null
        ? formatMinute(booking.start)
        : formatMinuteRange(booking.start, booking.end),
    ticket: formatTicket(appointment.ticket),
    customer: customerName(appointment),
    type: appointment.serviceTypeName ?? "",
    phone: appointment.contactPhoneNumber ?? "",
    customerId: appointment.customer?.recordId,
    channel: channelName(appointment.channel),
    marks: [...unusualOf(booking), ...lacks],
  };
}
