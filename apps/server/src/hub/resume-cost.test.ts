/** What a return asks of the databases, through the front door: an upgrade with a session, Hello, Welcome, and what was missed. */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Head } from "@parley/protocol";
import { beginThread, createGroup, freshId, post, RawDevice, setFollowing, signUp, temporaryFolder } from "@parley/rig";
import { readConfig } from "../config/read-config.ts";
import { type RunningNode, startNode } from "../start-node.ts";
import type { HubRead } from "../store/sqlite/hub-reads.ts";
import { openReader } from "../store/sqlite/open-reader.ts";
import { LOG_FILE } from "../store/sqlite/open-sqlite-log.ts";
import type { ReadingOrder } from "../store/sqlite/reading-messages.ts";
import type { Order } from "../store/sqlite/thread-messages.ts";

const CONVERSATIONS = 20;
/** What bringing one conversation up to date takes. */
const READS_OF_CHANGES = 5;

let folder: string;
let node: RunningNode;
const tables: string[] = [];
const { prepare } = Database.prototype;
const { postMessage } = Worker.prototype;

beforeAll(async () => {
  Reflect.set(Database.prototype, "prepare", prepareNoted);
  Reflect.set(Worker.prototype, "postMessage", postNoted);
  folder = temporaryFolder();
  const config = readConfig({ PARLEY_DATA: folder, PORT: "0" });
  const onBroken = (error: unknown) => {
    throw error;
  };
  node = await startNode({ config, webFolder: folder, onBroken });
});

afterAll(async () => {
  await node.stop();
  Reflect.set(Database.prototype, "prepare", prepare);
  Reflect.set(Worker.prototype, "postMessage", postMessage);
  rmSync(folder, { recursive: true });
});

/** Notes what the thread is asked for that reads for the hub. */
function postNoted(this: Worker, order: ReadingOrder | Order): void {
  if (order.kind === "read") tables.push(...asked(order.read));
  Reflect.apply(postMessage, this, [order]);
}

/** The tables that statements of a read begin with: one for each run of entries, at least one for each conversation and account; the conversation that is brought up to date. */
function asked(read: HubRead): readonly string[] {
  switch (read.method) {
    case "attendance":
      return ["members"];
    case "rooms":
      return read.conversations.map(() => "conversations");
    case "authorships":
      return read.runs.map(() => "entries");
    case "catchUp":
      return [read.request.conversation];
  }
}

/** Notes the table that each statement of this thread begins with, whenever it is run. What is written, is written by another thread. */
function prepareNoted(this: Database, sql: string): unknown {
  const statement: object = Reflect.apply(prepare, this, [sql]);
  const table = /\bfrom "?(\w+)/i.exec(sql)?.[1] ?? sql;
  // The runtime gives each statement methods of its own.
  for (const method of ["get", "all"]) {
    const run: unknown = Reflect.get(statement, method);
    if (typeof run !== "function") throw new TypeError(`A statement has no ${method}.`);
    Object.defineProperty(statement, method, {
      value(...values: unknown[]): unknown {
        tables.push(table);
        return Reflect.apply(run, statement, values);
      },
    });
  }
  return statement;
}

test("a return costs the session, the device, and reads of what changed: no password, nothing for other conversations", async () => {
  const ada = await signUp(node.localUrl, "ada");
  const ben = await signUp(node.localUrl, "ben");
  const adas = new RawDevice(node.localUrl, ada.token);
  await adas.hello();
  const logs = Array.from({ length: CONVERSATIONS }, freshId);
  for (const log of logs) await adas.submit([createGroup(log, [ben.account]), post(log, "hello")]);

  const id = freshId();
  /** Ben's device comes with what it held when it left, is caught up, and goes. */
  const back = async (before?: Awaited<ReturnType<RawDevice["hello"]>>, missed = 0) => {
    const device = new RawDevice(node.localUrl, ben.token, "proto", id);
    const welcome = await device.hello(
      before && { ...before, heads: before.conversations.flatMap(({ head }): Head[] => (head ? [head] : [])) },
    );
    for (let index = 0; index < missed; index++) await device.next("changes");
    device.close();
    await device.closed;
    return welcome;
  };
  await back();
  let held = await back();
  expect(held.conversations).toHaveLength(CONVERSATIONS);

  tables.length = 0;
  await back(held);
  expect(tables).toEqual(["session", "user", "devices"]);

  const [log = ""] = logs;
  const root = post(log, "a thread begins here");
  const thread = beginThread(log, root.id);
  await adas.submit([root, thread]);
  const bens = new RawDevice(node.localUrl, ben.token, "proto", id);
  await bens.hello();
  await bens.submit([setFollowing(thread.log, true), setFollowing(thread.log, false)]);
  bens.close();
  await bens.closed;
  held = await back(held, 1);
  tables.length = 0;
  await back(held);
  expect(tables).toEqual(["session", "user", "devices"]);

  for (const changed of [1, 2]) {
    for (const log of logs.slice(0, changed)) await adas.submit([post(log, "news")]);
    tables.length = 0;
    held = await back(held, changed);
    expect(tables.slice(0, 3)).toEqual(["session", "user", "devices"]);
    // Of each that changed, what is unread is counted, and it is brought up to date.
    const asked = logs.slice(0, changed).flatMap((log) => ["entries", log]);
    expect(tables.slice(3).sort()).toEqual(asked.sort());
  }

  const reader = openReader(join(folder, LOG_FILE));
  const since = held.conversations.find(({ head }) => head?.conversation === logs[0])?.head;
  if (since === undefined) throw new Error("Ben does not hold what Ada wrote to.");
  await adas.submit([post(since.conversation, "more")]);
  tables.length = 0;
  expect(await reader.catchUp(ben.account, { conversation: since.conversation, since })).toMatchObject({ entries: 1 });
  expect(tables).toHaveLength(READS_OF_CHANGES);
  await reader.close();
});
