/** A search in words: what was asked, what was found, and what could be loosened. */
import type { FoundTime, MissedQuestion } from "../../../bindings";
import { formatDate, formatMinute } from "../../../l10n/format";
import { t } from "../../../l10n/l10n.svelte";
import { calendarName } from "../words";
import { PARTS_OF_DAY, type Finder } from "./finder.svelte";

export const partOptions = () => PARTS_OF_DAY.map((value) => ({ value, label: t(`appointments-find-part-${value}`) }));

export function agentText({ cuIndex, user }: FoundTime): string {
  const calendar = calendarName(cuIndex);
  return user?.displayName ? t("appointments-calendar-agent", { calendar, agent: user.displayName }) : calendar;
}

export function placeText(finder: Finder, time: FoundTime): string {
  const service = finder.service(time.serviceId);
  const name = service?.serviceName ?? time.serviceId;
  return service?.unitName ? t("appointments-find-offer", { service: name, unit: service.unitName }) : name;
}

/** The same moment on this PC's clock, where that shows something else. */
export const hereText = ({ date, here }: FoundTime): string =>
  !here
    ? ""
    : here.date === date
      ? t("appointments-find-here", { time: formatMinute(here.minute) })
      : t("appointments-find-here-day", { date: formatDate(here.date, "medium"), time: formatMinute(here.minute) });

export const clockText = ({ clockChange }: FoundTime): string =>
  clockChange ? t(`appointments-find-clock-${clockChange}`) : "";

export const firstText = (time: FoundTime): string =>
  t("appointments-find-first", {
    date: formatDate(time.date, "long"),
    time: formatMinute(time.startTime),
    calendar: agentText(time),
  });

/** How much was asked and found, and what was passed over. */
export function askedText(finder: Finder): string {
  const { progress } = finder;
  if (!progress) return "";
  const passed = [
    progress.full > 0 && t("appointments-find-full", { count: progress.full }),
    progress.closed + progress.outsideWindow > 0 &&
      t("appointments-find-closed", { count: progress.closed + progress.outsideWindow }),
  ].filter(Boolean);
  const asked = t("appointments-find-asked", {
    times: finder.times.length,
    days: progress.daysAsked,
    of: progress.days,
    calendars: progress.calendarsAsked,
  });
  return [asked, ...passed].join(", ");
}

export function missedText(finder: Finder, { serviceId, date, cuIndex }: MissedQuestion): string {
  const service = finder.service(serviceId)?.serviceName ?? serviceId;
  const day = formatDate(date, "medium");
  return cuIndex === null
    ? t("appointments-find-missed-day", { service, date: day })
    : t("appointments-find-missed-calendar", { service, date: day, calendar: calendarName(cuIndex) });
}

export const nothingText = (finder: Finder): string =>
  finder.ended?.end === "stopped"
    ? t("appointments-find-stopped")
    : t("appointments-find-nothing", { days: finder.days });

/** What stands in the way, the narrowest first. */
export const loosenTexts = (finder: Finder): string[] =>
  [
    finder.userId && t("appointments-find-loosen-agent"),
    finder.weekdays.length > 0 && t("appointments-find-loosen-weekdays"),
    finder.part !== "any" && t("appointments-find-loosen-part"),
    finder.leftOut.length > 0 && t("appointments-find-loosen-services"),
    finder.days < 60 && t("appointments-find-loosen-days"),
  ].filter((words): words is string => typeof words === "string" && words !== "");
