import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { Tables } from "../tables.ts";

export function followerStatements(db: Kysely<Tables>) {
  return {
    dirty: prepared((p: { limit: number }) =>
      db.selectFrom("dirty").select(["conversation", "since", "head"]).orderBy("conversation").limit(p.limit),
    ),
    putDirty: prepared((p: { conversation: string; shard: number; since: number; head: number }) =>
      db
        .insertInto("dirty")
        .values({ conversation: p.conversation, shard: p.shard, since: p.since, head: p.head })
        .onConflict((conflict) => conflict.column("conversation").doUpdateSet({ head: p.head })),
    ),
    clearDirty: prepared((p: { conversation: string }) =>
      db.deleteFrom("dirty").where("conversation", "=", p.conversation),
    ),
    cursor: prepared((p: { conversation: string; follower: string }) =>
      db
        .selectFrom("cursors")
        .select("done")
        .where("conversation", "=", p.conversation)
        .where("follower", "=", p.follower),
    ),
    putCursor: prepared((p: { conversation: string; follower: string; done: number }) =>
      db
        .insertInto("cursors")
        .values({ conversation: p.conversation, follower: p.follower, done: p.done })
        .onConflict((conflict) => conflict.columns(["conversation", "follower"]).doUpdateSet({ done: p.done })),
    ),
  };
}

export function metaStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { key: string }) => db.selectFrom("meta").select("value").where("key", "=", p.key)),
    put: prepared((p: { key: string; value: string }) =>
      db
        .insertInto("meta")
        .values({ key: p.key, value: p.value })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: p.value })),
    ),
  };
}
