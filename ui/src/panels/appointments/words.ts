/** The board in words: names of calendars, slots and bookings as they are read out, and short lines for their heads. */
import type { Appointment, Calendar, CatalogueServiceType } from "../../bindings";
import { formatDate, formatMinute, formatMinuteRange, formatShare, formatTicket } from "../../l10n/format";
import { l10n, t } from "../../l10n/l10n.svelte";
import { held } from "../../state/held.svelte";
import type { Change } from "./changes";
import { moving } from "./moving.svelte";
import { noShowShare, type Booking, type Column, type Slot } from "./board";

/** People count calendars from one; Cubu from nought. */
export const calendarName = (cuIndex: number): string => t("appointments-calendar", { number: cuIndex + 1 });

export const calendarWithAgent = (calendar: Calendar): string => {
  const name = calendarName(calendar.cuIndex);
  const agent = calendar.user?.displayName;
  return agent ? t("appointments-calendar-agent", { calendar: name, agent }) : name;
};

export const hoursOf = (calendar: Calendar): string =>
  calendar.workingHours.map(({ start, end }) => formatMinuteRange(start, end)).join(", ");

/** "08–12, 13–17": the hours in the least room. */
export const shortHoursOf = (calendar: Calendar): string => {
  const short = (minute: number) => (minute % 60 === 0 ? formatMinute(minute).slice(0, 2) : formatMinute(minute));
  return calendar.workingHours.map(({ start, end }) => `${short(start)}–${short(end)}`).join(", ");
};

/** What the names of everything in a column have in common, in words: made once, for hundreds of names. */
export type Whereabouts = { date: string; calendar: string };

export const whereabouts = (date: string, calendar: Calendar): Whereabouts => ({
  date: formatDate(date, "long"),
  calendar: calendarWithAgent(calendar),
});

/** The names of what was drawn, for as long as that is known: a day that is shown once more need not be put into words again. */
const names = new WeakMap<Slot | Booking, { of: string; name: string }>();

function named(item: Slot | Booking, { date, calendar }: Whereabouts, more: string, make: () => string): string {
  const of = [l10n.language, l10n.pageDirection, date, calendar, more].join("\n");
  const before = names.get(item);
  if (before?.of === of) return before.name;
  const name = make();
  names.set(item, { of, name });
  return name;
}

export const slotName = (slot: Slot, where: Whereabouts): string =>
  named(slot, where, "", () =>
    t("appointments-slot-name", {
      ...where,
      time: formatMinute(slot.start),
      duration: t("appointments-minutes", { minutes: slot.duration }),
    }),
  );

export const customerName = (appointment: Appointment): string =>
  appointment.customer?.displayName ||
  t(appointment.customer ? "appointments-customer-unnamed" : "appointments-no-customer");

/** Begins with what is seen on the board, in that order, so that saying what one sees presses it. */
export function bookingName(booking: Booking, where: Whereabouts): string {
  const { appointment } = booking;
  const unusual = unusualOf(booking).join(", ");
  return named(booking, where, unusual, () =>
    [
      t("appointments-booking-name", {
        date: where.date,
        time: formatMinute(booking.start),
        customer: customerName(appointment),
      }),
      formatTicket(appointment.ticket),
      appointment.serviceTypeName,
      unusual,
      t("appointments-minutes", { minutes: booking.end - booking.start }),
      channelName(appointment.channel),
      where.calendar,
    ]
      .filter(Boolean)
      .join(", "),
  );
}

/** What differs from an ordinary planned appointment: its status, then its marks. */
export const unusualOf = (booking: Booking): string[] => [
  ...(held.isLeaving(booking.appointment.caseId) ? [t("appointments-leaving")] : []),
  ...(moving.isAbout(booking.appointment.caseId) ? [t("move-lifted")] : []),
  ...(booking.appointment.status && booking.appointment.status !== "Planned"
    ? [statusName(booking.appointment.status)]
    : []),
  ...marksOf(booking),
];

/** A smaller chance of a no-show is not worth the room. */
const WORTH_SAYING = 0.05;

/** What is odd about a booking, in words. */
function marksOf(booking: Booking): string[] {
  const marks: string[] = [];
  const share = noShowShare(booking.appointment);
  if (share !== null && share >= WORTH_SAYING) marks.push(t("appointments-no-show", { share: formatShare(share) }));
  if (booking.overbooked) marks.push(t("appointments-overbooked"));
  if (booking.lacksCustomer) marks.push(t("appointments-lacks-customer"));
  return marks;
}

const CHANNELS: Record<string, string> = {
  FaceToFace: "appointments-channel-face-to-face",
  Video: "appointments-channel-video",
  Phone: "appointments-channel-phone",
};
const STATUSES: Record<string, string> = {
  Planned: "appointments-status-planned",
  Waiting: "appointments-status-waiting",
  Pending: "appointments-status-pending",
  Active: "appointments-status-active",
  Resolved: "appointments-status-resolved",
};

export const channels = Object.keys(CHANNELS);

/** Words of Cubu that we do not know are shown as Cubu wrote them. */
const known = (words: Record<string, string>, value: string | null): string => {
  const id = value ? words[value] : undefined;
  return id ? t(id) : (value ?? "");
};
export const channelName = (channel: string | null): string => known(CHANNELS, channel);
export const statusName = (status: string | null): string => known(STATUSES, status);

export function languageName(language: string | null): string {
  if (!language) return "";
  try {
    return new Intl.DisplayNames([l10n.language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** Service types to choose from, each with its length where it is known. */
export const typeOptions = (types: CatalogueServiceType[]) =>
  types.map(({ serviceTypeId, name, duration }) => ({
    value: serviceTypeId,
    label: duration === null ? name : t("appointments-type-duration", { name, minutes: duration }),
  }));

/** The state of a calendar, short enough for its head. */
export const conditionText = (column: Column): string => {
  switch (column.condition) {
    case "open":
      return t("appointments-condition-open", { count: column.free });
    case "past":
      return t("appointments-condition-past");
    case "closed":
      return t("appointments-condition-closed");
    case "outsideWindow":
      return t("appointments-condition-outside-window");
    case "bookingOff":
      return t("appointments-condition-booking-off");
    case "full":
      return t("appointments-condition-full");
    case "noneOfType":
      return t("appointments-condition-none-of-type");
    case "noType":
      return t("appointments-condition-no-type");
    case "reading":
      return t("appointments-reading");
    case "unread":
      return t("appointments-condition-unread");
  }
};

/** A colour that Cubu gave a service type, if it is one: a name or a hex code, never anything else. */
export const safeColour = (code: string | null | undefined): string | null =>
  code && /^([a-z]+|#[0-9a-f]{3,8})$/i.test(code) ? code.toLowerCase() : null;

/** One change as a line: what, when, who. */
export function changeText(change: Change): string {
  const time = formatMinute(change.at.start);
  const customer = change.at.name || t("appointments-no-customer");
  switch (change.kind) {
    case "new":
      return t("appointments-change-new", { time, customer });
    case "cancelled":
      return t("appointments-change-cancelled", { time, customer });
    case "moved":
      return t("appointments-change-moved", {
        time,
        customer,
        from: formatMinute(change.from.start),
        calendar: calendarName(change.from.cuIndex),
      });
  }
}
