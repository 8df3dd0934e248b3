import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { BlockedPeopleTable, Tables } from "../tables.ts";

/** The accounts that a viewer blocks, to be left out of what is counted. */
export function blockedBy(db: Kysely<Tables>, viewer: string) {
  return db.selectFrom("blocked_people").select("blocked_people.blocked").where("blocked_people.account", "=", viewer);
}

export function blockedStatements(db: Kysely<Tables>) {
  return {
    all: prepared((p: { account: string }) =>
      db.selectFrom("blocked_people").selectAll().where("account", "=", p.account).orderBy("since"),
    ),
    find: prepared((p: { account: string; blocked: string }) =>
      db.selectFrom("blocked_people").selectAll().where("account", "=", p.account).where("blocked", "=", p.blocked),
    ),
    count: prepared((p: { account: string }) =>
      db
        .selectFrom("blocked_people")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("account", "=", p.account),
    ),
    add: prepared((p: BlockedPeopleTable) =>
      db.insertInto("blocked_people").values({
        account: p.account,
        blocked: p.blocked,
        conversation: p.conversation,
        ordinal: p.ordinal,
        seq: p.seq,
        blocked_at: p.blocked_at,
        since: p.since,
      }),
    ),
    forget: prepared((p: { account: string; blocked: string }) =>
      db.deleteFrom("blocked_people").where("account", "=", p.account).where("blocked", "=", p.blocked),
    ),
    // In the direct conversation, if there is one.
    place: prepared((p: { conversation: string; account: string; after: number | null }) =>
      db
        .updateTable("members")
        .set({ blocked_after: p.after })
        .where("conversation", "=", p.conversation)
        .where("account", "=", p.account),
    ),
  };
}
