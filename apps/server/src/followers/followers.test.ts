import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { unlimited } from "../executor/rate-limiter.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { Stage, text } from "../testing/log-stage.ts";

async function play() {
  const database = new Database(":memory:", { strict: true });
  const clock = { now: () => 1_000 };
  const collaborators = { limiter: unlimited };
  const log = await openSqliteLogInProcess({ database, clock, mintId: () => "incarnation", collaborators });
  const stage = new Stage(log);
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  return { database, stage, ann, bob };
}

test("[SYN8] a follower that lost its cursor does nothing twice", async () => {
  const { database, stage, ann, bob } = await play();
  const conversation = await stage.group(ann, [bob]);
  expect((await stage.log.writer.follow()).written).toHaveLength(2);
  database.run("DELETE FROM cursors");
  database.run("INSERT INTO dirty (conversation, shard, since, head) VALUES (?, 0, 1, 1)", [conversation]);
  expect((await stage.log.writer.follow()).written).toEqual([]);
  expect((await bob.resume()).accountHead).toBe(1);
});

test("[SYN8] a turn that dies is undone as a whole, and taken up again", async () => {
  const { database, stage, ann, bob } = await play();
  await stage.group(ann, [bob]);
  // The second account event of the turn cannot be stored.
  database.run(`CREATE TRIGGER dying AFTER INSERT ON account_events WHEN NEW.account = '${bob.account}'
    BEGIN SELECT RAISE (ABORT, 'died'); END`);
  await expect(stage.log.writer.follow()).rejects.toThrow("died");
  expect((await ann.resume()).accountHead).toBe(0);
  database.run("DROP TRIGGER dying");
  expect((await stage.log.writer.follow()).written.map(({ account }) => account)).toEqual([ann.account, bob.account]);
});

test("work far behind other events is found, however many there are", async () => {
  const { stage, ann, bob } = await play();
  const conversation = await stage.group(ann, []);
  await stage.log.writer.follow();
  const posts = Array.from({ length: 200 }, (_, index) => ann.prepare(conversation, text(`${index}`)));
  await stage.log.writer.execute(posts);
  await ann.must(conversation, { case: "addMembers", value: { accounts: [bob.account] } });
  await stage.log.writer.execute(
    Array.from({ length: 200 }, (_, index) => ann.prepare(conversation, text(`${index}`))),
  );
  await ann.must(conversation, { case: "removeMembers", value: { accounts: [bob.account] } });
  const cases: (string | undefined)[] = [];
  for (;;) {
    const { written } = await stage.log.writer.follow();
    if (written.length === 0) break;
    cases.push(...written.map(({ event }) => event.body.case));
  }
  expect(cases).toEqual(["joined", "parted"]);
});
