import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { ScheduledMessagesTable, Tables } from "../tables.ts";

export function scheduledStatements(db: Kysely<Tables>) {
  return {
    all: prepared((p: { account: string }) =>
      db.selectFrom("scheduled_messages").selectAll().where("account", "=", p.account).orderBy("at").orderBy("id"),
    ),
    find: prepared((p: { account: string; id: string }) =>
      db.selectFrom("scheduled_messages").selectAll().where("account", "=", p.account).where("id", "=", p.id),
    ),
    use: prepared((p: { account: string }) =>
      db
        .selectFrom("scheduled_messages")
        .select((select) => [
          select.fn.countAll<number>().as("count"),
          select.fn.coalesce(select.fn.sum<number>("bytes"), select.lit(0)).as("bytes"),
        ])
        .where("account", "=", p.account),
    ),
    put: prepared((p: ScheduledMessagesTable) =>
      db
        .insertInto("scheduled_messages")
        .values({ account: p.account, id: p.id, seq: p.seq, at: p.at, bytes: p.bytes, message: p.message })
        .onConflict((conflict) =>
          conflict.columns(["account", "id"]).doUpdateSet({ seq: p.seq, at: p.at, bytes: p.bytes, message: p.message }),
        ),
    ),
    forget: prepared((p: { account: string; id: string }) =>
      db.deleteFrom("scheduled_messages").where("account", "=", p.account).where("id", "=", p.id),
    ),
  };
}
