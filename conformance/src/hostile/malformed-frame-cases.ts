import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import { ClientFrameSchema, type EncodedFrame, type Encoding, ProblemCode } from "@parley/protocol";
import { expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, expectAlive, expectClosed, type HostileScene, PATIENCE_MS } from "./hostile-scene.ts";
import { bytes, delimited } from "./wire/protobuf-bytes.ts";

const HELLO = 1;
const REQUEST = 3;
const MARKS = 4;
const PING = 6;
const UNKNOWN = 1_000;
const DEEP = 100_000;

/** Protobuf that is no ClientFrame. */
const brokenProto: Readonly<Record<string, EncodedFrame>> = {
  nothing: new Uint8Array(),
  "a field that the schema lacks": delimited(UNKNOWN, bytes("x")),
  "field number 0": Uint8Array.of(2, 0),
  "a field number beyond the greatest": Uint8Array.of(0xfa, 0xff, 0xff, 0xff, 0x7f, 0),
  "wire type 6": Uint8Array.of((PING << 3) | 6, 0),
  "wire type 7": Uint8Array.of((PING << 3) | 7, 0),
  "a varint that never ends": new Uint8Array(64).fill(0xff),
  "a length beyond the end": Uint8Array.of((PING << 3) | 2, 200, 1),
  "a length of 2 GiB": Uint8Array.of((PING << 3) | 2, 0xff, 0xff, 0xff, 0xff, 0x07),
  "a negative length": Uint8Array.of((PING << 3) | 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
  "groups inside groups": new Uint8Array(DEEP).fill((7 << 3) | 3),
  "an end of a group that never began": Uint8Array.of((7 << 3) | 4),
  "a number where Hello should be": Uint8Array.of(HELLO << 3, 1),
  "a name that is not UTF-8": delimited(HELLO, delimited(2, Uint8Array.of(0xc3, 0x28))),
  "a device with an overlong NUL": delimited(HELLO, delimited(1, Uint8Array.of(0xc0, 0x80))),
  "a device that is no UUID": delimited(HELLO, delimited(1, bytes("not-an-id"))),
  "a device with an upper-case id": delimited(HELLO, delimited(1, bytes(freshId().toUpperCase()))),
  "a device with an id of version 8": delimited(HELLO, delimited(1, bytes("df247f46-95fe-8db5-9c27-c9e94b78efea"))),
  text: '{"ping":{}}',
  "a request without a question": delimited(REQUEST, Uint8Array.of(1 << 3, 1)),
  "no marks": delimited(MARKS, new Uint8Array()),
  "a question of a later version": delimited(REQUEST, delimited(15, bytes("x"))),
};

/** JSON that is no ClientFrame. */
const brokenJson: Readonly<Record<string, EncodedFrame>> = {
  nothing: "",
  "half of it": '{"ping":{',
  "an empty object": "{}",
  null: "null",
  "a number": "7",
  "a string": '"ping"',
  "a list": '[{"ping":{}}]',
  "a frame of a later version": '{"teleport":{}}',
  "two frames in one": '{"ping":{},"typing":{}}',
  "text after it": '{"ping":{}} {"ping":{}}',
  "a frame given twice": '{"ping":{"nonce":1},"ping":{"nonce":7}}',
  "a nonce given twice": '{"ping":{"nonce":1,"nonce":7}}',
  "a comment": '{"ping":{}/* hello */}',
  "single quotes": "{'ping':{}}",
  "a byte order mark": '\uFEFF{"ping":{}}',
  NaN: '{"ping":{"nonce":NaN}}',
  '"NaN"': '{"ping":{"nonce":"NaN"}}',
  Infinity: '{"ping":{"nonce":Infinity}}',
  '"-Infinity"': '{"ping":{"nonce":"-Infinity"}}',
  "a negative nonce": '{"ping":{"nonce":-1}}',
  "a nonce of 2^32": '{"ping":{"nonce":4294967296}}',
  "a huge nonce": '{"ping":{"nonce":1e400}}',
  "half a nonce": '{"ping":{"nonce":0.5}}',
  "a nonce of a thousand digits": `{"ping":{"nonce":${"9".repeat(1_000)}}}`,
  "a nonce that is empty text": '{"ping":{"nonce":""}}',
  "a nonce that is true": '{"ping":{"nonce":true}}',
  "a list as a frame": '{"ping":[]}',
  "text as a frame": '{"ping":"now"}',
  "a device that is a number": '{"hello":{"device":5}}',
  "half a character": `{"hello":{"device":"${freshId()}","name":"\\ud800"}}`,
  "the other half of a character": `{"hello":{"device":"${freshId()}","name":"\\udc00 alone"}}`,
  "heads that are no list": '{"hello":{"heads":{}}}',
  "a head that is null": `{"hello":{"device":"${freshId()}","heads":[null]}}`,
  "bytes that are no base64": '{"submit":{"submissions":[{"order":{"first":{}},"command":"?"}]}}',
  "a deep list": "[".repeat(DEEP),
  "a deep object": '{"ping":'.repeat(DEEP / 2) + "}".repeat(DEEP / 2),
  "two links in one order": '{"submit":{"submissions":[{"order":{"first":{},"none":{}},"command":""}]}}',
  "a question of a later version": '{"request":{"id":1,"oracle":{}}}',
  "a binary message": bytes('{"ping":{}}'),
};

/** Strange, but a frame all the same: what is not known is skipped, and the last of several counts. */
const strangeProto: Readonly<Record<string, Uint8Array>> = {
  "unknown fields around a Ping": Buffer.concat([
    delimited(UNKNOWN, bytes("x")),
    delimited(PING, Uint8Array.of(8, 7, 0x78, 1)),
  ]),
  "a long varint": delimited(PING, Uint8Array.of(8, 0x87, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)),
  "a nonce given twice": delimited(PING, Uint8Array.of(8, 1, 8, 7)),
  "another frame before it": Buffer.concat([delimited(HELLO, new Uint8Array()), delimited(PING, Uint8Array.of(8, 7))]),
};
const strangeJson: Readonly<Record<string, string>> = {
  "unknown fields around a Ping": '{"later":{"a":[1,2]},"ping":{"nonce":7,"later":null}}',
  "a nonce as text": '{"ping":{"nonce":"7"}}',
  "a nonce with an exponent": '{"ping":{"nonce":0.7e1}}',
  "keys of JavaScript":
    '{"__proto__":{"ping":{}},"constructor":{"prototype":{"x":1}},"ping":{"nonce":7,"__proto__":{"nonce":8}}}',
  "space around it": ' \t\r\n{"ping" : {"nonce" :7 } }\n',
  "something deep that it does not know": `{"ping":{"nonce":7,"x":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}}`,
};

export const malformedFrameCases: readonly HostileCase[] = [
  {
    title: "frames that are none of the schema end the socket with MALFORMED",
    async run(scene) {
      await inTurn(brokenProto, (data, what) => expectMalformed(scene, "proto", data, what));
      await inTurn(brokenJson, (data, what) => expectMalformed(scene, "json", data, what));
    },
  },
  {
    title: "frames cut short anywhere",
    async run(scene) {
      for (const encoding of ["proto", "json"] as const) {
        const whole = helloWithHeads(encoding);
        for (let length = 0; length < whole.length; length += encoding === "proto" ? 7 : 17) {
          const socket = await scene.socket({ encoding });
          socket.sendMessage(whole.slice(0, length));
          // Cut between two fields of the frame it is still one, and then the Hello lacks what it needs or is a right one.
          const welcome = await socket.find(
            (frame) => frame.case === "welcome" || frame.case === "problem",
            PATIENCE_MS,
          );
          expectThat(welcome !== undefined, `an answer to ${length} bytes of ${whole.length}`);
          socket.close();
        }
      }
    },
  },
  {
    title: "strange frames that the schema allows are taken as what they say",
    async run(scene) {
      const expectPong = async (encoding: Encoding, data: EncodedFrame, what: string) => {
        const socket = await scene.socket({ encoding });
        socket.sendMessage(data);
        const pong = await socket.find((frame) => frame.case === "pong" && frame.value.nonce === 7, PATIENCE_MS);
        expectThat(pong !== undefined, `a Pong to ${what}`, socket.frames);
        socket.close();
      };
      await inTurn(strangeProto, (data, what) => expectPong("proto", data, what));
      await inTurn(strangeJson, (data, what) => expectPong("json", data, what));
    },
  },
  {
    title: "frames over a limit of size end the socket with TOO_LARGE, far over it without a word",
    async run(scene) {
      for (const encoding of ["proto", "json"] as const) {
        const large = await scene.socket({ encoding });
        large.send({ case: "hello", value: { device: scene.attacker().seat.device, name: "x".repeat(600_000) } });
        await expectClosed(large, ProblemCode.TOO_LARGE, "a frame of 600 kB");
        const huge = await scene.socket({ encoding });
        huge.sendMessage(encoding === "json" ? " ".repeat(3_000_000) : new Uint8Array(3_000_000));
        await endOf(huge, "a frame of 3 MB");
        const name = await scene.socket({ encoding });
        name.send({ case: "hello", value: { device: scene.attacker().seat.device, name: "x".repeat(101) } });
        await expectClosed(name, ProblemCode.TOO_LARGE, "a name of 101 characters");
      }
    },
  },
  {
    title: "counts over a limit end the socket with TOO_LARGE",
    async run(scene) {
      const heads = Array.from({ length: 10_001 }, () => ({}));
      const crowded = await scene.socket();
      crowded.send({ case: "hello", value: { device: scene.attacker().seat.device, heads } });
      await expectClosed(crowded, ProblemCode.TOO_LARGE, "10,001 heads");
      const marks = await scene.online();
      marks.send({
        case: "marks",
        value: { updates: Array.from({ length: 201 }, () => ({ conversation: freshId() })) },
      });
      await expectClosed(marks, ProblemCode.TOO_LARGE, "201 marks");
      const order = { link: { case: "none", value: {} } } as const;
      const many = await scene.online();
      many.send({
        case: "submit",
        value: { submissions: Array.from({ length: 65 }, () => ({ order, command: bytes("x") })) },
      });
      await expectClosed(many, ProblemCode.TOO_LARGE, "65 submissions");
      const long = await scene.online();
      long.send({ case: "submit", value: { submissions: [{ order, command: new Uint8Array(65_537) }] } });
      await expectClosed(long, ProblemCode.TOO_LARGE, "a command of 65,537 bytes");
      const heavy = await scene.online();
      heavy.send({
        case: "submit",
        value: { submissions: Array.from({ length: 5 }, () => ({ order, command: new Uint8Array(60_000) })) },
      });
      await expectClosed(heavy, ProblemCode.TOO_LARGE, "300,000 bytes of commands");
    },
  },
  {
    title: "a Hello with 10,000 heads of conversations that do not exist is answered as if they were not there",
    async run(scene) {
      const heads = Array.from({ length: 10_000 }, () => ({ conversation: freshId(), seq: 4_294_967_295, tag: 7 }));
      const socket = await scene.online({ hello: { heads, accountHead: 4_294_967_295 } });
      await expectAlive(socket, "such a Hello");
    },
  },
];

async function expectMalformed(scene: HostileScene, encoding: Encoding, data: EncodedFrame, what: string) {
  const socket = await scene.socket({ encoding });
  socket.sendMessage(data);
  await expectClosed(socket, ProblemCode.MALFORMED, what);
}

async function inTurn<T>(
  table: Readonly<Record<string, T>>,
  work: (data: T, what: string) => Promise<void>,
): Promise<void> {
  for (const [what, data] of Object.entries(table)) await work(data, what);
}

function helloWithHeads(encoding: Encoding): EncodedFrame {
  const heads = Array.from({ length: 3 }, () => ({ conversation: freshId(), seq: 300, tag: 7 }));
  const frame = create(ClientFrameSchema, {
    frame: { case: "hello", value: { device: freshId(), name: "cut", heads } },
  });
  return encoding === "proto" ? toBinary(ClientFrameSchema, frame) : toJsonString(ClientFrameSchema, frame);
}
