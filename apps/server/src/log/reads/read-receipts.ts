import { create } from "@bufbuild/protobuf";
import type { Marks } from "@parley/log";
import { type Receipt, ReceiptSchema, type ReceiptsResponse, ReceiptsResponseSchema } from "@parley/protocol";
import type { OrdinalSpan } from "../log-reader.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import { marksTold } from "../member-marks.ts";
import type { MarkMove, Membership, PlacedInterval } from "../records.ts";
import type { Sight } from "../sight.ts";

/** A time in which the author was no member: what happened then is not told. */
interface Absence {
  readonly from: number;
  readonly to: number;
}

/** Who received and read a message; undefined if it is not one of the member's own, or the member has parted. */
export async function readReceipts(
  snapshot: LogSnapshot,
  { asSeenBy }: Sight,
  { conversation, member }: Membership,
  message: string,
): Promise<ReceiptsResponse | undefined> {
  const { account, intervals } = member;
  const found = member.present ? await snapshot.entry(conversation.id, message) : undefined;
  const entry = found && asSeenBy(intervals, found.entry);
  if (entry?.body.case !== "message" || entry.author !== account) return undefined;
  const moves = await snapshot.markMoves(conversation.id);
  const absences = await absencesOf(snapshot, conversation.id, intervals);
  const { hidesReads } = await snapshot.privacy(account);
  const receipts: Receipt[] = [];
  for (const other of await snapshot.roomMembers(conversation.id)) {
    if (other.account === account || !other.present || !isPlaced(other.spans, entry.ordinal)) continue;
    const known = { moves: moves.get(other.account) ?? [], absences };
    receipts.push(receiptOf(other.account, marksTold(other, hidesReads), entry.ordinal, known));
  }
  return create(ReceiptsResponseSchema, { receipts });
}

function receiptOf(
  account: string,
  told: Marks,
  ordinal: number,
  { moves, absences }: { readonly moves: readonly MarkMove[]; readonly absences: readonly Absence[] },
): Receipt {
  const passedAt = (mark: "delivered" | "read") => {
    const passing = moves.findIndex((move) => move[mark] >= ordinal);
    if (told[mark] < ordinal) return 0;
    // Where the history begins with it, it may have been there for long.
    const at = passing > 0 ? (moves[passing]?.at ?? 0) : 0;
    return absences.some(({ from, to }) => at >= from && at <= to) ? 0 : at;
  };
  return create(ReceiptSchema, {
    account,
    delivered: told.delivered >= ordinal,
    read: told.read >= ordinal,
    deliveredAt: passedAt("delivered"),
    readAt: passedAt("read"),
  });
}

function isPlaced(spans: readonly OrdinalSpan[], ordinal: number): boolean {
  return spans.some(
    ({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && (toOrdinal === 0 || ordinal <= toOrdinal),
  );
}

async function absencesOf(
  snapshot: LogSnapshot,
  log: string,
  intervals: readonly PlacedInterval[],
): Promise<readonly Absence[]> {
  const absences: Absence[] = [];
  for (const [index, { from }] of intervals.entries()) {
    const before = intervals[index - 1];
    if (before === undefined) continue;
    absences.push({ from: await timeOf(snapshot, log, before.to), to: await timeOf(snapshot, log, from) });
  }
  return absences;
}

async function timeOf(snapshot: LogSnapshot, log: string, seq: number): Promise<number> {
  const [record] = await snapshot.events(log, seq - 1, seq, 1);
  return record?.event.receivedAt ?? 0;
}
