import type { AccountPreferences, SavedMessage, SavedSet } from "@parley/protocol";
import type { MessagePlace } from "../api/placed-message.ts";
import type { StoredSaved } from "../ports/client-store.ts";
import { isOpenIn, type Pending } from "./pending.ts";

type StoredList = readonly StoredSaved[] | undefined;

/** A saved message, or one that is about to be. */
export interface SavedPlace extends MessagePlace, Pick<StoredSaved, "thread"> {
  /** Undefined until the server has told it. */
  readonly ordinal: number | undefined;
  readonly savedAt: number;
}

/** The saved messages after one more is, or is no more; what was never told stays unknown. */
export function savedAfter(stored: StoredList, event: SavedSet, at: number): StoredList {
  if (stored === undefined) return undefined;
  const others = stored.filter((one) => !isSame(one, event));
  return event.saved ? [...others, storedOf({ ...event, savedAt: at })] : others;
}

export function savedTold({ saved }: AccountPreferences): readonly StoredSaved[] {
  return saved.map(storedOf);
}

function storedOf({
  conversation,
  message,
  ordinal,
  savedAt,
  parent,
  root,
}: Omit<SavedMessage, "$typeName">): StoredSaved {
  const thread = parent === "" ? {} : { thread: { conversation: parent, root } };
  return { conversation, message, ordinal, savedAt, ...thread };
}

/** The saved messages, the last one last, with the pending changes: those that are not part of the account log that the device holds. */
export function savedWith(
  stored: StoredList,
  accountHead: number,
  commands: readonly Pending[],
): readonly SavedPlace[] {
  let all: readonly SavedPlace[] = stored ?? [];
  for (const pending of commands) {
    const { body, sentAt } = pending.command;
    if (body.case !== "setSaved" || !isOpenIn(pending, accountHead)) continue;
    const { conversation, message, saved } = body.value;
    const known = all.find((one) => isSame(one, body.value));
    if (saved && known === undefined) all = [...all, { conversation, message, ordinal: undefined, savedAt: sentAt }];
    if (!saved && known !== undefined) all = all.filter((one) => one !== known);
  }
  return all;
}

function isSame(one: MessagePlace, other: MessagePlace): boolean {
  return one.message === other.message && one.conversation === other.conversation;
}
