import { type Kysely, sql } from "kysely";
import { prepared } from "../prepared.ts";
import type { DraftsTable, Tables } from "../tables.ts";

export function draftStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { account: string; conversation: string }) =>
      db.selectFrom("drafts").selectAll().where("account", "=", p.account).where("conversation", "=", p.conversation),
    ),
    head: prepared((p: { account: string }) =>
      db.selectFrom("drafts").select("version").where("account", "=", p.account).orderBy("version", "desc").limit(1),
    ),
    since: prepared((p: { account: string; after: number; limit: number }) =>
      db
        .selectFrom("drafts")
        .selectAll()
        .where("account", "=", p.account)
        .where("version", ">", p.after)
        .orderBy("version")
        .limit(p.limit),
    ),
    use: prepared((p: { account: string }) =>
      db
        .selectFrom("drafts")
        .select((select) => [
          select.fn.countAll<number>().as("count"),
          // Reads no text: rows know how long theirs is.
          sql<number>`coalesce(sum(octet_length(text)), 0)`.as("bytes"),
        ])
        .where("account", "=", p.account)
        .where("text", "!=", ""),
    ),
    put: prepared((p: DraftsTable) =>
      db
        .insertInto("drafts")
        .values({
          account: p.account,
          conversation: p.conversation,
          version: p.version,
          text: p.text,
          changed_at: p.changed_at,
          device: p.device,
          writers: p.writers,
        })
        .onConflict((conflict) =>
          conflict.columns(["account", "conversation"]).doUpdateSet({
            version: p.version,
            text: p.text,
            changed_at: p.changed_at,
            device: p.device,
            writers: p.writers,
          }),
        ),
    ),
  };
}
