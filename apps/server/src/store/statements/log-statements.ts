import { type Kysely, sql } from "kysely";
import { prepared } from "../prepared.ts";
import { countableKinds, entryKind } from "../rows/entry-row.ts";
import { makingKinds } from "../rows/event-row.ts";
import type { EntriesTable, EventsTable, ReactionsTable, Tables, VerdictsTable } from "../tables.ts";
import { blockedBy } from "./blocked-statements.ts";
import { textOfJoin } from "./text-of-join.ts";

export function verdictStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { log: string; id: string }) =>
      db
        .selectFrom("verdicts")
        .select(["seq", "account", "code", "reason"])
        .where("log", "=", p.log)
        .where("id", "=", p.id),
    ),
    accept: prepared((p: { log: string; id: string; seq: number }) =>
      db.insertInto("verdicts").values({ log: p.log, id: p.id, seq: p.seq }),
    ),
    reject: prepared((p: { [Column in keyof Omit<VerdictsTable, "seq">]: NonNullable<VerdictsTable[Column]> }) =>
      db.insertInto("verdicts").values({
        log: p.log,
        id: p.id,
        seq: 0,
        account: p.account,
        code: p.code,
        reason: p.reason,
        received_at: p.received_at,
      }),
    ),
    last: prepared((p: { account: string; device: string; log: string }) =>
      db
        .selectFrom("devices")
        .select((select) => [
          "closed_at",
          select
            .selectFrom("device_orders")
            .select("last")
            .where("log", "=", p.log)
            .where("device", "=", p.device)
            .as("last"),
        ])
        .where("account", "=", p.account)
        .where("id", "=", p.device),
    ),
    putOrder: prepared((p: { log: string; device: string; last: string }) =>
      db
        .insertInto("device_orders")
        .values({ log: p.log, device: p.device, last: p.last })
        .onConflict((conflict) => conflict.columns(["log", "device"]).doUpdateSet({ last: p.last })),
    ),
  };
}

export function eventStatements(db: Kysely<Tables>) {
  return {
    tag: prepared((p: { log: string; seq: number }) =>
      db.selectFrom("events").select("tag").where("log", "=", p.log).where("seq", "=", p.seq),
    ),
    receipt: prepared((p: { log: string; seq: number }) =>
      db.selectFrom("events").select(["author", "received_at"]).where("log", "=", p.log).where("seq", "=", p.seq),
    ),
    between: prepared((p: { log: string; after: number; to: number; limit: number }) =>
      db
        .selectFrom("events")
        .selectAll()
        .where("log", "=", p.log)
        .where("seq", ">", p.after)
        .where("seq", "<=", p.to)
        .orderBy("seq")
        .limit(p.limit),
    ),
    touched: prepared((p: { log: string; after: number; to: number; limit: number }) =>
      db
        .selectFrom("events")
        .select("touched")
        .distinct()
        .where("log", "=", p.log)
        .where("seq", ">", p.after)
        .where("seq", "<=", p.to)
        .where("touched", ">", 0)
        .orderBy("touched")
        .limit(p.limit),
    ),
    /** The first one of a thread that happened when its parent was that far. */
    firstUnder: prepared((p: { log: string; parentSeq: number }) =>
      db
        .selectFrom("events")
        .select("seq")
        .where("log", "=", p.log)
        .where("parent_seq", ">=", p.parentSeq)
        // As in the index: the rest has no parent.
        .where("parent_seq", ">", sql.lit(0))
        .orderBy("parent_seq")
        .orderBy("seq")
        .limit(1),
    ),
    /** The last one before a seq that made an entry. */
    lastMaking: prepared((p: { log: string; before: number }) =>
      db
        .selectFrom("events")
        .select("touched")
        .where("log", "=", p.log)
        .where("seq", "<", p.before)
        .where("kind", "in", makingKinds)
        .orderBy("seq", "desc")
        .limit(1),
    ),
    add: prepared((p: EventsTable) =>
      db.insertInto("events").values({
        log: p.log,
        seq: p.seq,
        id: p.id,
        author: p.author,
        sent_at: p.sent_at,
        received_at: p.received_at,
        tag: p.tag,
        parent_seq: p.parent_seq,
        touched: p.touched,
        kind: p.kind,
        facts: p.facts,
      }),
    ),
  };
}

export function entryStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { conversation: string; id: string }) =>
      db
        .selectFrom("verdicts")
        .innerJoin("events", (join) =>
          join.onRef("events.log", "=", "verdicts.log").onRef("events.seq", "=", "verdicts.seq"),
        )
        .innerJoin("entries", (join) =>
          join
            .onRef("entries.conversation", "=", "events.log")
            .onRef("entries.ordinal", "=", "events.touched")
            .onRef("entries.id", "=", "verdicts.id"),
        )
        .selectAll("entries")
        .where("verdicts.log", "=", textOfJoin(p.conversation))
        .where("verdicts.id", "=", textOfJoin(p.id)),
    ),
    between: prepared((p: { conversation: string; from: number; to: number }) =>
      db
        .selectFrom("entries")
        .selectAll()
        .where("conversation", "=", p.conversation)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .orderBy("ordinal"),
    ),
    authorships: prepared((p: { conversation: string; from: number; to: number }) =>
      db
        .selectFrom("entries")
        .select(["ordinal", "author", "kind", "content_rev"])
        .where("conversation", "=", p.conversation)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .where("kind", "in", [...countableKinds, entryKind.deleted])
        .orderBy("ordinal"),
    ),
    countable: prepared((p: { conversation: string; viewer: string; from: number; to: number }) =>
      db
        .selectFrom("entries")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("conversation", "=", p.conversation)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .where("kind", "in", countableKinds)
        .where("author", "!=", p.viewer)
        .where("author", "not in", blockedBy(db, p.viewer)),
    ),
    replies: prepared((p: { conversation: string }) =>
      db
        .selectFrom("entries")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("conversation", "=", p.conversation)
        .where("kind", "in", countableKinds),
    ),
    // By its place: the clock may have been set back before it.
    lastReply: prepared((p: { conversation: string }) =>
      db
        .selectFrom("entries")
        .select("received_at")
        .where("conversation", "=", p.conversation)
        .where("kind", "in", countableKinds)
        .orderBy("ordinal", "desc")
        .limit(1),
    ),
    latestAuthors: prepared((p: { conversation: string; limit: number }) =>
      db
        .selectFrom("entries")
        .select("author")
        .where("conversation", "=", p.conversation)
        .where("kind", "in", countableKinds)
        .groupBy("author")
        .orderBy((order) => order.fn.max("ordinal"), "desc")
        .limit(p.limit),
    ),
    add: prepared((p: EntriesTable) =>
      db.insertInto("entries").values({
        conversation: p.conversation,
        ordinal: p.ordinal,
        id: p.id,
        seq: p.seq,
        rev: p.rev,
        content_rev: p.content_rev,
        author: p.author,
        sent_at: p.sent_at,
        received_at: p.received_at,
        kind: p.kind,
        body: p.body,
      }),
    ),
    change: prepared((p: Pick<EntriesTable, "conversation" | "ordinal" | "rev" | "content_rev" | "kind" | "body">) =>
      db
        .updateTable("entries")
        .set({ rev: p.rev, content_rev: p.content_rev, kind: p.kind, body: p.body })
        .where("conversation", "=", p.conversation)
        .where("ordinal", "=", p.ordinal),
    ),
    changeRev: prepared((p: Pick<EntriesTable, "conversation" | "ordinal" | "rev">) =>
      db
        .updateTable("entries")
        .set({ rev: p.rev })
        .where("conversation", "=", p.conversation)
        .where("ordinal", "=", p.ordinal),
    ),
  };
}

export function reactionStatements(db: Kysely<Tables>) {
  return {
    between: prepared((p: { conversation: string; from: number; to: number }) =>
      db
        .selectFrom("reactions")
        .selectAll()
        .where("conversation", "=", p.conversation)
        .where("ordinal", ">=", p.from)
        .where("ordinal", "<=", p.to)
        .orderBy("ordinal")
        .orderBy("since"),
    ),
    add: prepared((p: ReactionsTable) =>
      db.insertInto("reactions").values({
        conversation: p.conversation,
        ordinal: p.ordinal,
        emoji: p.emoji,
        since: p.since,
        accounts: p.accounts,
      }),
    ),
    change: prepared((p: Omit<ReactionsTable, "since">) =>
      db
        .updateTable("reactions")
        .set({ accounts: p.accounts })
        .where("conversation", "=", p.conversation)
        .where("ordinal", "=", p.ordinal)
        .where("emoji", "=", p.emoji),
    ),
    remove: prepared((p: Pick<ReactionsTable, "conversation" | "ordinal" | "emoji">) =>
      db
        .deleteFrom("reactions")
        .where("conversation", "=", p.conversation)
        .where("ordinal", "=", p.ordinal)
        .where("emoji", "=", p.emoji),
    ),
  };
}
