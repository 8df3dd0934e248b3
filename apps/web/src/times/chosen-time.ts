import { limits } from "@parley/protocol";
import type { Texts } from "../texts/en.ts";
import { timeOfField } from "./field-time.ts";

/** A clock may be behind the server's by this much without keeping anybody from the last day that there is. */
const MARGIN_MS = 24 * 60 * 60_000;

/** What a field of a date and a time says: when, or what is wrong with it. */
export type ChosenTime = { readonly at: number } | { readonly wrong: string };

export function chosenTime(field: string, now: number, { scheduled }: Texts): ChosenTime {
  const at = timeOfField(field);
  if (at === undefined || at <= now) return { wrong: scheduled.past };
  return at > now + limits.scheduledAheadMs - MARGIN_MS ? { wrong: scheduled.far } : { at };
}
