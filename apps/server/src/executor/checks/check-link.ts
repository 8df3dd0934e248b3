import type { Attempt } from "../attempt.ts";
import type { Ruling } from "../ruling.ts";

/** A linked command runs only when its predecessor is the last one given a verdict for this device and log. */
export async function checkLink({ account, device, order, command, ledger }: Attempt): Promise<Ruling | undefined> {
  if (order.link.case !== "after" && order.link.case !== "first") return undefined;
  // A device that is not known has no order; authorising it comes later.
  const standing = device === undefined ? undefined : await ledger.standing(account, device, command.log);
  const expected = order.link.case === "after" ? order.link.value : undefined;
  if (standing?.last === expected) return undefined;
  return { kind: "stale", last: standing?.last ?? "" };
}
