import { encodeClientFrame } from "@parley/protocol";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { clientFrame } from "./client-frame.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, PATIENCE_MS } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";
import { bytes } from "./wire/protobuf-bytes.ts";
import { type OutgoingFrame, opcodes } from "./wire/web-socket-frame.ts";

const { binary, close, continuation, ping, pong, text } = opcodes;

/** What RFC 6455 forbids; the connection must be failed. */
const forbidden: Readonly<Record<string, readonly OutgoingFrame[]>> = {
  "a frame without mask": [{ opcode: binary, payload: bytes("x"), masked: false }],
  "a reserved bit": [{ opcode: binary, payload: bytes("x"), reserved: 4 }],
  "all reserved bits": [{ opcode: binary, payload: bytes("x"), reserved: 7 }],
  "opcode 3": [{ opcode: 3, payload: bytes("x") }],
  "opcode 15": [{ opcode: 15, payload: bytes("x") }],
  "a continuation of nothing": [{ opcode: continuation, payload: bytes("x") }],
  "a message in the middle of another": [
    { opcode: binary, final: false, payload: bytes("x") },
    { opcode: binary, payload: bytes("y") },
  ],
  "a Ping in pieces": [{ opcode: ping, final: false, payload: bytes("x") }],
  "a Ping of 126 bytes": [{ opcode: ping, payload: new Uint8Array(126) }],
  "a length of 2^63": [{ opcode: binary, declaredLength: 2n ** 63n }],
  "a length of 2^64 - 1": [{ opcode: binary, declaredLength: 2n ** 64n - 1n }],
  "a length of 4 GiB": [{ opcode: binary, declaredLength: 2n ** 32n }],
  "a compressed bomb that was never agreed on": [
    { opcode: binary, payload: Bun.deflateSync(new Uint8Array(1_000_000)), reserved: 4 },
  ],
};

const closes: Readonly<Record<string, Uint8Array>> = {
  "no code": new Uint8Array(),
  "half a code": Uint8Array.of(3),
  "code 999": Uint8Array.of(0x03, 0xe7),
  "code 1005": Uint8Array.of(0x03, 0xed),
  "code 65535": Uint8Array.of(0xff, 0xff),
  "a code of the server": Uint8Array.of(0x0f, 0xa1),
  "a reason that is not UTF-8": Uint8Array.of(0x03, 0xe8, 0xc3, 0x28),
};

export const webSocketCases: readonly HostileCase[] = [
  {
    title: "[SOCK9] what RFC 6455 forbids ends the connection, before and after Hello",
    async run(scene) {
      for (const [what, frames] of Object.entries(forbidden)) {
        for (const socket of [await scene.socket(), await scene.online()]) {
          for (const frame of frames) socket.sendFrame(frame);
          const { code } = await endOf(socket, what);
          expectThat(WEB_SOCKET_ENDS.has(code), `a close of the WebSocket protocol after ${what}`, code);
        }
      }
    },
  },
  {
    title: "close frames that are none, and frames after a close",
    async run(scene) {
      for (const [what, payload] of Object.entries(closes)) {
        const socket = await scene.online();
        socket.sendFrame({ opcode: close, payload });
        for (let nonce = 0; nonce < 10; nonce++) socket.send({ case: "ping", value: { nonce } });
        await endOf(socket, `a close with ${what}`);
      }
    },
  },
  {
    title: "text where bytes are expected, and text that is not UTF-8",
    async run(scene) {
      const mixed = await scene.socket({ encoding: "proto" });
      mixed.sendFrame({ opcode: text, payload: bytes('{"ping":{}}') });
      expectEqual((await endOf(mixed, "text where bytes are expected")).code, 4_001, "the close code");
      for (const payload of [
        Uint8Array.of(0xc3, 0x28),
        Uint8Array.of(0xed, 0xa0, 0x80),
        bytes('{"ping":{}}\u00ff').slice(0, -1),
      ]) {
        const broken = await scene.socket({ encoding: "json" });
        broken.sendFrame({ opcode: text, payload });
        const { code } = await endOf(broken, "text that is not UTF-8");
        expectThat(WEB_SOCKET_ENDS.has(code) || code === 4_001, "a documented close", code);
      }
    },
  },
  {
    title: "[SOCK8] a message in as many pieces as bytes, with control frames between them, is one message",
    async run(scene) {
      for (const encoding of ["proto", "json"] as const) {
        const socket = await scene.online({ encoding });
        inPieces(socket, encoding === "proto" ? binary : text, pingFrame(socket, 99));
        const answered = await socket.find((frame) => frame.case === "pong" && frame.value.nonce === 99, PATIENCE_MS);
        expectThat(
          answered !== undefined,
          "a Pong to a message in pieces",
          socket.over ? await socket.ended : "silence",
        );
      }
    },
  },
  {
    title: "lengths in a longer form than needed, frames byte by byte, empty pieces",
    async run(scene) {
      for (const lengthForm of ["two bytes", "eight bytes"] as const) {
        const socket = await scene.online();
        socket.sendFrame({ opcode: binary, payload: pingFrame(socket, 99), lengthForm });
        const pong = await socket.find((frame) => frame.case === "pong" && frame.value.nonce === 99, 2_000);
        expectThat(
          pong !== undefined || WEB_SOCKET_ENDS.has((await endOf(socket, "a long length")).code),
          "a Pong or a close",
        );
      }
      const slow = await scene.online();
      for (const byte of [0x82, 0x84, 1, 2, 3, 4, 0x32 ^ 1, 0x02 ^ 2, 0x08 ^ 3, 0x07 ^ 4]) {
        slow.tcp.send(Uint8Array.of(byte));
        await Bun.sleep(5);
      }
      const pong = await slow.find((frame) => frame.case === "pong" && frame.value.nonce === 7, PATIENCE_MS);
      expectThat(pong !== undefined, "a Pong to a frame that came byte by byte");
      const empty = await scene.online();
      empty.sendFrame({ opcode: binary, final: false });
      for (let index = 0; index < 50_000; index++) empty.sendFrame({ opcode: continuation, final: false });
      empty.sendFrame({ opcode: continuation });
      expectEqual((await endOf(empty, "50,000 empty pieces")).code, 4_001, "the close code");
    },
  },
  {
    title: "pieces that together are over the limit of a frame",
    async run(scene) {
      const socket = await scene.online();
      socket.sendFrame({ opcode: binary, final: false, payload: new Uint8Array(100_000) });
      for (let index = 0; index < 40; index++) {
        socket.sendFrame({ opcode: continuation, final: false, payload: new Uint8Array(100_000) });
      }
      const { code } = await endOf(socket, "4 MB in pieces");
      expectThat(WEB_SOCKET_ENDS.has(code) || code === 4_002, "a documented close", code);
    },
  },
  {
    title: "floods of control frames are answered, or end the connection, and keep nobody waiting",
    async run(scene) {
      for (const opcode of [ping, pong]) {
        const socket = await scene.online();
        for (let index = 0; index < 50_000 && !socket.over; index++) {
          socket.sendFrame({ opcode, payload: bytes("flood") });
          if (index % 1_000 === 0) await Bun.sleep(1);
        }
        await scene.neighbours.heardAgain();
        socket.close();
      }
    },
  },
];

/** Codes of the WebSocket protocol itself; 1006 is a connection that just ends. */
const WEB_SOCKET_ENDS = new Set([1002, 1006, 1007, 1009]);

function pingFrame(socket: AttackerSocket, nonce: number): Uint8Array {
  const encoded = encodeClientFrame(socket.encoding, clientFrame({ case: "ping", value: { nonce } }));
  return typeof encoded === "string" ? bytes(encoded) : encoded;
}

function inPieces(socket: AttackerSocket, opcode: number, message: Uint8Array): void {
  for (const [index, byte] of message.entries()) {
    const final = index === message.length - 1;
    socket.sendFrame({ opcode: index === 0 ? opcode : continuation, final, payload: Uint8Array.of(byte) });
    socket.sendFrame({ opcode: ping, payload: bytes("between") });
  }
}
