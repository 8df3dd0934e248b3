import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { HiddenMessagesTable, Tables } from "../tables.ts";

export function hiddenStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { account: string; conversation: string }) =>
      db
        .selectFrom("hidden_messages")
        .select(["runs", "unlisted_up_to"])
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation),
    ),
    all: prepared((p: { account: string }) =>
      db.selectFrom("hidden_messages").selectAll().where("account", "=", p.account).orderBy("conversation"),
    ),
    count: prepared((p: { account: string }) =>
      db
        .selectFrom("hidden_messages")
        .select((select) => select.fn.sum<number | null>("count").as("count"))
        .where("account", "=", p.account),
    ),
    put: prepared((p: HiddenMessagesTable) => {
      const state = { count: p.count, runs: p.runs, unlisted_up_to: p.unlisted_up_to };
      return db
        .insertInto("hidden_messages")
        .values({ account: p.account, conversation: p.conversation, ...state })
        .onConflict((conflict) => conflict.columns(["account", "conversation"]).doUpdateSet(state));
    }),
  };
}
