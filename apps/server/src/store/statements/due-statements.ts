import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { DueTable, Tables } from "../tables.ts";

type Key = Pick<DueTable, "kind" | "account" | "conversation" | "subject">;

export function dueStatements(db: Kysely<Tables>) {
  return {
    by: prepared((p: { now: number; limit: number }) =>
      db.selectFrom("due").selectAll().where("at", "<=", p.now).orderBy("at").limit(p.limit),
    ),
    find: prepared((p: Key) =>
      db
        .selectFrom("due")
        .select("at")
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation)
        .where("subject", "=", p.subject)
        .where("kind", "=", p.kind),
    ),
    next: prepared((p: { from: number }) =>
      db.selectFrom("due").select("at").where("at", ">=", p.from).orderBy("at").limit(1),
    ),
    put: prepared((p: DueTable) =>
      db
        .insertInto("due")
        .values({ kind: p.kind, account: p.account, conversation: p.conversation, subject: p.subject, at: p.at })
        .onConflict((conflict) =>
          conflict.columns(["account", "conversation", "subject", "kind"]).doUpdateSet({ at: p.at }),
        ),
    ),
    forget: prepared((p: Key) =>
      db
        .deleteFrom("due")
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation)
        .where("subject", "=", p.subject)
        .where("kind", "=", p.kind),
    ),
  };
}
