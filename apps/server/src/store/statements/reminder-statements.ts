import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { RemindersTable, Tables } from "../tables.ts";

type Key = Pick<RemindersTable, "account" | "conversation" | "message">;

export function reminderStatements(db: Kysely<Tables>) {
  return {
    all: prepared((p: { account: string }) =>
      db.selectFrom("reminders").selectAll().where("account", "=", p.account).orderBy("at").orderBy("seq"),
    ),
    find: prepared((p: Key) =>
      db
        .selectFrom("reminders")
        .selectAll()
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation)
        .where("message", "=", p.message),
    ),
    count: prepared((p: { account: string }) =>
      db
        .selectFrom("reminders")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("account", "=", p.account),
    ),
    accounts: prepared((p: Omit<Key, "account">) =>
      db
        .selectFrom("reminders")
        .select("account")
        .where("conversation", "=", p.conversation)
        .where("message", "=", p.message)
        .orderBy("account"),
    ),
    put: prepared((p: RemindersTable) => {
      const { ordinal, seq, at, due, parent, root } = p;
      const state = { ordinal, seq, at, due, parent, root };
      return db
        .insertInto("reminders")
        .values({ account: p.account, conversation: p.conversation, message: p.message, ...state })
        .onConflict((conflict) => conflict.columns(["account", "conversation", "message"]).doUpdateSet(state));
    }),
    forget: prepared((p: Key) =>
      db
        .deleteFrom("reminders")
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation)
        .where("message", "=", p.message),
    ),
  };
}
