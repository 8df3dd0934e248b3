import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { MentionsTable, Tables } from "../tables.ts";
import { blockedBy } from "./blocked-statements.ts";

type Place = Pick<MentionsTable, "conversation" | "account" | "ordinal">;

export function mentionStatements(db: Kysely<Tables>) {
  return {
    add: prepared((p: MentionsTable) =>
      db.insertInto("mentions").values({
        conversation: p.conversation,
        account: p.account,
        ordinal: p.ordinal,
        author: p.author,
        content_rev: p.content_rev,
        received_at: p.received_at,
      }),
    ),
    put: prepared((p: MentionsTable) =>
      db
        .insertInto("mentions")
        .values({
          conversation: p.conversation,
          account: p.account,
          ordinal: p.ordinal,
          author: p.author,
          content_rev: p.content_rev,
          received_at: p.received_at,
        })
        .onConflict((conflict) =>
          conflict.columns(["conversation", "account", "ordinal"]).doUpdateSet({ content_rev: p.content_rev }),
        ),
    ),
    remove: prepared((p: Place) =>
      db
        .deleteFrom("mentions")
        .where("conversation", "=", p.conversation)
        .where("account", "=", p.account)
        .where("ordinal", "=", p.ordinal),
    ),
    /** Of one account, in a run of ordinals, by whom the viewer does not block. */
    of: prepared((p: { conversation: string; account: string; viewer: string; from: number; to: number }) =>
      db
        .selectFrom("mentions")
        .select(["ordinal", "author", "content_rev"])
        .where("conversation", "=", p.conversation)
        .where("account", "=", p.account)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .where("author", "not in", blockedBy(db, p.viewer)),
    ),
    /** Of everybody, in a run of ordinals. */
    between: prepared((p: { conversation: string; from: number; to: number }) =>
      db
        .selectFrom("mentions")
        .select(["ordinal", "account"])
        .where("conversation", "=", p.conversation)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .orderBy("ordinal")
        .orderBy("account"),
    ),
    /** Of one account and by others: received before a time, or at that time with a smaller ordinal; the newest first. */
    before: prepared((p: MentionsBefore) =>
      db
        .selectFrom("mentions")
        .select(["ordinal", "received_at"])
        .where("conversation", "=", p.conversation)
        .where("account", "=", p.account)
        .where("ordinal", "<=", p.upTo)
        .where("author", "!=", p.viewer)
        .where((where) =>
          where.or([
            where("received_at", "<", p.at),
            where.and([where("received_at", "=", p.at), where("ordinal", "<", p.ordinal)]),
          ]),
        )
        .orderBy("received_at", "desc")
        .orderBy("ordinal", "desc")
        .limit(p.limit),
    ),
  };
}

interface MentionsBefore {
  readonly conversation: string;
  /** The one who is mentioned: the viewer, or everyone. */
  readonly account: string;
  readonly viewer: string;
  readonly at: number;
  readonly ordinal: number;
  /** The greatest ordinal that the viewer may see. */
  readonly upTo: number;
  readonly limit: number;
}
