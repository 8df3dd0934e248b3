import { expect, test } from "bun:test";
import { clientFrame, ServerStream, upgradeRequest } from "./web-socket-codec.ts";

function serverFrame(payload: Uint8Array, opcode = 0x2): Uint8Array {
  const masked = clientFrame(payload);
  const headBytes = masked.length - payload.length - 4;
  const frame = new Uint8Array(headBytes + payload.length);
  frame.set(masked.subarray(0, headBytes));
  frame[0] = 0x80 | opcode;
  frame[1] = (frame[1] ?? 0) & 0x7f;
  frame.set(payload, headBytes);
  return frame;
}

function listening() {
  const seen: { status?: number; lengths: number[]; sums: number[]; code?: number } = { lengths: [], sums: [] };
  const stream = new ServerStream({
    upgraded: (status) => {
      seen.status = status;
    },
    message: (payload) => {
      seen.lengths.push(payload.length);
      seen.sums.push(payload.reduce((sum, byte) => sum + byte, 0));
    },
    closing: (code) => {
      seen.code = code;
    },
  });
  return { stream, seen };
}

test("messages of every length class come out whole, however the stream is cut", () => {
  const payloads = [0, 1, 125, 126, 65_535, 65_536, 70_001].map((length) => new Uint8Array(length).fill(3));
  const head = new TextEncoder().encode("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
  const bytes = Buffer.concat([head, ...payloads.map((payload) => serverFrame(payload))]);
  for (const cut of [7, 1_000, 65_537, bytes.length]) {
    const { stream, seen } = listening();
    for (let at = 0; at < bytes.length; at += cut) stream.push(bytes.subarray(at, at + cut));
    expect(seen.status).toBe(101);
    expect(seen.lengths).toEqual(payloads.map(({ length }) => length));
    expect(seen.sums).toEqual(payloads.map(({ length }) => 3 * length));
  }
});

test("a refused upgrade and a close code are told", () => {
  const { stream, seen } = listening();
  stream.push(new TextEncoder().encode("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
  stream.push(serverFrame(Uint8Array.of(0x0f, 0xa9), 0x8));
  expect(seen.status).toBe(503);
  expect(seen.code).toBe(4_009);
});

test("a server of the runtime understands what is written", async () => {
  const got: number[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request, self) => (self.upgrade(request) ? undefined : new Response("no", { status: 400 })),
    websocket: {
      maxPayloadLength: 1024 * 1024,
      message(socket, message) {
        got.push(message.length);
        socket.sendBinary(new Uint8Array(message.length));
      },
    },
  });
  const { stream, seen } = listening();
  const lengths = [5, 300, 70_000];
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port: server.port ?? 0,
    socket: { data: (_, bytes) => stream.push(bytes) },
  });
  socket.write(upgradeRequest({ host: `127.0.0.1:${server.port}`, token: "x", subprotocol: "parley.v1.proto" }));
  while (seen.status === undefined) await Bun.sleep(1);
  for (const length of lengths) {
    const frame = clientFrame(new Uint8Array(length));
    let written = 0;
    while (written < frame.length) {
      written += Math.max(0, socket.write(frame.subarray(written)));
      if (written < frame.length) await Bun.sleep(1);
    }
  }
  while (seen.lengths.length < lengths.length) await Bun.sleep(1);
  expect(got).toEqual(lengths);
  expect(seen.lengths).toEqual(lengths);
  socket.end();
  await server.stop(true);
});
