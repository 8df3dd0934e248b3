import { create } from "@bufbuild/protobuf";
import {
  type Conversation,
  ConversationKind,
  type Entry,
  EntrySchema,
  type Expiry,
  ExpirySchema,
  limits,
  MessageSchema,
} from "@parley/protocol";
import { erasedMessage } from "./fold-entry.ts";

/** When a message disappears that is posted with this timer: known from the beginning where there is nobody else to read it. */
export function expiryAtPosting(seconds: number, kind: Conversation["kind"], postedAt: number): Expiry {
  const running = kind === ConversationKind.NOTES;
  const at = postedAt + seconds * 1_000 + (running ? 0 : limits.expiryUnreadMs);
  return create(ExpirySchema, { seconds, at, running });
}

/** When it disappears once somebody else has read it; never later than before. */
export function expiryOnceRead({ seconds, at }: Expiry, readAt: number): number {
  return Math.min(at, readAt + seconds * 1_000);
}

/** When and after what time an entry disappears; undefined for what stays, and for what the log says to be gone. */
export function expiryOf({ body }: Entry): Expiry | undefined {
  return body.case === "message" ? body.value.expiry : undefined;
}

/** When an entry disappears that is still there; undefined for all others. */
export function disappearsAt(entry: Entry): number | undefined {
  const isGone = entry.body.case === "message" && entry.body.value.state.case === "deleted";
  return isGone ? undefined : expiryOf(entry)?.at;
}

/**
 * The entry as it is at this time, where the log has not said yet that its time is over. It keeps its revs, and its expiry: by that it is told apart from what the log
 * says to be gone, and all that the log still says of it applies.
 */
export function asOfTime(entry: Entry, now: number): Entry {
  const at = disappearsAt(entry);
  if (entry.body.case !== "message" || at === undefined || at > now) return entry;
  const { expiry } = entry.body.value;
  const gone = erasedMessage(entry.body.value, entry.author, at, true);
  const value = create(MessageSchema, { ...gone, ...(expiry && { expiry }) });
  return create(EntrySchema, { ...entry, body: { case: "message", value } });
}

/** Whether an entry is a message that has disappeared. */
export function isExpired({ body }: Entry): boolean {
  return body.case === "message" && body.value.state.case === "deleted" && body.value.state.value.expired;
}
