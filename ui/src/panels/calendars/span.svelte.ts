/**
 * The Calendars panel's state: the coming days of a service, read at once, and which cell the keyboard stands on.
 * Choosing and booking times belongs to the Appointments panel; a cell leads there.
 */
import type { Calendar, Catalogue, CommandError, GetToday, LoadSpan, SpanBoard, SpanDay, Today } from "../../bindings";
import { call } from "../../host";
import { addDays } from "../../l10n/format";
import { Resource } from "../../state/resource.svelte";
import { bookableServices } from "../appointments/services";

export type SpanLength = 7 | 14;

/** Why a calendar can or can't be booked, most telling first. */
export type CellState = "past" | "closed" | "full" | "outsideWindow" | "bookingOff" | "open";

export type Cell = {
  key: string;
  cuIndex: number;
  calendar: Calendar;
  state: CellState;
  /** Booked share, 0 to 1; null when Cubu did not say. */
  share: number | null;
};

export type Row = {
  key: string;
  date: string;
  isToday: boolean;
  cells: (Cell | null)[];
  error: CommandError | null;
  open: number;
  /** Booked share of all open calendars of the day. */
  share: number | null;
};

export class SpanState {
  serviceId = $state("");
  from = $state("");
  days = $state<SpanLength>(14);
  focusKey = $state<string | undefined>();

  today = new Resource<Today, GetToday>((request) => call("get_today", request));
  span = new Resource<SpanBoard, LoadSpan>((request) => call("load_span", request), {
    keyOf: ({ serviceId, from, days }) => `${serviceId}|${from}|${days}`,
    staleAfter: 300_000,
  });

  /** The calendars' numbers that occur on any of the days, in order: the columns of the table. */
  columns: number[] = $derived(
    [
      ...new Set(
        (this.span.value?.days ?? []).flatMap((day) =>
          day.calendars.state === "loaded" ? day.calendars.value.map((calendar) => calendar.cuIndex) : [],
        ),
      ),
    ].sort((a, b) => a - b),
  );
  rows: Row[] = $derived(
    (this.span.value?.days ?? []).map((day) => rowOf(day, this.columns, this.span.value?.today ?? "")),
  );

  async adopt(catalogue: Catalogue, unitId: string | null): Promise<void> {
    const services = bookableServices(catalogue);
    if (services.some((service) => service.serviceId === this.serviceId)) return;
    const first = services.find((service) => unitId !== null && service.unitId === unitId) ?? services[0];
    this.serviceId = first?.serviceId ?? "";
    await this.load();
  }

  async chooseService(serviceId: string): Promise<void> {
    this.serviceId = serviceId;
    await this.load();
  }

  async chooseFrom(date: string): Promise<void> {
    if (!/^2\d{3}-\d\d-\d\d$/.test(date) || date === this.from) return;
    this.from = date;
    await this.load();
  }

  async chooseDays(days: SpanLength): Promise<void> {
    if (days === this.days) return;
    this.days = days;
    await this.load();
  }

  async shift(direction: 1 | -1): Promise<void> {
    if (this.from) await this.chooseFrom(addDays(this.from, direction * this.days));
  }

  async goToToday(): Promise<void> {
    await this.today.load({ serviceId: this.serviceId });
    const today = this.today.value?.today;
    if (!today) return;
    if (today === this.from) await this.load();
    else await this.chooseFrom(today);
  }

  async load(): Promise<void> {
    if (!this.serviceId) return;
    if (!this.from) {
      await this.today.load({ serviceId: this.serviceId });
      this.from ||= this.today.value?.today ?? "";
      if (!this.from) return;
    }
    await this.span.load({ serviceId: this.serviceId, from: this.from, days: this.days });
  }
}

export const cellKey = (date: string, cuIndex: number): string => `${date}-${cuIndex}`;

export function rowOf(day: SpanDay, columns: number[], today: string): Row {
  const calendars = day.calendars.state === "loaded" ? day.calendars.value : [];
  const cells = columns.map((cuIndex): Cell | null => {
    const calendar = calendars.find((entry) => entry.cuIndex === cuIndex);
    if (!calendar) return null;
    return {
      key: cellKey(day.date, cuIndex),
      cuIndex,
      calendar,
      state: stateOf(calendar),
      share: calendar.stats?.bookingRate ?? null,
    };
  });
  const counted = calendars.filter((calendar) => (calendar.stats?.capacityMinutes ?? 0) > 0);
  const capacity = counted.reduce((sum, calendar) => sum + (calendar.stats?.capacityMinutes ?? 0), 0);
  const booked = counted.reduce((sum, calendar) => sum + (calendar.stats?.minutesBooked ?? 0), 0);
  return {
    key: day.date,
    date: day.date,
    isToday: day.date === today,
    cells,
    error: day.calendars.state === "failed" ? day.calendars.error : null,
    open: cells.filter((cell) => cell?.state === "open").length,
    share: capacity > 0 ? booked / capacity : null,
  };
}

export function stateOf(calendar: Calendar): CellState {
  if (calendar.isPastDate === true) return "past";
  if (calendar.workingHours.length === 0) return "closed";
  if (calendar.stats?.isFullyBooked === true) return "full";
  if (calendar.isInAgentsBookingWindow === false) return "outsideWindow";
  if (calendar.agentsBookingActive === false) return "bookingOff";
  return "open";
}

/** How strongly a cell is shaded: five steps, so that the shade can be told apart and the words stay readable. */
export const heatOf = (share: number | null): number =>
  share === null ? 0 : Math.min(4, Math.max(0, Math.ceil(share * 4)));
