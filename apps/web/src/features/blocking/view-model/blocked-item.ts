import type { AccountView, BlockedView } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

/** A line of the list of those whom one blocks. */
export interface BlockedItem {
  readonly account: string;
  readonly name: string;
  /** Who that is, and since when. */
  readonly detail: string;
}

export function blockedItems(
  { blocked = [] }: AccountView,
  texts: Texts,
  format: TimeFormat,
  now: number,
): readonly BlockedItem[] {
  return blocked.map((person) => ({
    account: person.account,
    name: person.displayName || texts.common.unknownPerson,
    detail: detailOf(person, texts, format, now),
  }));
}

function detailOf({ userName, at }: BlockedView, texts: Texts, format: TimeFormat, now: number): string {
  const since = texts.blocking.since(format.moment(at, now));
  return userName === "" ? since : `@${userName} · ${since}`;
}
