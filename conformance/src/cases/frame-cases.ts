import { create, toJson } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { ClientFrameSchema, encodeClientFrame, limits, ProblemCode, uuidVersion } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

/** What a frame is, in bytes and in text. */
export const frameCases: readonly ConformanceCase[] = [
  {
    title: "[WIRE1] the binary encoding takes binary messages alone, and JSON text alone",
    async run(session) {
      const { seat } = await session.person();
      const ping = create(ClientFrameSchema, { frame: { case: "ping", value: { nonce: 5 } } });
      const right = encodeClientFrame(session.encoding, ping);
      const wrong = typeof right === "string" ? new TextEncoder().encode(right) : "\n\u0002\b\u0005";
      const device = await session.connect(seat);
      device.sendRaw(right);
      await device.expect("pong", ({ nonce }) => nonce === 5);
      device.sendRaw(wrong);
      await device.expectProblem(ProblemCode.MALFORMED);
    },
  },
  {
    title: "[WIRE1] devices of both encodings read the same event",
    only: "proto",
    async run(session) {
      const person = await session.person();
      const writer = await session.online(person);
      const seat = await session.signIn(person);
      const reader = await session.connectIn("json", seat);
      await reader.hello();
      const log = await session.group(writer, []);
      await reader.expect("reset", ({ state }) => state?.id === log);
      await writer.submit([post(log, "Grüße 🍵 \u0000 \u202e")]);
      const [binary, text] = await Promise.all(
        [writer, reader].map((device) => device.expect("event", ({ event }) => event?.log === log && event.seq === 2)),
      );
      expectEqual(text, binary, "the event in JSON");
    },
  },
  {
    title: "[WIRE2] JSON has lowerCamelCase names, enums by name, and leaves defaults out",
    only: "json",
    async run(session) {
      const person = await session.person();
      const device = await session.connect(person.seat);
      device.sendRaw(`{"hello":{"device":"${device.id}","accountHead":0,"heads":[]}}`);
      await device.expect("welcome");
      const log = await session.group(device, []);
      await device.expect("reset", ({ state }) => state?.id === log);
      const texts = device.received.map(String);
      const names = texts.flatMap((text) => namesIn(JSON.parse(text)));
      expectThat(
        names.every((name) => /^[a-z][A-Za-z0-9]*$/.test(name)),
        "lowerCamelCase names",
        names,
      );
      for (const text of texts)
        expectThat(!/:(0|""|false|null|\[\])[,}]/.test(text), "no field with its default", text);
      expectThat(
        texts.some((text) => text.includes('"kind":"CONVERSATION_KIND_GROUP"')),
        "enums by name",
        texts,
      );
      // The mapping lets readers take the names of the schema, and numbers as text, as well.
      device.sendRaw(`{"request":{"id":"2","page":{"conversation":"${log}","newest":{},"limit":5}}}`);
      expectMatch((await device.expect("response", ({ id }) => id === 2)).answer, { case: "page" }, "the answer");
    },
  },
  {
    title: "[WIRE3] ids made by the server are UUIDv8; none is taken from a device",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      const event = await device.expect(
        "accountEvent",
        ({ body }) => body.case === "joined" && body.value.conversation === log,
      );
      expectEqual(uuidVersion(event.id), 8, "the version of the id of an account event");
      for (const id of [event.id, "01936d2f-1000-4aaa-8bbb-0c0d0e0f1011", freshId().toUpperCase(), ""]) {
        const [answer] = await device.submit([post(log, "made up", id)]);
        expectMatch(
          answer?.outcome,
          { case: "verdict", value: { outcome: { case: "rejected" } } },
          `the answer to "${id}"`,
        );
      }
      expectEqual(expectAccepted((await device.submit([post(log, "next")]))[0]), 2, "the seq after it");
    },
  },
  {
    title: "[WIRE4] seq, ordinal and rev begin at 1, and times are whole milliseconds of the server's clock",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const { status, newest, state } = await device.expect("reset", (reset) => reset.state?.id === log);
      expectMatch(
        newest,
        { fromOrdinal: 1, toOrdinal: 1, entries: [{ ordinal: 1, seq: 1, rev: 1, contentRev: 1 }] },
        "the page",
      );
      expectMatch([status?.head?.seq, state?.rev], [1, 1], "the head and the state");
      const [answer] = await device.submit([post(log, "now")]);
      const verdict = answer?.outcome.case === "verdict" ? answer.outcome.value.outcome : undefined;
      const at = verdict?.case === "accepted" ? verdict.value.receivedAt : 0;
      expectThat(Number.isInteger(at) && at > 1e12, "whole milliseconds since 1970", at);
    },
  },
  {
    title: "[WIRE5] a field that the server does not know is skipped, at every depth",
    async run(session) {
      const { seat } = await session.person();
      const device = await session.connect(seat);
      device.sendRaw(withUnknownField(session, { case: "hello", value: { device: device.id } }));
      await device.expect("welcome");
      device.sendRaw(withUnknownField(session, { case: "ping", value: { nonce: 99 } }));
      await device.expect("pong", ({ nonce }) => nonce === 99);
    },
  },
  {
    title: "[WIRE6] the tag of a head is the tag of its event; equal histories have equal tags on every device",
    async run(session) {
      const [ana, ben] = await session.two();
      const devices = [await session.online(ana), await session.online(ben)] as const;
      const log = await session.group(devices[0], [ben]);
      await Promise.all(devices.map((device) => device.expect("reset", ({ state }) => state?.id === log)));
      await devices[0].submit([post(log, "one"), post(log, "two")]);
      const events = await Promise.all(
        devices.map((device) => device.expect("event", ({ event }) => event?.log === log && event.seq === 3)),
      );
      const heads = await Promise.all(
        [ana, ben].map(async (person) => headOf(await session.connect(person.seat), log)),
      );
      const tag = events[0]?.event?.tag;
      expectThat(tag !== undefined && tag !== 0, "a tag", tag);
      expectEqual(
        [...events.map(({ event }) => event?.tag), ...heads.map((head) => head?.tag)],
        [tag, tag, tag, tag],
        "the tags",
      );
    },
  },
  {
    title: "[FRAME1] what is no frame of the schema, and a frame without a known case, end the link with MALFORMED",
    async run(session) {
      const { seat } = await session.person();
      const unframed =
        session.encoding === "proto"
          ? [
              Uint8Array.of(255, 255, 255),
              Uint8Array.of(0x0a),
              new Uint8Array(),
              new BinaryWriter().tag(77, WireType.LengthDelimited).string("x").finish(),
            ]
          : ["", "{", "[]", "null", "{}", '{"teleport":{}}', '{"hello":{"device":5}}', '{"ping":{"nonce":-1}}'];
      for (const data of unframed) {
        const device = await session.connect(seat);
        device.sendRaw(data);
        await device.expectProblem(ProblemCode.MALFORMED);
      }
    },
  },
  {
    title: "[FRAME1] [LIMIT19] 500 frames at once are fine; many more end the link with FLOODING",
    async run(session) {
      const { seat } = await session.person();
      const device = await session.connect(seat);
      for (let nonce = 1; nonce <= 499; nonce++) device.send({ case: "ping", value: { nonce } });
      await device.expect("pong", ({ nonce }) => nonce === 499);
      const flood = await session.connect(seat);
      for (let nonce = 1; nonce <= 3_000; nonce++) flood.send({ case: "ping", value: { nonce } });
      await flood.expectProblem(ProblemCode.FLOODING);
    },
  },
  {
    title: "[LIMIT1] a frame of 524,288 bytes is read, one byte more is TOO_LARGE",
    async run(session) {
      const { seat } = await session.person();
      const fits = await session.connect(seat);
      fits.sendRaw(pingOfSize(session, limits.frameBytes));
      await fits.expect("pong", ({ nonce }) => nonce === 3);
      const over = await session.connect(seat);
      over.sendRaw(pingOfSize(session, limits.frameBytes + 1));
      await over.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
];

async function headOf(device: RawDevice, conversation: string) {
  const { conversations } = await device.hello();
  return conversations.find(({ head }) => head?.conversation === conversation)?.head;
}

type Init = Parameters<RawDevice["send"]>[0];

/** A frame with a field that is in no schema, in the frame and in the message in it. */
function withUnknownField({ encoding }: Session, init: Init): Uint8Array | string {
  const frame = create(ClientFrameSchema, init === undefined ? {} : { frame: init });
  if (encoding === "json") {
    const json = JSON.stringify(toJson(ClientFrameSchema, frame));
    return json.replace(/\{/g, '{"fromLater":{"deep":[1,{"er":null}]},').replace(/,\}/g, "}");
  }
  const unknown = {
    no: 4_000,
    wireType: WireType.LengthDelimited,
    data: new BinaryWriter().string("from later").finish(),
  };
  frame.$unknown = [unknown];
  if (frame.frame.value !== undefined) frame.frame.value.$unknown = [unknown];
  return encodeClientFrame("proto", frame);
}

/** A Ping that takes up so many bytes: with an unknown field, or with space. */
function pingOfSize({ encoding }: Session, size: number): Uint8Array | string {
  if (encoding === "json") return '{"ping":{"nonce":3}}'.padEnd(size, " ");
  const ping = encodeClientFrame("proto", create(ClientFrameSchema, { frame: { case: "ping", value: { nonce: 3 } } }));
  // Two bytes of tag and three of length for a field of this size.
  const filler = new BinaryWriter()
    .tag(100, WireType.LengthDelimited)
    .bytes(new Uint8Array(size - ping.length - 5))
    .finish();
  return Uint8Array.from([...(typeof ping === "string" ? [] : ping), ...filler]);
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}
