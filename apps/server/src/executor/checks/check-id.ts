import { RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { type Ruling, rejected, verdictOf } from "../ruling.ts";

/** A known id has its verdict already, whatever has changed since. Another account's verdict stays and is not shown. */
export async function checkId({ account, command, ledger }: Attempt): Promise<Ruling | undefined> {
  const known = await ledger.transaction.verdict(command.log, command.id);
  if (known === undefined) return undefined;
  if (known.account === account) return { kind: "verdict", verdict: verdictOf(command.log, known) };
  const refusal = { code: RejectionCode.ID_TAKEN, reason: "The id belongs to a command of another account." };
  return { kind: "verdict", verdict: rejected(command.log, refusal) };
}
