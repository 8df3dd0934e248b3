import { expect, test } from "bun:test";
import { create, toJsonString } from "@bufbuild/protobuf";
import { ClientFrameSchema, type EncodedFrame } from "@parley/protocol";
import { Coverage } from "../coverage.ts";
import { SeededRandom } from "../random/seeded-random.ts";
import { Process } from "../time/process.ts";
import { VirtualTime } from "../time/virtual-time.ts";
import type { Connection } from "./connection.ts";
import { Link, type Listener, socketBlocks } from "./link.ts";

/** One device, one server that remembers what it hears, and a log of what the device hears. */
function pair() {
  const time = new VirtualTime(0);
  const server = new Process("server", time);
  const client = new Process("client", time);
  const heard: string[] = [];
  const accepted: Connection[] = [];
  const listener: Listener = {
    connected: (connection) => {
      accepted.push(connection);
      connection.accept(server, {
        received: (frame) => heard.push(text(frame)),
        closed: () => heard.push("closed"),
      });
    },
    asked: (exchange) => exchange.refuse(),
    copied: ({ device }) => heard.push(`copy of ${device}`),
  };
  const random = new SeededRandom("link");
  const link = new Link({ device: "phone", time, random, listener, coverage: new Coverage() });
  const told: string[] = [];
  const connect = () =>
    link.transport(client, "json").connect({
      opened: () => told.push("opened"),
      received: (frame) => told.push(text(frame)),
      closed: ({ code }) => told.push(`closed ${code}`),
    });
  return { time, link, client, server, heard, accepted, told, connect };
}

/** Commands, none of them, of a device of this name. */
function submitOf(device: string): string {
  return toJsonString(ClientFrameSchema, create(ClientFrameSchema, { frame: { case: "submit", value: { device } } }));
}

function text(frame: EncodedFrame): string {
  return typeof frame === "string" ? frame : "bytes";
}

test("frames of one socket arrive in order, whatever their delays", async () => {
  const { time, heard, told, accepted, connect } = pair();
  const socket = connect();
  await time.run(100);
  const sent = Array.from({ length: 50 }, (_, index) => String(index));
  for (const frame of sent) socket.send(frame);
  accepted[0]?.fromServer("hello");
  await time.run(1_000);
  expect(heard).toEqual(sent);
  expect(told).toEqual(["opened", "hello"]);
});

test("a network that comes back delivers what was under way; a forgotten connection never does", async () => {
  for (const forgotten of [false, true]) {
    const { time, link, heard, connect } = pair();
    const socket = connect();
    await time.run(100);
    link.silence(forgotten);
    socket.send("late");
    await time.run(5_000);
    expect(heard).toEqual([]);
    link.restore();
    await time.run(100);
    expect(heard).toEqual(forgotten ? [] : ["late"]);
  }
});

test("a device without network is told at once, the server is not", async () => {
  const { time, link, client, heard, told, connect } = pair();
  connect();
  await time.run(100);
  let returned = 0;
  const network = link.network(client);
  network.onReturn(() => returned++);
  link.takeDown();
  await time.run(1_000);
  expect(network.online()).toBe(false);
  expect(told).toEqual(["opened", "closed 1006"]);
  expect(heard).toEqual([]);
  link.restore();
  await time.run(1);
  expect(returned).toBe(1);
});

test("a device is told of its network's loss, also where its socket is not, and where it is wrong", async () => {
  for (const lost of [false, true]) {
    const { time, link, client, heard, told, connect } = pair();
    const socket = connect();
    await time.run(100);
    let losses = 0;
    const network = link.network(client);
    const stop = network.onLoss(() => losses++);
    if (lost) link.takeDown(false);
    else link.mislead();
    socket.send("still there");
    await time.run(1_000);
    expect([losses, network.online(), told]).toEqual([1, false, ["opened"]]);
    expect(heard).toEqual(lost ? [] : ["still there"]);
    stop();
    link.restore();
    link.mislead();
    await time.run(1);
    expect(losses).toBe(1);
  }
});

test("sockets end, hang, or open and carry nothing, as what blocks them does", async () => {
  const ends = { refused: ["closed 1006"], unanswered: [], swallowed: ["opened"], cut: ["opened", "hello"] } as const;
  for (const block of socketBlocks) {
    const { time, link, heard, accepted, told, connect } = pair();
    link.block = block;
    const socket = connect();
    await time.run(60);
    accepted[0]?.fromServer("hello");
    socket.send("hello");
    await time.run(40);
    expect(told.slice(0, ends[block].length)).toEqual([...ends[block]]);
    expect([accepted.length, heard]).toEqual(block === "cut" ? [1, ["hello"]] : [0, []]);
    await time.run(30_000);
    const isOver = told.at(-1) === "closed 1006";
    expect([block, isOver]).toEqual([block, block !== "swallowed"]);
  }
});

test("a close travels behind the frames before it", async () => {
  const { time, heard, told, accepted, connect } = pair();
  const socket = connect();
  await time.run(100);
  accepted[0]?.fromServer("last words");
  accepted[0]?.closeFromServer(4009);
  await time.run(100);
  expect(told).toEqual(["opened", "last words", "closed 4009"]);
  socket.send("too late");
  await time.run(100);
  expect(heard).toEqual([]);
});

test("copies of what a device sends arrive on another path, in any order", async () => {
  const { time, link, heard, connect } = pair();
  const socket = connect();
  await time.run(100);
  link.copies = { fromMs: 0, toMs: 500 };
  const names = Array.from({ length: 20 }, (_, index) => String(index));
  const sent = names.map(submitOf);
  for (const frame of sent) socket.send(frame);
  await time.run(1_000);
  const copies = heard.filter((frame) => frame.startsWith("copy of "));
  const expected = names.map((name) => `copy of ${name}`);
  expect(copies.toSorted()).toEqual(expected.toSorted());
  expect(copies).not.toEqual(expected);
  expect(heard.filter((frame) => !frame.startsWith("copy of "))).toEqual(sent);
});
