/**
 * A booking draft as it is kept for the next run, and back. The word that confirms a booking outside the free times is not
 * kept: it has to be typed again. What another version kept is taken as far as it is understood.
 */
import type { Catalogue, Channel, Customer, JsonValue, KeptDraft } from "../../bindings";
import { IntentDraft, type KeptIntent } from "../../state/intent";
import { keptDrafts } from "../../state/kept-drafts.svelte";
import type { KeptParticulars } from "./case-particulars.svelte";
import type { DayState } from "./day.svelte";
import { BOOKING, BookingDraft, type Place, type Wanted } from "./draft.svelte";

type Kept = {
  wanted: Wanted;
  place: Place | null;
  customer: Customer | null;
  phone: string;
  email: string;
  language: string;
  channel: Channel;
  preventSelfCheckIn: boolean;
  particulars: KeptParticulars | null;
  outside: boolean;
  outsideTime: string;
  intent: KeptIntent | null;
  /** Its form was on the screen. */
  open: boolean;
};

export function keptOf(draft: BookingDraft, open: boolean): JsonValue {
  const { wanted, place, customer, phone, email, language, channel, preventSelfCheckIn, outside, outsideTime } = draft;
  const kept: Kept = {
    wanted,
    place: place ?? null,
    customer: customer ?? null,
    phone,
    email,
    language,
    channel,
    preventSelfCheckIn,
    particulars: draft.particulars.kept(),
    outside,
    outsideTime,
    intent: draft.intent.kept ?? null,
    open,
  };
  return kept as unknown as JsonValue;
}

/** Gives the board what the last run left; what was open then is open again. */
export async function restoreBookings(day: DayState, catalogue: Catalogue): Promise<void> {
  let last: BookingDraft | undefined;
  for (const kept of keptDrafts.left.filter(({ name }) => name.startsWith(BOOKING))) {
    const { draft, wasOpen } = restored(kept) ?? {};
    if (!draft || !catalogue.services.some(({ serviceId }) => serviceId === draft.wanted.serviceId)) continue;
    keptDrafts.take(kept.name);
    day.drafts.set(draft.name, draft);
    if (wasOpen) last ??= draft;
  }
  if (last && !day.beside) await day.openDraft(last, catalogue);
}

function restored({ name, content, keptAt }: KeptDraft): { draft: BookingDraft; wasOpen: boolean } | undefined {
  const kept = content as Partial<Kept> | null;
  if (!kept?.wanted?.serviceId || typeof kept.wanted.serviceTypeId !== "string") return undefined;
  const draft = new BookingDraft(kept.place ?? kept.wanted, name, new IntentDraft(kept.intent ?? undefined));
  draft.customer = kept.customer ?? undefined;
  draft.phone = kept.phone ?? "";
  draft.email = kept.email ?? "";
  draft.language = kept.language ?? "";
  draft.channel = kept.channel ?? "FaceToFace";
  draft.preventSelfCheckIn = kept.preventSelfCheckIn ?? false;
  draft.particulars.restore(kept.particulars);
  draft.outside = kept.outside ?? false;
  draft.showOutside = draft.outside;
  draft.outsideTime = kept.outsideTime ?? "";
  draft.restoredAt = keptAt;
  return { draft, wasOpen: kept.open ?? false };
}
