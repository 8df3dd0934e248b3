import { mergeMarks, noMarks } from "@parley/log";
import { type Conversation, type Entry, limits, type Profile, type Receipt } from "@parley/protocol";
import type { ReceiptsView, ReceiptView } from "../api/receipts-view.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import { byName, nameOf } from "./conversation-view.ts";
import { readersOf } from "./message-status.ts";

type Profiles = ReadonlyMap<string, Profile>;

/** What the server says. */
export function receiptsTold(told: readonly Receipt[], profiles: Profiles): ReceiptsView {
  const receipts = told.map(({ account, delivered, read, deliveredAt, readAt }): ReceiptView => {
    const reached = read ? "read" : delivered ? "delivered" : "sent";
    const times = { deliveredAt: deliveredAt || undefined, readAt: readAt || undefined };
    return { account, displayName: nameOf(account, profiles), reached, ...times };
  });
  return { from: "server", receipts: receipts.sort(byName) };
}

/** What this device knows from marks: in large groups only what all have reached. */
export function receiptsByMarks(
  entry: Entry,
  state: Conversation,
  { others, byAll }: StoredConversation,
  viewer: string,
  profiles: Profiles,
): ReceiptsView {
  const marks = new Map(others.map((other) => [other.account, other.marks]));
  const isTold = state.members.filter((member) => member.present).length <= limits.memberMarksUpTo;
  const receipts = readersOf(entry, state, viewer).map(({ account }): ReceiptView => {
    const { delivered, read } = mergeMarks(marks.get(account) ?? noMarks, byAll);
    const below = isTold ? "sent" : "unknown";
    const reached = read >= entry.ordinal ? "read" : delivered >= entry.ordinal ? "delivered" : below;
    const times = { deliveredAt: undefined, readAt: undefined };
    return { account, displayName: nameOf(account, profiles), reached, ...times };
  });
  return { from: "device", receipts: receipts.sort(byName) };
}
