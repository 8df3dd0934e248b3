import { expect, setDefaultTimeout, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { create } from "@bufbuild/protobuf";
import { ClientFrameSchema, directConversationId, Encryption, encodeClientFrame } from "@parley/protocol";
import { createDirect, freshId, post, RawDevice, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

setDefaultTimeout(60_000);

/** A device on a bare TCP connection, which says Hello and then reads nothing. */
function deafDevice(url: string, token: string, device: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  socket.once("error", reject);
  socket.once("data", () => {
    const frame = encodeClientFrame(
      "proto",
      create(ClientFrameSchema, { frame: { case: "hello", value: { device } } }),
    );
    if (typeof frame !== "string") socket.write(masked(frame));
    socket.once("data", () => {
      socket.pause();
      resolve(socket);
    });
  });
  socket.write(
    [
      "GET /socket HTTP/1.1",
      `Host: ${hostname}:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: parley.v1.proto",
      `Authorization: Bearer ${token}`,
      "\r\n",
    ].join("\r\n"),
  );
  return promise;
}

/** The close frame of a server: its length, the code 4007 and the reason. */
const FAREWELL = [0x88, 10, 0x0f, 0xa7, ...Buffer.from("TOO_SLOW")];

/** A short binary message of a client; the mask is zero, which leaves the payload as it is. */
function masked(payload: Uint8Array): Uint8Array {
  return Uint8Array.from([0x82, 0x80 | payload.length, 0, 0, 0, 0, ...payload]);
}

test("[SYN6] a device that does not read is disconnected, the others get everything, and it resumes from the log", async () => {
  const server = await ServerProcess.start(temporaryFolder());
  const [ada, ben] = await Promise.all([signUp(server.url, "ada"), signUp(server.url, "ben")]);
  const log = directConversationId(ada.account, ben.account, Encryption.NONE);
  const writing = new RawDevice(server.url, ada.token);
  await writing.hello();
  await writing.submit([createDirect(log, ben.account)]);
  const deafId = freshId();
  const deaf = await deafDevice(server.url, ben.token, deafId);
  let end = Buffer.alloc(0);
  deaf.on("data", (bytes: Buffer) => {
    end = Buffer.concat([end.subarray(-FAREWELL.length), bytes]);
  });
  deaf.pause();
  const ended = new Promise<void>((resolve) => deaf.once("close", () => resolve()));
  const text = "x".repeat(16_000);
  const rounds = 130;
  for (let round = 0; round < rounds; round++) {
    await writing.submit(Array.from({ length: 10 }, () => post(log, text)));
  }
  const newest = await writing.next("event", ({ event }) => event?.seq === 1 + rounds * 10);
  expect(newest.event?.seq).toBe(1 + rounds * 10);
  // What the system had taken in already can still be read; then comes the end.
  deaf.resume();
  await ended;
  expect([...end.subarray(-FAREWELL.length)]).toEqual(FAREWELL);
  const back = new RawDevice(server.url, ben.token, "proto", deafId);
  await back.hello();
  expect((await back.next("reset")).status?.head?.seq).toBe(1 + rounds * 10);
  await server.stop();
});
