import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { PreferencesTable, Tables } from "../tables.ts";

export function preferenceStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { account: string; conversation: string }) =>
      db
        .selectFrom("preferences")
        .selectAll()
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation),
    ),
    all: prepared((p: { account: string }) =>
      db.selectFrom("preferences").selectAll().where("account", "=", p.account).orderBy("conversation"),
    ),
    pinned: prepared((p: { account: string }) =>
      db
        .selectFrom("preferences")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("account", "=", p.account)
        .where("pinned", "=", 1),
    ),
    put: prepared((p: PreferencesTable) => {
      const settings = {
        pinned: p.pinned,
        muted_until: p.muted_until,
        archived_up_to: p.archived_up_to,
        marked_unread: p.marked_unread,
        request_answer: p.request_answer,
      };
      return db
        .insertInto("preferences")
        .values({ account: p.account, conversation: p.conversation, ...settings })
        .onConflict((conflict) => conflict.columns(["account", "conversation"]).doUpdateSet(settings));
    }),
  };
}
