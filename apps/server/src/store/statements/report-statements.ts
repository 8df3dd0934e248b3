import type { Kysely } from "kysely";
import { prepared } from "../prepared.ts";
import type { ReportsTable, Tables } from "../tables.ts";

export function reportStatements(db: Kysely<Tables>) {
  return {
    open: prepared((p: { limit: number }) =>
      db.selectFrom("reports").selectAll().where("closed_at", "=", 0).orderBy("received_at").limit(p.limit),
    ),
    closed: prepared((p: { after: number; limit: number }) =>
      db.selectFrom("reports").selectAll().where("closed_at", ">", p.after).orderBy("closed_at").limit(p.limit),
    ),
    use: prepared((p: { account: string; since: number }) =>
      db
        .selectFrom("reports")
        .select((select) => [
          select.fn.countAll<number>().as("count"),
          select.fn.coalesce(select.fn.sum<number>("bytes"), select.lit(0)).as("bytes"),
        ])
        .where("account", "=", p.account)
        .where("received_at", ">", p.since),
    ),
    add: prepared((p: ReportsTable) =>
      db.insertInto("reports").values({
        account: p.account,
        id: p.id,
        received_at: p.received_at,
        closed_at: p.closed_at,
        bytes: p.bytes,
        report: p.report,
      }),
    ),
    close: prepared((p: { account: string; id: string; at: number }) =>
      db
        .updateTable("reports")
        .set({ closed_at: p.at })
        .where("account", "=", p.account)
        .where("id", "=", p.id)
        .where("closed_at", "=", 0),
    ),
    forget: prepared((p: { account: string; id: string }) =>
      db.deleteFrom("reports").where("account", "=", p.account).where("id", "=", p.id),
    ),
  };
}
