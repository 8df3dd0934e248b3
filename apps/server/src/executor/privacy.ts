import { create } from "@bufbuild/protobuf";
import { type Privacy, PrivacySchema } from "@parley/protocol";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { PrivacyChange } from "../log/log-writer.ts";

/** What an account keeps to itself from now on; the stored one if that changes nothing. */
export async function putPrivacy(
  transaction: LogTransaction,
  account: string,
  change: PrivacyChange,
): Promise<Privacy> {
  const stored = await transaction.privacy(account);
  const hidesReads = change.hidesReads ?? stored.hidesReads;
  const hidesPresence = change.hidesPresence ?? stored.hidesPresence;
  if (hidesReads === stored.hidesReads && hidesPresence === stored.hidesPresence) return stored;
  const changed = create(PrivacySchema, { hidesReads, hidesPresence, rev: stored.rev + 1 });
  await transaction.putPrivacy(account, changed);
  return changed;
}
