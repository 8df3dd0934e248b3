import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RetryCode } from "@parley/protocol";
import { unlimited } from "../../executor/rate-limiter.ts";
import { groupOf, orderAfter, Stage, seqOf, text, textsOf } from "../../testing/log-stage.ts";
import { migrate } from "../migrations/migrate.ts";
import { migrations } from "../migrations/migrations.ts";
import { StoreError } from "../store-error.ts";
import { openForReading, openForWriting } from "./open-database.ts";
import { LOG_FILE, openSqliteLog } from "./open-sqlite-log.ts";
import { openSqliteLogInProcess } from "./open-sqlite-log-in-process.ts";
import { declareRestored } from "./restore.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const clock = { now: () => 1_000 };
const mintId = () => "incarnation";
const open = () => openSqliteLog({ folder, verdictRule: undefined });
const path = () => join(folder, LOG_FILE);

/** The kind of the error with which a log refuses to open. */
async function refusal(): Promise<string | undefined> {
  try {
    const { reader, writer } = await open();
    await reader.close();
    await writer.close();
    return undefined;
  } catch (error) {
    return error instanceof StoreError ? error.kind : String(error);
  }
}

describe("opening", () => {
  test("data of a newer version are left alone", async () => {
    const connection = new SqliteConnection(openForWriting(path()));
    await migrate(connection, sqliteDialect(), [...migrations, () => []]);
    await connection.close();
    const before = readFileSync(path());
    expect(await refusal()).toBe("newer");
    expect(readFileSync(path()).equals(before)).toBe(true);
  });

  test("a file that is no database is not touched", async () => {
    writeFileSync(path(), "Somebody's notes. ".repeat(100));
    expect(await refusal()).toBe("corrupt");
    expect(readFileSync(path(), "utf8")).toStartWith("Somebody's notes.");
  });

  test("another program's database is not touched", async () => {
    const other = new Database(path(), { create: true });
    other.run("CREATE TABLE notes (text)");
    other.close();
    const before = readFileSync(path());
    expect(await refusal()).toBe("corrupt");
    expect(readFileSync(path()).equals(before)).toBe(true);
  });

  test("a damaged database is noticed", async () => {
    expect(await refusal()).toBeUndefined();
    const bytes = readFileSync(path());
    bytes.fill(0xaa, 100, 3_000);
    writeFileSync(path(), bytes);
    expect(await refusal()).toBe("corrupt");
  });

  test("a place where no file can be made is noticed", async () => {
    folder = join(folder, "missing");
    expect(await refusal()).toBe("unwritable");
    folder = join(folder, "..");
  });

  test("a file that cannot be written is noticed", async () => {
    expect(await refusal()).toBeUndefined();
    chmodSync(path(), 0o400);
    // The superuser may write whatever the permissions say.
    expect(await refusal()).toBe(process.getuid?.() === 0 ? undefined : "unwritable");
  });

  test("each step of the schema is taken once, and one that fails leaves nothing behind", async () => {
    const connection = new SqliteConnection(openForWriting(path()));
    const dialect = sqliteDialect();
    const { schema } = dialect.compiler;
    const extra = () => [schema.createTable("extra").addColumn("id", "text")];
    const broken = () => [schema.createTable("more").addColumn("id", "text"), schema.dropTable("nothing")];
    await migrate(connection, dialect, [...migrations, extra]);
    await migrate(connection, dialect, [...migrations, extra]);
    await expect(migrate(connection, dialect, [...migrations, extra, broken])).rejects.toThrow("nothing");
    const repaired = () => [schema.createTable("more").addColumn("id", "text")];
    await migrate(connection, dialect, [...migrations, extra, repaired]);
    await connection.close();
  });

  test("the settings protect what was acknowledged and what was erased", () => {
    const database = openForWriting(path());
    const pragma = (name: string) => Object.values(database.query(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma("journal_mode"), pragma("synchronous"), pragma("secure_delete")]).toEqual(["wal", 2, 1]);
    const reading = openForReading(path());
    expect(() => reading.run("CREATE TABLE t (a)")).toThrow();
    reading.close();
    database.close();
  });
});

describe("the store", () => {
  test("[LOG6] [LOG5] keeps content once, and keeps none of what was erased", async () => {
    const log = await open();
    const stage = new Stage(log);
    const ann = await stage.person("Ann");
    const conversation = await stage.group(ann, []);
    const target = await ann.must(conversation, text("the password is swordfish"));
    await log.reader.close();
    await log.writer.close();
    expect(occurrences("swordfish")).toBe(1);
    const again = await open();
    stage.log = again;
    await ann.must(conversation, { case: "delete", value: { target } });
    await again.reader.close();
    await again.writer.close();
    expect(occurrences("swordfish")).toBe(0);
  });

  test("[CMD6] a full disk records nothing, and is over when there is space again", async () => {
    const database = openForWriting(path());
    const log = await openSqliteLogInProcess({ database, clock, mintId, collaborators: { limiter: unlimited } });
    const stage = new Stage(log);
    const ann = await stage.person("Ann");
    const conversation = await stage.group(ann, []);
    const pages = Number(Object.values(database.query("PRAGMA page_count").get() ?? {})[0]);
    database.run(`PRAGMA max_page_count = ${pages}`);
    const posts = Array.from({ length: 40 }, () => ann.prepare(conversation, text("x".repeat(4_000))));
    const { answers, published } = await log.writer.execute(posts);
    expect(new Set(answers.map(({ outcome }) => outcome.case))).toEqual(new Set(["retry"]));
    expect(answers[0]?.outcome.value).toMatchObject({ code: RetryCode.STORAGE_FULL });
    expect(published).toEqual([]);
    expect(textsOf(await ann.page(conversation))).toEqual(["created"]);
    database.run("PRAGMA max_page_count = 100000");
    expect((await log.writer.execute(posts)).answers.map(seqOf).at(-1)).toBe(41);
    await log.writer.close();
  });

  test("stops when a commit fails", async () => {
    const database = new Database(":memory:", { strict: true });
    const log = await openSqliteLogInProcess({ database, clock, mintId, collaborators: { limiter: unlimited } });
    const stage = new Stage(log);
    const ann = await stage.person("Ann");
    const conversation = await stage.group(ann, []);
    // A deferred constraint that is checked at COMMIT.
    database.run("PRAGMA foreign_keys = ON");
    database.run("CREATE TABLE parent (id TEXT PRIMARY KEY)");
    database.run("CREATE TABLE child (id TEXT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
    database.run("CREATE TRIGGER spoil AFTER INSERT ON entries BEGIN INSERT INTO child VALUES ('orphan'); END");
    await expect(ann.send(conversation, text("x"))).rejects.toMatchObject({ kind: "stopped" });
    await expect(stage.person("Bob")).rejects.toMatchObject({ kind: "stopped" });
  });

  test("refuses work once it is closed", async () => {
    const log = await open();
    const stage = new Stage(log);
    const ann = await stage.person("Ann");
    await log.reader.close();
    await log.writer.close();
    const creation = ann.submission(stage.id(), groupOf([]), orderAfter(undefined));
    await expect(log.writer.execute([creation])).rejects.toMatchObject({ kind: "stopped" });
  });

  test("[INC1] a restored backup begins a new incarnation", async () => {
    const first = await open();
    const before = await first.reader.incarnation();
    await first.reader.close();
    await first.writer.close();
    const minted = await declareRestored(folder);
    expect(minted).not.toBe(before);
    const second = await open();
    expect(await second.reader.incarnation()).toBe(minted);
    await second.reader.close();
    await second.writer.close();
  });
});

/** How often some words are found in the files of the log. */
function occurrences(words: string): number {
  const contents = [path(), `${path()}-wal`].map((file) => {
    try {
      return readFileSync(file, "latin1");
    } catch {
      return "";
    }
  });
  return contents.join("").split(words).length - 1;
}
