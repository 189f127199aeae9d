/**
 * Times, dates, tickets and shares as people read them. The core does all arithmetic on times; these functions only put
 * ready-made values into words, so none of them reads the clock or the computer's time zone unless its name says so.
 */
import type { Ticket } from "../bindings";
import { l10n, t } from "./l10n.svelte";

/** English here is the one that writes the day before the month: "Tuesday 24 November". */
const locale = () => `${l10n.language === "en" ? "en-GB" : l10n.language}-u-nu-latn`;

/** Minutes since midnight as a 24-hour clock: 560 → "09:20". */
export function formatMinute(minute: number): string {
  const hours = Math.floor(minute / 60);
  return `${String(hours).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

export const formatMinuteRange = (start: number, end: number): string => `${formatMinute(start)}–${formatMinute(end)}`;

const DATE_STYLES = {
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  long: { weekday: "long", day: "numeric", month: "long" },
  medium: { weekday: "short", day: "numeric", month: "short" },
  short: { day: "numeric", month: "short" },
  weekday: { weekday: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateStyle = keyof typeof DATE_STYLES;

/** A plain date ("2026-11-24", a time after it is ignored) in words. No time zone is involved. */
export function formatDate(date: string, style: DateStyle = "long"): string {
  const parts = plainDate(date);
  if (!parts) return date;
  return dateFormat(style).format(Date.UTC(parts.year, parts.month - 1, parts.day));
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than a board's whole column may: they are kept. */
function dateFormat(style: DateStyle): Intl.DateTimeFormat {
  const key = `${locale()} ${style}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { ...DATE_STYLES[style], timeZone: "UTC" });
    dateFormats.set(key, format);
  }
  return format;
}

/** The wall clock of a date-time without zone ("2026-11-24T09:20:00" → "09:20"), exactly as Cubu wrote it. */
export function formatLocalTime(timeLocal: string): string {
  return /T(\d\d:\d\d)/.exec(timeLocal)?.[1] ?? timeLocal;
}

/** An instant on this computer's clock. For "as of" and "since" lines only, never for a unit's times. */
export function formatInstantHere(instant: string | number, style: "time" | "dateTime" | "full" = "time"): string {
  const value = new Date(instant);
  if (Number.isNaN(value.valueOf())) return String(instant);
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (style === "time") return new Intl.DateTimeFormat(locale(), time).format(value);
  const year = style === "full" ? "numeric" : undefined;
  return new Intl.DateTimeFormat(locale(), { ...time, day: "numeric", month: "short", year }).format(value);
}

/** How long ago, from a span in milliseconds. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 5) return t("age-now");
  if (seconds < 60) return t("age-seconds", { count: seconds });
  if (seconds < 3600) return t("age-minutes", { count: Math.floor(seconds / 60) });
  if (seconds < 86400) return t("age-hours", { count: Math.floor(seconds / 3600) });
  return t("age-days", { count: Math.floor(seconds / 86400) });
}

export const formatDuration = (minutes: number): string => t("duration-minutes", { minutes });

/** A share between 0 and 1. */
export const formatShare = (share: number): string => numberFormat("percent").format(share);

export const formatNumber = (value: number): string => numberFormat("decimal").format(value);

const numberFormats = new Map<string, Intl.NumberFormat>();

/** Kept like those of dates: a board has as many shares as bookings. */
function numberFormat(style: "percent" | "decimal"): Intl.NumberFormat {
  const key = `${locale()} ${style}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(), style === "percent" ? { style, maximumFractionDigits: 0 } : {});
    numberFormats.set(key, format);
  }
  return format;
}

/** "A104", or "" when there is none. Show it inside <Bidi ltr>. */
export function formatTicket(ticket: Ticket | null | undefined): string {
  return !ticket ? "" : `${ticket.prefix ?? ""}${ticket.number}${ticket.suffix ?? ""}`;
}

function plainDate(date: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(date);
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null;
}

/** Days since 1970-01-01 of a plain date, in the proleptic Gregorian calendar; no time zone can shift it. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** A plain date some days on: addDays("2026-02-27", 2) → "2026-03-01". */
export function addDays(date: string, days: number): string {
  const parts = plainDate(date);
  if (!parts) return date;
  const shifted = dayNumber(parts.year, parts.month, parts.day) + days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex + (monthIndex < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** A Monday; the weekdays follow it. */
const MONDAY = 5;
/** The name of a weekday, Monday being 1. */
export const formatWeekday = (day: number): string =>
  formatDate(`2026-01-${String(MONDAY + day - 1).padStart(2, "0")}`, "weekday");
