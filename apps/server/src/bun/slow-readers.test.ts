import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { encodeServerFrame, ServerFrameSchema } from "@parley/protocol";
import { freshId } from "@parley/rig";
import type { Socket } from "../connection/socket.ts";
import { createEdge } from "../edge.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import type { SocketData } from "./bun-socket.ts";
import { BunTopics } from "./bun-topics.ts";
import { Departures } from "./departures.ts";
import { SlowReaders } from "./slow-readers.ts";
import { webSocketHandler } from "./web-sockets.ts";

const MIB = 1024 * 1024;
/** What each device lets wait: less than makes one slow by itself. */
const FOR_EACH = 3 * MIB;

/** A server whose connections are the product's, and devices that are connected to it and read nothing. */
async function scene() {
  const clock = new ManualClock();
  const { reader, writer } = await openSqliteLogInProcess({ database: ":memory:", clock, mintId: freshId });
  const [departures, slowReaders] = [new Departures(), new SlowReaders()];
  const { connections } = createEdge({
    reader,
    writer,
    topics: new BunTopics(() => server, departures, slowReaders),
    clock,
    endSession: async () => undefined,
    onBroken: (error) => {
      throw error;
    },
  });
  const sockets: Socket[] = [];
  const server = Bun.serve<SocketData>({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request, self) {
      const visitor = { account: new URL(request.url).pathname, session: freshId() };
      return self.upgrade(request, { data: { encoding: "proto", visitor, connection: undefined } })
        ? undefined
        : new Response(null, { status: 426 });
    },
    websocket: webSocketHandler(
      {
        open(socket, visitor) {
          sockets.push(socket);
          return connections.open(socket, visitor);
        },
      },
      departures,
      slowReaders,
    ),
  });
  const connect = async (account: string) => {
    const count = sockets.length;
    const client = await Bun.connect({
      hostname: "127.0.0.1",
      port: Number(server.port),
      socket: { data: () => undefined },
    });
    client.pause();
    const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    client.write(
      `GET /${account} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${key}\r\n\r\n`,
    );
    while (sockets.length === count) await Bun.sleep(1);
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("unreachable");
    return { socket, client };
  };
  return { server, connect };
}

/** A frame of 64 KiB. */
const frame = encodeServerFrame(
  "proto",
  create(ServerFrameSchema, { frame: { case: "registers", value: { drafts: [{ text: "x".repeat(64 * 1024) }] } } }),
);

test("of the devices of one account some have to go when too much waits for all of them, though each alone may let so much wait", async () => {
  const { server, connect } = await scene();
  const adas: Awaited<ReturnType<typeof connect>>[] = [];
  for (let count = 0; count < 14; count++) adas.push(await connect("ada"));
  const bens = [await connect("ben"), await connect("ben")];
  const all = [...adas, ...bens];
  const closed = new Set<Socket>();
  for (const { socket } of all) {
    const { close } = socket;
    socket.close = (code, reason) => {
      closed.add(socket);
      expect(code).toBe(4_007);
      close.call(socket, code, reason);
    };
  }
  const filling = () => all.filter(({ socket }) => !closed.has(socket) && socket.waiting() < FOR_EACH);
  for (let some = filling(); some.length > 0; some = filling()) {
    for (const { socket } of some) socket.send(frame);
    await Bun.sleep(0);
  }
  const kept = adas.filter(({ socket }) => !closed.has(socket));
  const bytes = kept.reduce((sum, { socket }) => sum + socket.waiting(), 0);
  expect(bytes).toBeLessThanOrEqual(33 * MIB);
  expect(bytes).toBeGreaterThan(24 * MIB);
  expect(bens.some(({ socket }) => closed.has(socket))).toBe(false);
  for (const { client } of all) client.end();
  await server.stop(true);
});
