/** What a posted message costs, in numbers that do not depend on the machine. They may go down; what makes them go up has to be worth it. */
import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unlimited } from "../executor/rate-limiter.ts";
import { Stage, type TestDevice, text } from "../testing/log-stage.ts";
import { openLog } from "./open-log.ts";
import type { Prepared } from "./prepared.ts";
import { openForWriting } from "./sqlite/open-database.ts";
import { openSqliteLog } from "./sqlite/open-sqlite-log.ts";
import { SqliteConnection } from "./sqlite/sqlite-connection.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";

const WORDS = "x".repeat(200);

describe("a post by a known device", () => {
  const alone = { reads: 4, writes: 5, transactions: 1 };

  test("alone takes nine statements in one transaction", async () => {
    const { connection, post } = await setUp(new Database(":memory:", { strict: true }), 1);
    await post(1);
    expect(connection.counts).toEqual(alone);
  });

  test("in a batch of one conversation takes four, and the rest once", async () => {
    const { connection, post } = await setUp(new Database(":memory:", { strict: true }), 1);
    await post(64);
    expect(connection.counts).toEqual({ reads: 64 + 3, writes: 64 * 3 + 2, transactions: 1 });
  });

  test("in a batch of many conversations takes what it takes alone, without its transaction", async () => {
    const { connection, post } = await setUp(new Database(":memory:", { strict: true }), 64);
    await post(64);
    expect(connection.counts).toEqual({ reads: 64 * alone.reads, writes: 64 * alone.writes, transactions: 1 });
  });
});

describe("a mark", () => {
  test("takes two writes where it moves; one read tells whether it does, and another whether what was read is told", async () => {
    const { connection, post, mark } = await setUp(new Database(":memory:", { strict: true }), 1);
    await post(4);
    const costOf = async (delivered: number, read: number) => {
      connection.counts = { reads: 0, writes: 0, transactions: 0 };
      await mark(delivered, read);
      return connection.counts;
    };
    expect(await costOf(3, 0)).toEqual({ reads: 1, writes: 2, transactions: 1 });
    expect(await costOf(3, 3)).toEqual({ reads: 2, writes: 2, transactions: 1 });
    expect(await costOf(3, 3)).toEqual({ reads: 1, writes: 0, transactions: 1 });
  });
});

describe("a post of 200 characters, in the write-ahead log", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "parley-bytes-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Bytes for each post, once each conversation has some. */
  async function bytesPerPost(conversations: number, batch: number): Promise<number> {
    const path = join(folder, "log.db");
    const database = openForWriting(path);
    // Waiting for the disk changes nothing in what is written.
    database.run("PRAGMA synchronous = OFF");
    // The file must not be written anew while its growth is measured.
    database.run("PRAGMA wal_autocheckpoint = 0");
    const { connection, post } = await setUp(database, conversations);
    for (let batches = 0; batches < 10; batches++) await post(64);
    const before = statSync(`${path}-wal`).size;
    const posts = 256;
    for (let posted = 0; posted < posts; posted += batch) await post(batch);
    const bytes = statSync(`${path}-wal`).size - before;
    await connection.close();
    return bytes / posts;
  }

  test.each([
    ["alone", 64, 1, 33_500],
    ["in a batch of many conversations", 64, 64, 9_300],
    ["in a batch of eight conversations", 8, 64, 5_200],
    ["in a batch of one conversation", 1, 64, 2_000],
  ])("%s", async (_, conversations, batch, limit) => {
    const bytes = await bytesPerPost(conversations, batch);
    expect(bytes).toBeLessThanOrEqual(limit);
    // A limit that is far away guards nothing.
    expect(bytes).toBeGreaterThan(limit * 0.9);
  });

  test("crosses to the writer's thread and back in one message for each batch", async () => {
    const posting = spyOn(Worker.prototype, "postMessage");
    const log = await openSqliteLog({ folder, verdictRule: undefined });
    const [thread] = posting.mock.contexts;
    const stage = new Stage(log);
    const [device] = (await placesOf(stage, 1)).posts;
    if (!(thread instanceof Worker) || device === undefined) throw new Error("unreachable");
    posting.mockClear();
    let back = 0;
    thread.addEventListener("message", () => back++);
    await log.writer.execute(Array.from({ length: 64 }, () => device()));
    expect([posting.mock.calls.length, back]).toEqual([1, 1]);
    posting.mockRestore();
    await log.reader.close();
    await log.writer.close();
  });
});

async function setUp(database: Database, conversations: number) {
  const connection = new CountingConnection(database);
  const clock = { now: () => 1_000 };
  const collaborators = { limiter: unlimited };
  const log = await openLog({ connection, dialect: sqliteDialect(), clock, mintId: () => "one", collaborators });
  const { posts: places, marks } = await placesOf(new Stage(log), conversations);
  connection.counts = { reads: 0, writes: 0, transactions: 0 };
  let next = 0;
  return {
    connection,
    mark: (delivered: number, read: number) =>
      log.writer.mark(marks[0]?.account ?? "", { conversation: marks[0]?.conversation ?? "", delivered, read }),
    post: (count: number) =>
      log.writer.execute(Array.from({ length: count }, () => places[next++ % places.length]?.()).filter(isPresent)),
  };
}

/** Direct conversations, each with a device that posts to it, and with somebody who reads there. */
async function placesOf(stage: Stage, count: number) {
  const posts: (() => ReturnType<TestDevice["prepare"]>)[] = [];
  const marks: { readonly account: string; readonly conversation: string }[] = [];
  for (let index = 0; index < count; index++) {
    const [ann, bob] = await stage.people("Ann", "Bob");
    if (ann === undefined || bob === undefined) throw new Error("unreachable");
    const conversation = await stage.direct(ann, bob);
    posts.push(() => ann.prepare(conversation, text(WORDS)));
    marks.push({ account: bob.account, conversation });
  }
  return { posts, marks };
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Counts what runs on it. */
class CountingConnection extends SqliteConnection {
  counts = { reads: 0, writes: 0, transactions: 0 };

  override all<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row[]> {
    this.counts.reads++;
    return super.all(statement, parameters);
  }

  override first<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters) {
    this.counts.reads++;
    return super.first(statement, parameters);
  }

  override run<Parameters>(statement: Prepared<Parameters, unknown>, parameters: Parameters): Promise<void> {
    this.counts.writes++;
    return super.run(statement, parameters);
  }

  override begin(mode: "read" | "write"): Promise<void> {
    this.counts.transactions++;
    return super.begin(mode);
  }
}
