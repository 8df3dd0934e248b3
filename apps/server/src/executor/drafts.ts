import { type Draft, type DraftWriter, limits } from "@parley/protocol";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { DraftOutcome, DraftRequest, EmptiedDraft, WrittenDraft } from "../log/log-writer.ts";

/** Devices that have not written for so many others need not know what became of their last update. */
const WRITERS_KEPT = 16;

/** Stores a draft that was made from the newest one. Undefined if the account may not have one there. */
export async function putDraft(
  transaction: LogTransaction,
  account: string,
  { conversation, text, base, device }: DraftRequest,
  now: number,
): Promise<DraftOutcome | undefined> {
  const membership = await transaction.membership(account, conversation);
  if (membership?.member.present !== true) return undefined;
  const stored = await transaction.draft(account, conversation);
  if (stored !== undefined && (base < stored.version || stored.text === text)) {
    return { kind: "unchanged", draft: stored };
  }
  if (!(await fits(transaction, account, stored?.text ?? "", text))) return undefined;
  const writers = [...othersOf(stored, device), { $typeName: "parley.v1.DraftWriter" as const, device, base }];
  return { kind: "written", ...(await store(transaction, account, { conversation, text, device, writers }, now)) };
}

/** Whether an account may have a draft in place of another. One that grows shorter always fits. */
async function fits(transaction: LogTransaction, account: string, before: string, text: string): Promise<boolean> {
  const grown = Buffer.byteLength(text) - Buffer.byteLength(before);
  if (grown <= 0) return true;
  const { count, bytes } = await transaction.draftUse(account);
  return (before !== "" || count < limits.draftsPerAccount) && bytes + grown <= limits.draftBytesPerAccount;
}

/**
 * Empties a draft up to a version. Undefined if there is nothing to empty.
 *
 * @param upTo a newer one stays
 */
export async function emptyDraft(
  transaction: LogTransaction,
  account: string,
  conversation: string,
  upTo: number,
  now: number,
): Promise<EmptiedDraft | undefined> {
  const stored = await transaction.draft(account, conversation);
  if (stored === undefined || stored.text === "" || stored.version > upTo) return undefined;
  const { writers } = stored;
  return { account, ...(await store(transaction, account, { conversation, text: "", device: "", writers }, now)) };
}

async function store(
  transaction: LogTransaction,
  account: string,
  { conversation, text, device, writers }: Pick<Draft, "conversation" | "text" | "device" | "writers">,
  now: number,
): Promise<WrittenDraft> {
  const after = await transaction.draftHead(account);
  const version = nextVersion(after, now);
  const changedAt = text === "" ? 0 : now;
  const draft: Draft = { $typeName: "parley.v1.Draft", conversation, text, version, changedAt, device, writers };
  await transaction.putDraft(account, draft);
  return { draft, after };
}

/** The writers but one, the last at the end, with room for one more. */
function othersOf(stored: Draft | undefined, device: string): DraftWriter[] {
  const others = stored?.writers.filter((writer) => writer.device !== device) ?? [];
  return others.slice(-(WRITERS_KEPT - 1));
}

/**
 * No version is given twice, and normally none that a server gave before it was restored from an older backup: a post that names such a version
 * must not empty what was written later.
 */
function nextVersion(head: number, now: number): number {
  return Math.max(head + 1, Math.floor(now / 1_000));
}
