/** Watches in words: for whom, before when, at what part of the day, and what became free. */
import type { Catalogue, FreedTime, Watch, WatchFor } from "../../bindings";
import { formatDate, formatMinute, formatWeekday } from "../../l10n/format";
import { l10n, t } from "../../l10n/l10n.svelte";
import { PARTS, PARTS_OF_DAY, type PartOfDay } from "../appointments/find/finder.svelte";
import { placeText } from "../emptying/words";

export const timeText = (hit: FreedTime): string => placeText(hit);

export const typesText = ({ wanted }: WatchFor, catalogue: Catalogue | undefined): string => {
  const names = wanted.map(
    ({ serviceTypeId }) => catalogue?.serviceTypes.find((type) => type.serviceTypeId === serviceTypeId)?.name,
  );
  return [...new Set(names.filter((name) => name !== undefined))].join(", ");
};

/** Whose it is; without an appointment, what is wanted. */
export const whoText = (watch: Watch, catalogue: Catalogue | undefined): string =>
  watch.appointment
    ? watch.appointment.customerName || t("appointments-customer-unnamed")
    : typesText(watch.wish, catalogue) || t("watches-anybody");

export const beforeText = ({ before }: WatchFor): string =>
  t("watches-before", { date: formatDate(before.date, "long"), time: formatMinute(before.minute) });

export function partOf(wish: WatchFor): PartOfDay {
  const is = (part: PartOfDay) =>
    PARTS[part].fromMinute === (wish.fromMinute ?? 0) && PARTS[part].toMinute === (wish.toMinute ?? 1440);
  return PARTS_OF_DAY.find(is) ?? "any";
}

/** What narrows it: nothing when any time will do. */
export function narrowedText(wish: WatchFor): string {
  const part = partOf(wish);
  const days = wish.weekdays ?? [];
  const list = new Intl.ListFormat(l10n.language, { type: "conjunction", style: "narrow" });
  return [
    part === "any" ? "" : t(`appointments-find-part-${part}`),
    days.length > 0 ? list.format(days.map(formatWeekday)) : "",
  ]
    .filter(Boolean)
    .join(", ");
}
