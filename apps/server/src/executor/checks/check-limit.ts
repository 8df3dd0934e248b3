import { type Command, RetryCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Ruling } from "../ruling.ts";

/** Each of them is a row to be written. */
const MENTIONS_PER_TOKEN = 16;

/** Whatever passes gets a verdict, and a verdict costs a token; a message that names many people costs more. */
export async function checkLimit({ account, tokens, command }: Attempt): Promise<Ruling | undefined> {
  const afterMs = tokens.take(account, 1 + Math.floor(mentionsOf(command) / MENTIONS_PER_TOKEN));
  return afterMs === 0 ? undefined : { kind: "retry", code: RetryCode.RATE_LIMITED, afterMs };
}

function mentionsOf({ body }: Command): number {
  return body.case === "post" || body.case === "edit" ? (body.value.envelope?.mentions.length ?? 0) : 0;
}
