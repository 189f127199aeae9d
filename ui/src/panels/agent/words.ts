/** Small wordings that several parts of the panel share. */
import type { Channel } from "../../bindings";
import { formatNumber } from "../../l10n/format";
import { t } from "../../l10n/l10n.svelte";

/** A length of time in whole minutes, the way people say it at a desk; nothing when it is not known. */
export function minutesIn(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined;
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t("agent-under-a-minute");
  if (minutes < 60) return t("agent-minutes", { minutes: formatNumber(minutes) });
  return t("agent-hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

export function channelLabel(channel: Channel): string {
  if (channel === "FaceToFace") return t("agent-channel-face");
  if (channel === "Phone") return t("agent-channel-phone");
  if (channel === "Video") return t("agent-channel-video");
  return channel;
}

/** One of Cubu's colours, if it is one. */
export const edgeColour = (code: string | null): string | undefined =>
  code && /^#[0-9a-f]{3,8}$/i.test(code) ? code : undefined;
