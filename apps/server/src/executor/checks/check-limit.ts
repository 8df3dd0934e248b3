import { RetryCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Ruling } from "../ruling.ts";

/** Whatever passes gets a verdict, and a verdict costs a token. */
export async function checkLimit({ account, tokens }: Attempt): Promise<Ruling | undefined> {
  const afterMs = tokens.take(account);
  return afterMs === 0 ? undefined : { kind: "retry", code: RetryCode.RATE_LIMITED, afterMs };
}
