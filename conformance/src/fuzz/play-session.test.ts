import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import {
  type ClientFrame,
  decodeClientFrame,
  type EncodedFrame,
  encodeClientFrame,
  encodeServerFrame,
  type ServerFrame,
  ServerFrameSchema,
} from "@parley/protocol";
import type { ServerWebSocket } from "bun";
import { clientFrame } from "../hostile/client-frame.ts";
import { Witness } from "../hostile/witness.ts";
import { freshId } from "../kit/ids.ts";
import { playSession } from "./play-session.ts";
import type { SessionPlan, Step } from "./session-plan.ts";

const log = freshId();
const secrets = { canary: "canary.of.others", conversations: new Set([log]) };

type Frame = ServerFrame["frame"];
type Behaviour = (
  frame: ClientFrame["frame"] | undefined,
  socket: ServerWebSocket<undefined>,
) => Frame | EncodedFrame | undefined;

/** Answers as a server should, as far as a short session needs it. */
const good: Behaviour = (frame) => {
  if (frame?.case === "hello") return welcome();
  return frame?.case === "ping"
    ? { case: "pong", value: { $typeName: "parley.v1.Pong", nonce: frame.value.nonce } }
    : undefined;
};

function welcome(): Frame {
  return create(ServerFrameSchema, { frame: { case: "welcome", value: { credit: 64, heartbeatMs: 30_000 } } }).frame;
}

/** What a session noticed of a server that behaves like this. */
async function faultsOf(
  behaviour: Behaviour,
  call: () => Response = () => Response.json({}),
  steps: readonly Step[] = [],
) {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request, self) {
      if (new URL(request.url).pathname !== "/socket") return call();
      const headers = { "sec-websocket-protocol": "parley.v1.proto" };
      return self.upgrade(request, { headers }) ? undefined : new Response("no", { status: 400 });
    },
    websocket: {
      message(socket, message) {
        const bytes = typeof message === "string" ? message : new Uint8Array(message);
        const answer = behaviour(decodeClientFrame("proto", bytes)?.frame, socket);
        if (answer === undefined) return;
        if (typeof answer === "string" || answer instanceof Uint8Array) socket.send(asSent(answer));
        else socket.send(asSent(encodeServerFrame("proto", create(ServerFrameSchema, { frame: answer }))));
      },
    },
  });
  const witness = new Witness(secrets);
  const hello = encodeClientFrame("proto", clientFrame({ case: "hello", value: { device: freshId() } }));
  const message: Step = { kind: "message", label: "submit", data: Uint8Array.of(0x12, 0), cuts: [] };
  const plan: SessionPlan = { seed: 1, encoding: "proto", hellos: [hello], steps: [message, ...steps] };
  await playSession(plan, { url: `http://127.0.0.1:${server.port}`, witness, token: "token" });
  await server.stop(true);
  return witness.faults;
}

function asSent(frame: EncodedFrame): string | Uint8Array<ArrayBuffer> {
  return typeof frame === "string" ? frame : new Uint8Array(frame);
}

const call: Step = {
  kind: "call",
  label: "ListDevices",
  method: "AccountService/ListDevices",
  encoding: "json",
  body: new TextEncoder().encode("{}"),
  headers: [],
};

describe("a session notices", () => {
  test("nothing where a server behaves", async () => {
    expect(await faultsOf(good, undefined, [call])).toEqual([]);
  });

  test("an answer that is no frame, and a frame as text", async () => {
    const nonsense = await faultsOf((frame, socket) =>
      frame?.case === "submit" ? Uint8Array.of(255) : good(frame, socket),
    );
    expect(nonsense.join()).toContain("no frame of the schema");
    const text = await faultsOf((frame, socket) => (frame?.case === "submit" ? "{}" : good(frame, socket)));
    expect(text.join()).toContain("opcode 1");
  });

  test("a close that nothing documents", async () => {
    const faults = await faultsOf((frame, socket) => {
      if (frame?.case === "submit") socket.close(4_999, "crashed");
      return good(frame, socket);
    });
    expect(faults.join()).toContain("closed with 4999");
  });

  test("the words of others, and that their conversation exists", async () => {
    const typing = [{ conversation: log, account: freshId(), active: true }];
    const signals = create(ServerFrameSchema, { frame: { case: "signals", value: { typing } } }).frame;
    const named = await faultsOf((frame, socket) => (frame?.case === "submit" ? signals : good(frame, socket)));
    expect(named.join()).toContain("another's conversation");
    const problem = create(ServerFrameSchema, {
      frame: { case: "problem", value: { code: 1, reason: secrets.canary } },
    }).frame;
    const said = await faultsOf((frame, socket) => (frame?.case === "submit" ? problem : good(frame, socket)));
    expect(said.join()).toContain("A byte of another's conversation");
  });

  test("a Hello that is not answered as it should be", async () => {
    const pong = create(ServerFrameSchema, { frame: { case: "answers", value: {} } }).frame;
    expect((await faultsOf((frame) => (frame?.case === "hello" ? pong : undefined))).join()).toContain("right Hello");
  });

  test("calls that fail without a word, or answer what they should not", async () => {
    const answers = [
      new Response("oops", { status: 500 }),
      new Response("{}", { status: 400 }),
      Response.json({ code: "internal", message: "no" }, { status: 400 }),
      Response.json({ devices: 7 }),
      Response.json({ secrets: [] }),
    ];
    for (const answer of answers) expect(await faultsOf(good, () => answer, [call])).toHaveLength(1);
  });
});
