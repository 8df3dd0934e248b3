import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { Tables, UnreadExpiriesTable } from "../tables.ts";

export function expiryStatements(db: Kysely<Tables>) {
  return {
    add: prepared((p: UnreadExpiriesTable) =>
      db
        .insertInto("unread_expiries")
        .values({ conversation: p.conversation, ordinal: p.ordinal, message: p.message, author: p.author }),
    ),
    forget: prepared((p: { conversation: string; ordinal: number }) =>
      db.deleteFrom("unread_expiries").where("conversation", "=", p.conversation).where("ordinal", "=", p.ordinal),
    ),
    /** By others than a reader, in a run of ordinals. */
    between: prepared((p: { conversation: string; from: number; to: number; reader: string; limit: number }) =>
      db
        .selectFrom("unread_expiries")
        .select("message")
        .where("conversation", "=", p.conversation)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .where("author", "!=", p.reader)
        .orderBy("ordinal")
        .limit(p.limit),
    ),
  };
}
