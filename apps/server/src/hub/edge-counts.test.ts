import { heapStats } from "bun:jsc";
import { describe, expect, test } from "bun:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { CommandSchema, type Head, OrderSchema } from "@parley/protocol";
import { addMembers, createGroup, freshId, post } from "@parley/rig";
import { type Counted, CountedEdge, group, send } from "../testing/counted-edge.ts";

/** A device whose account and rooms are known already; with some that the test itself keeps. A Hello that something keeps would be three for each conversation. */
const OBJECTS_OF_IDLE_DEVICE = 20;

/** Sent to 64 devices each: one object that is kept for each message would be 2,000, one for each delivery 128,000. */
const MESSAGES = 2_000;
/** In a frame, so that no device is silent for too long. */
const TOGETHER = 10;
const OBJECTS_OF_MESSAGES = 1_000;

describe("a message costs the edge", () => {
  test("in a conversation of two: one event for each, one answer, and no read", async () => {
    const { edge, devices, first, log } = await group(2);
    await edge.submit(first, post(log, "hello"));
    expect(devices.map(({ socket }) => socket.kinds().sort())).toEqual([["answers", "event"], ["event"]]);
    expect(edge.reads).toEqual({});
    expect(edge.writes["execute"]).toBe(1);
  });

  test("in one of 31, which no topic serves: one encoding for each way of writing, however many devices", async () => {
    const { edge, devices, first, log } = await group(31);
    await edge.submit(first, post(log, "hello"));
    const events = devices.flatMap(({ socket }) => {
      const kinds = socket.kinds();
      return socket.frames.filter((_, index) => kinds[index] === "event");
    });
    expect(events).toHaveLength(31);
    // Frames in bytes are the same object where they were encoded once.
    expect(new Set(events).size).toBe(2);
    expect(edge.handOuts).toEqual({ send: 31 });
    expect(edge.reads).toEqual({});
  });

  test("in a large one: one encoding for each way of writing, however many devices", async () => {
    const { edge, devices, first, log } = await group(64);
    await edge.submit(first, post(log, "hello"));
    expect(first.socket.all("event")).toHaveLength(1);
    const frames = devices.slice(1).flatMap(({ socket }) => socket.frames);
    expect(frames).toHaveLength(63);
    expect(new Set(frames).size).toBe(1);
    expect(edge.handOuts).toEqual({ publish: 2 });
    expect(edge.reads).toEqual({});
  });

  test("in a large one: messages that follow each other closely are handed out together, in their order", async () => {
    const { edge, devices, first, log } = await group(64);
    const [, second] = devices;
    if (second === undefined) throw new Error("Nobody else is there.");
    await edge.submit(first, post(log, "1"));
    edge.reset(...devices);
    const turns = Array.from({ length: 4 }, (_, index) => post(log, `${index}`));
    for (const command of turns) {
      const submissions = [
        {
          order: create(OrderSchema, { link: { case: "none", value: {} } }),
          command: toBinary(CommandSchema, command),
        },
      ];
      send(first.connection, "json", { case: "submit", value: { submissions } });
    }
    await edge.clock.advance(200);
    const seqs = second.socket.all("event").map(({ event }) => event?.seq ?? 0);
    expect(seqs).toHaveLength(4);
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
    expect(edge.writes["execute"]).toBeLessThanOrEqual(2);
  });
});

describe("a Hello costs the edge", () => {
  test("of a device that was here before and missed nothing: one read, of itself, and no write", async () => {
    const { edge, devices } = await group(3);
    const [, back] = devices;
    if (back === undefined) throw new Error("Nobody is there.");
    back.connection.lost();
    const first = await edge.arrive(back.account, "proto", [], back);
    const heads = first.socket.all("welcome")[0]?.conversations.flatMap(({ head }) => head ?? []) ?? [];
    first.connection.lost();
    edge.reset();
    const again = await edge.arrive(back.account, "proto", heads, first);
    expect(again.socket.kinds()).toEqual(["welcome"]);
    expect(edge.reads).toEqual({ device: 1 });
    expect(edge.writes).toEqual({});
  });

  test("of the first one of an account: a fixed few reads, however many conversations", async () => {
    const edge = await CountedEdge.open();
    const [ada = "", ben = ""] = await edge.people(2);
    const adas = await edge.arrive(ada);
    for (let count = 0; count < 12; count++) {
      const log = freshId();
      await edge.submit(adas, createGroup(log, [ben]), post(log, "hello"));
    }
    edge.reset();
    const bens = await edge.arrive(ben);
    expect(bens.socket.all("welcome")[0]?.conversations).toHaveLength(12);
    const { catchUp, ...others } = edge.reads;
    expect(catchUp).toBe(12);
    expect(others).toEqual({ device: 1, attendance: 1, authorships: 1, profiles: 1 });
  });

  test("of the next one of the same conversations: what is unread for it was counted with what was read before", async () => {
    const edge = await CountedEdge.open();
    const [ada = "", ben = "", cem = ""] = await edge.people(3);
    const adas = await edge.arrive(ada);
    const log = freshId();
    await edge.submit(adas, createGroup(log, [ben, cem]), post(log, "hello"));
    const unread = [ben, cem].map(async (account) => {
      const device = await edge.arrive(account);
      return device.socket.all("welcome")[0]?.conversations.map(({ read }) => read?.unread);
    });
    expect(await Promise.all(unread)).toEqual([[1], [1]]);
    expect(edge.reads["authorships"]).toBe(1);
  });

  test("of the members of a conversation that lack the same of it: one read of that, unless some do not see all of it", async () => {
    const edge = await CountedEdge.open();
    const [ada = "", ben = "", cem = "", dan = ""] = await edge.people(4);
    const adas = await edge.arrive(ada);
    const log = freshId();
    await edge.submit(adas, createGroup(log, [ben, cem]), post(log, "hello"), addMembers(log, [dan]));
    const away: Counted[] = [];
    for (const account of [ben, cem, dan]) away.push(await edge.arrive(account));
    for (const { connection } of away) connection.lost();
    await edge.submit(adas, post(log, "1"), post(log, "2"));
    edge.reset();
    const back: Counted[] = [];
    for (const device of away) {
      const heads = device.socket.all("welcome")[0]?.conversations.flatMap(({ head }) => head ?? []);
      back.push(await edge.arrive(device.account, "proto", heads, device));
    }
    const missed = back.map(({ socket }) => socket.all("changes").map(({ entries }) => entries.length));
    expect(missed).toEqual([[2], [2], [2]]);
    expect(edge.reads["catchUp"]).toBe(2);
  });
});

describe("marks cost the edge", () => {
  test("of everybody in a large conversation: an answer to each, one summary for each author, one tally read", async () => {
    const { edge, devices, first, log } = await group(64);
    await edge.submit(first, post(log, "hello"));
    await edge.clock.advance(3_000);
    edge.reset(...devices);
    for (const { connection, socket } of devices) {
      const updates = [{ conversation: log, delivered: 2, read: 2 }];
      send(connection, socket.encoding, { case: "marks", value: { updates } });
    }
    await edge.clock.advance(5_000);
    const registers = devices.flatMap(({ socket }) => socket.all("registers"));
    expect(registers.flatMap(({ readStates }) => readStates)).toHaveLength(64);
    const summaries = registers.flatMap(({ markSummaries }) => markSummaries);
    expect(summaries.length).toBeLessThanOrEqual(2);
    expect(summaries.at(-1)).toMatchObject({ latestRead: 63 });
    expect(registers.length).toBeLessThanOrEqual(64 + 2);
    expect(edge.reads).toEqual({});
  });
});

test("a question costs one read", async () => {
  const { edge, first, log } = await group(2);
  const page = { conversation: log, cursor: { case: "newest" as const, value: {} }, limit: 50 };
  send(first.connection, "json", { case: "request", value: { id: 1, question: { case: "page", value: page } } });
  await edge.clock.advance(10);
  expect(first.socket.kinds()).toEqual(["response"]);
  expect(edge.reads).toEqual({ page: 1 });
});

test("a device that is idle costs a few objects, however many conversations its Hello named", async () => {
  const edge = await CountedEdge.open();
  const [founder = "", ...others] = await edge.people(49);
  const founders = await edge.arrive(founder);
  for (let count = 0; count < 20; count++) await edge.submit(founders, createGroup(freshId(), others));
  const away: { readonly device: Counted; readonly heads: Head[] }[] = [];
  for (const account of others) {
    const device = await edge.arrive(account);
    const heads = device.socket.all("welcome")[0]?.conversations.flatMap(({ head }) => head ?? []) ?? [];
    away.push({ device, heads });
  }
  for (const { device } of away) device.connection.lost();
  await edge.clock.advance(10_000);
  edge.reset(founders);
  for (const { device } of away) device.socket.frames.length = 1;
  const before = objects();
  const back: Counted[] = [];
  for (const { device, heads } of away) back.push(await edge.arrive(device.account, "proto", heads, device));
  await edge.clock.advance(10_000);
  expect(back.map(({ socket }) => socket.kinds()[0])).toEqual(back.map(() => "welcome"));
  edge.reset(...back, founders);
  const each = (objects() - before) / back.length;
  expect(each).toBeLessThan(OBJECTS_OF_IDLE_DEVICE);
  // Both were there all the time: what they hold counts neither before nor after.
  expect(away).toHaveLength(back.length);
});

test("messages leave nothing behind at the edge once they were delivered", async () => {
  const { edge, devices, first, log } = await group(64);
  const send = async (count: number) => {
    for (let message = 0; message < count; message += TOGETHER) {
      await edge.submit(first, ...Array.from({ length: TOGETHER }, () => post(log, "hello")));
      expect(devices.at(-1)?.socket.frames).toHaveLength(TOGETHER);
      edge.reset(...devices);
    }
    await edge.clock.advance(3_000);
    edge.reset(...devices);
  };
  // What is kept of the last ones, and what is made when it is first needed, is there.
  await send(300);
  const before = objects();
  await send(MESSAGES);
  expect(objects() - before).toBeLessThan(OBJECTS_OF_MESSAGES);
});

/** Objects of the kinds that programs make; what the runtime keeps of code comes and goes. */
function objects(): number {
  // What finalisers let go of in the first is collected in the second.
  for (let collection = 0; collection < 2; collection++) Bun.gc(true);
  const { objectTypeCounts } = heapStats();
  const kinds = ["Object", "Array", "string", "Function", "JSLexicalEnvironment", "Map"];
  return kinds.reduce((sum, kind) => sum + (objectTypeCounts[kind] ?? 0), 0);
}
