import { type Kysely, sql } from "kysely";
import { prepared } from "../prepared.ts";
import type { DevicesTable, ProfilesTable, Tables } from "../tables.ts";
import { textOfJoin } from "./text-of-join.ts";

export function deviceStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { id: string }) => db.selectFrom("devices").selectAll().where("id", "=", p.id)),
    open: prepared((p: { account: string }) =>
      db
        .selectFrom("devices")
        .selectAll()
        .where("account", "=", p.account)
        .where("closed_at", "=", 0)
        .orderBy("created_at")
        .orderBy("id"),
    ),
    openOfSession: prepared((p: { session: string }) =>
      db.selectFrom("devices").selectAll().where("session", "=", p.session).where("closed_at", "=", 0),
    ),
    lastSeen: prepared((p: { account: string }) =>
      db
        .selectFrom("devices")
        .select((select) => select.fn.max<number | null>("last_seen_at").as("at"))
        .where("account", "=", p.account),
    ),
    seen: prepared((p: { account: string; id: string; at: number }) =>
      db
        .updateTable("devices")
        .set({ last_seen_at: p.at })
        .where("account", "=", p.account)
        .where("id", "=", p.id)
        .where("last_seen_at", "<", p.at),
    ),
    forgetClosed: prepared((p: { account: string; keep: number }) =>
      db
        .deleteFrom("devices")
        .where("account", "=", p.account)
        .where("closed_at", "!=", 0)
        .where((where) =>
          where(
            "id",
            "not in",
            where
              .selectFrom("devices as kept")
              .select("kept.id")
              .where("kept.account", "=", p.account)
              .where("kept.closed_at", "!=", 0)
              .orderBy("kept.closed_at", "desc")
              .orderBy("kept.id", "desc")
              .limit(p.keep),
          ),
        ),
    ),
    put: prepared((p: DevicesTable) =>
      db
        .insertInto("devices")
        .values({
          account: p.account,
          id: p.id,
          session: p.session,
          name: p.name,
          created_at: p.created_at,
          last_seen_at: p.last_seen_at,
          closed_at: p.closed_at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["account", "id"])
            .doUpdateSet({ session: p.session, name: p.name, last_seen_at: p.last_seen_at, closed_at: p.closed_at }),
        ),
    ),
  };
}

export function accountStatements(db: Kysely<Tables>) {
  return {
    head: prepared((p: { account: string }) =>
      db.selectFrom("account_events").select("seq").where("account", "=", p.account).orderBy("seq", "desc").limit(1),
    ),
    state: prepared((p: { account: string }) =>
      db
        .selectFrom("account_events")
        .select((select) => [
          "seq",
          select.selectFrom("preferences").select("account").where("account", "=", p.account).limit(1).as("prefers"),
          select.selectFrom("saved_messages").select("account").where("account", "=", p.account).limit(1).as("saves"),
          select.selectFrom("hidden_messages").select("account").where("account", "=", p.account).limit(1).as("hides"),
          select
            .selectFrom("scheduled_messages")
            .select("account")
            .where("account", "=", p.account)
            .limit(1)
            .as("schedules"),
          select.selectFrom("blocked_people").select("account").where("account", "=", p.account).limit(1).as("blocks"),
          select.selectFrom("reminders").select("account").where("account", "=", p.account).limit(1).as("reminds"),
        ])
        .where("account", "=", p.account)
        .orderBy("seq", "desc")
        .limit(1),
    ),
    events: prepared((p: { account: string; after: number; limit: number }) =>
      db
        .selectFrom("account_events")
        .selectAll()
        .where("account", "=", p.account)
        .where("seq", ">", p.after)
        .orderBy("seq")
        .limit(p.limit),
    ),
    receivedAt: prepared((p: { account: string; seq: number }) =>
      db.selectFrom("account_events").select("received_at").where("account", "=", p.account).where("seq", "=", p.seq),
    ),
    addEvent: prepared((p: { account: string; seq: number; id: string; received_at: number; body: Uint8Array }) =>
      db
        .insertInto("account_events")
        .values({ account: p.account, seq: p.seq, id: p.id, received_at: p.received_at, body: p.body }),
    ),
    rejections: prepared((p: { account: string }) =>
      db.selectFrom("accounts").select(["rejections", "rejections_since"]).where("account", "=", p.account),
    ),
    putRejections: prepared((p: { account: string; count: number; since: number }) =>
      db
        .insertInto("accounts")
        .values({ account: p.account, rejections: p.count, rejections_since: p.since })
        .onConflict((conflict) =>
          conflict.column("account").doUpdateSet({ rejections: p.count, rejections_since: p.since }),
        ),
    ),
  };
}

export function privacyStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { account: string }) =>
      db.selectFrom("privacy").select(["rev", "hides_reads", "hides_presence"]).where("account", "=", p.account),
    ),
    put: prepared((p: { account: string; rev: number; hides_reads: number; hides_presence: number }) => {
      const state = { rev: p.rev, hides_reads: p.hides_reads, hides_presence: p.hides_presence };
      return db
        .insertInto("privacy")
        .values({ account: p.account, ...state })
        .onConflict((conflict) => conflict.column("account").doUpdateSet(state));
    }),
  };
}

export function profileStatements(db: Kysely<Tables>) {
  return {
    find: prepared((p: { account: string }) => db.selectFrom("profiles").selectAll().where("account", "=", p.account)),
    acquaintances: prepared((p: { account: string }) =>
      db
        .selectFrom("profiles")
        .selectAll()
        .where((where) =>
          where.or([
            where("account", "=", textOfJoin(p.account)),
            where(
              "account",
              "in",
              where
                .selectFrom("members as mine")
                .innerJoin("members as theirs", "theirs.conversation", "mine.conversation")
                .select("theirs.account")
                .where("mine.account", "=", textOfJoin(p.account))
                // Of a conversation that one has left, whoever came after that is not known.
                .where((where) =>
                  where.or([where("mine.present", "=", sql.lit(1)), where("theirs.rev", "<=", where.ref("mine.rev"))]),
                ),
            ),
          ]),
        )
        .orderBy("account"),
    ),
    // Two ranges of keys, as every database can search them by index.
    findPeople: prepared((p: { from: string; to: string; limit: number }) =>
      db
        .selectFrom("profiles")
        .selectAll()
        .where((where) =>
          where.or([
            where.and([where("user_key", ">=", p.from), where("user_key", "<", p.to)]),
            where.and([where("display_key", ">=", p.from), where("display_key", "<", p.to)]),
          ]),
        )
        .orderBy("display_key")
        .orderBy("account")
        .limit(p.limit),
    ),
    put: prepared((p: ProfilesTable) =>
      db
        .insertInto("profiles")
        .values({ account: p.account, ...names(p) })
        .onConflict((conflict) => conflict.column("account").doUpdateSet(names(p))),
    ),
  };
}

function names(p: ProfilesTable): Omit<ProfilesTable, "account"> {
  return {
    user_name: p.user_name,
    display_name: p.display_name,
    rev: p.rev,
    user_key: p.user_key,
    display_key: p.display_key,
  };
}
