import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { SavedMessagesTable, Tables } from "../tables.ts";
import { textOfJoin } from "./text-of-join.ts";

export function savedStatements(db: Kysely<Tables>) {
  return {
    all: prepared((p: { account: string }) =>
      db
        .selectFrom("saved_messages")
        .innerJoin("conversations", "conversations.id", "saved_messages.conversation")
        .selectAll("saved_messages")
        .select(["conversations.parent", "conversations.root"])
        .where("saved_messages.account", "=", textOfJoin(p.account))
        .orderBy("saved_messages.seq"),
    ),
    find: prepared((p: { account: string; conversation: string; message: string }) =>
      db
        .selectFrom("saved_messages")
        .select("ordinal")
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation)
        .where("message", "=", p.message),
    ),
    count: prepared((p: { account: string }) =>
      db
        .selectFrom("saved_messages")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("account", "=", p.account),
    ),
    add: prepared((p: SavedMessagesTable) =>
      db.insertInto("saved_messages").values({
        account: p.account,
        conversation: p.conversation,
        message: p.message,
        ordinal: p.ordinal,
        seq: p.seq,
        saved_at: p.saved_at,
      }),
    ),
    forget: prepared((p: { account: string; conversation: string; message: string }) =>
      db
        .deleteFrom("saved_messages")
        .where("account", "=", p.account)
        .where("conversation", "=", p.conversation)
        .where("message", "=", p.message),
    ),
  };
}
