import { afterAll, expect, spyOn, test } from "bun:test";
import type { ServerWebSocket } from "bun";
import { BunSocket, type SocketData } from "./bun-socket.ts";
import { BunTopics } from "./bun-topics.ts";
import { Departures } from "./departures.ts";
import { SlowReaders } from "./slow-readers.ts";

const departures = new Departures();
const slowReaders = new SlowReaders();
const sockets: BunSocket[] = [];
const server = Bun.serve<SocketData>({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, self) =>
    self.upgrade(request, { data: { encoding: "json", visitor: undefined, connection: undefined } })
      ? undefined
      : new Response(null, { status: 426 }),
  websocket: { open: (ws) => void sockets.push(new BunSocket(ws, departures, slowReaders)), message: () => undefined },
});
afterAll(() => server.stop(true));
const topics = new BunTopics(() => server, departures, slowReaders);

/** What a client receives until it is closed, and the server's end of it. */
async function connect() {
  const client = new WebSocket(`ws://127.0.0.1:${server.port}`);
  const received: string[] = [];
  client.onmessage = ({ data }) => void received.push(String(data));
  const closed = new Promise<number>((resolve) => {
    client.onclose = ({ code }) => resolve(code);
  });
  const before = sockets.length;
  await new Promise((resolve) => {
    client.onopen = resolve;
  });
  while (sockets.length === before) await Bun.sleep(1);
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error("unreachable");
  return { socket, received, closed };
}

test("what is sent, published and said in farewell arrives in its order", async () => {
  const { socket, received, closed } = await connect();
  topics.subscribe(socket, "room");
  socket.send("1");
  topics.publish("room", "2");
  topics.send(socket, "3");
  socket.send("x".repeat(20_000));
  socket.send("5");
  socket.close(4_001, "");
  expect(await closed).toBe(4_001);
  expect(received.map((frame) => frame.at(0))).toEqual(["1", "2", "3", "x", "5"]);
});

test("frames of one turn leave in one write", async () => {
  const { socket, received, closed } = await connect();
  const corking = spyOn(socket.ws, "cork");
  const ws: ServerWebSocket<SocketData> = socket.ws;
  for (const frame of ["1", "2", "3"]) socket.send(frame);
  expect(socket.waiting()).toBe(3);
  await Bun.sleep(1);
  expect([corking.mock.calls.length, socket.waiting()]).toEqual([1, 0]);
  socket.close(1_000, "");
  await closed;
  expect([received, ws.readyState]).toEqual([["1", "2", "3"], WebSocket.CLOSED]);
});
