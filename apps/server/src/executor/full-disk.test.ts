import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { freshId } from "@parley/rig";
import type { SnapshotSource, Transactor } from "../log/log-store.ts";
import type { LogTransaction } from "../log/log-transaction.ts";
import { openTransactor } from "../store/open-log.ts";
import { prepareForWriting } from "../store/sqlite/open-database.ts";
import { SqliteConnection } from "../store/sqlite/sqlite-connection.ts";
import { sqliteDialect } from "../store/sqlite/sqlite-dialect.ts";
import { StoreError } from "../store/store-error.ts";
import { Turns } from "../store/turns.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { composeWriter } from "./compose-writer.ts";

/** A device that comes back after this long would be written again. */
const LONG_AFTER_MS = 60 * 60 * 1_000;
const WRITES = /^(put|add|accept|reject|close)/;

/** A disk that can be filled: from then on every write of a transaction fails, and every read goes on. */
class FillableTransactor implements Transactor {
  full = false;
  readonly #inner: Transactor;

  constructor(inner: Transactor) {
    this.#inner = inner;
  }

  write<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T> {
    return this.#inner.write((transaction) => work(this.full ? withoutSpace(transaction) : transaction));
  }

  close(): ReturnType<SnapshotSource["close"]> {
    return this.#inner.close();
  }
}

function withoutSpace(transaction: LogTransaction): LogTransaction {
  return new Proxy(transaction, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (!WRITES.test(String(name))) return member.bind(target);
      return () => Promise.reject(new StoreError("full", "There is no space left."));
    },
  });
}

async function setUp() {
  const clock = new ManualClock();
  const database = new Database(":memory:", { strict: true });
  prepareForWriting(database);
  const connection = new SqliteConnection(database);
  const disk = new FillableTransactor(await openTransactor(connection, sqliteDialect(), new Turns(), freshId));
  const writer = composeWriter({ transactor: disk, clock });
  const registration = { account: freshId(), session: freshId(), device: freshId(), name: "Browser" };
  await writer.registerDevice(registration);
  await clock.advance(LONG_AFTER_MS);
  disk.full = true;
  return { disk, writer, registration };
}

describe("with a full disk", () => {
  test("[CMD6] a device that is known may connect", async () => {
    const { writer, registration } = await setUp();
    expect(await writer.registerDevice(registration)).toEqual({
      kind: "open",
      replaced: undefined,
      abandoned: undefined,
      crowdedOut: undefined,
    });
  });

  test("a device of somebody else is refused as ever", async () => {
    const { writer, registration } = await setUp();
    expect(await writer.registerDevice({ ...registration, account: freshId() })).toEqual({ kind: "refused" });
  });

  test("a new device has to wait until there is space", async () => {
    const { disk, writer, registration } = await setUp();
    const fresh = { ...registration, device: freshId(), session: freshId() };
    const refusal = await writer.registerDevice(fresh).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: "full" });
    disk.full = false;
    expect(await writer.registerDevice(fresh)).toMatchObject({ kind: "open" });
  });

  test("a write that fails for want of space does not take another with it that needs none", async () => {
    const { writer, registration } = await setUp();
    const fresh = { ...registration, device: freshId(), session: freshId() };
    const both = [writer.registerDevice(fresh), writer.registerDevice(registration)];
    const [failed, found] = await Promise.allSettled(both);
    expect(failed?.status).toBe("rejected");
    const value = { kind: "open", replaced: undefined, abandoned: undefined, crowdedOut: undefined } as const;
    expect(found).toEqual({ status: "fulfilled", value });
  });
});
