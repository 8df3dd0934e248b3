import { RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { handlerOf } from "../commands/handler-of.ts";
import { type Ruling, refused } from "../ruling.ts";

/** Whether this account may, from this device, decided by the rows inside the transaction. */
export async function checkAuthority(attempt: Attempt): Promise<Ruling | undefined> {
  const { account, device, command, ledger } = attempt;
  if (device !== undefined) {
    const standing = await ledger.standing(account, device, command.log);
    if (standing?.open !== true) return refused(RejectionCode.DEVICE_CLOSED, "The device was replaced or revoked.");
  }
  const refusal = await handlerOf(command.body)?.authorise(attempt);
  return refusal === undefined ? undefined : { kind: "refused", refusal };
}
