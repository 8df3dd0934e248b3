import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { CommandSchema, ConversationKind, Encryption, HistoryPolicy, Role } from "@parley/protocol";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { shownOutcome, submit } from "./asking.ts";
import type { HostileCase } from "./hostile-case.ts";
import { expectAlive, type HostileScene } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";
import { bytes, delimited } from "./wire/protobuf-bytes.ts";

type CommandInit = MessageInitShape<typeof CommandSchema>;
type Body = NonNullable<CommandInit["body"]>;
type CreateInit = Extract<Body, { case: "create" }>["value"];

const DIRECT_DOUBLE = 9;
const BODY_POST = 11;
/** Of no enum: typed as numbers, which may stand for values of later versions. */
const UNKNOWN_VALUE: number = 99;
const NEGATIVE_VALUE: number = -1;

export const commandCases: readonly HostileCase[] = [
  {
    title: "bytes that are no command are answered with INVALID and recorded nowhere",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const whole = encoded(textCommand(log, "whole"));
      const broken = [
        new Uint8Array(),
        bytes("x"),
        new Uint8Array(100).fill(0xff),
        whole.slice(0, -3),
        Buffer.concat([whole, Uint8Array.of(0x0b)]),
        delimited(BODY_POST, bytes("\u0007")),
        new Uint8Array(65_536).fill(0x0b),
        new Uint8Array(65_536),
      ];
      const answers = await submit(socket, broken);
      for (const [index, answer] of answers.entries()) {
        expectEqual(
          [shownOutcome(answer), answer.id],
          ["rejected INVALID", ""],
          `the answer to broken command ${index}`,
        );
      }
    },
  },
  {
    title: "ids and logs that no device may use",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const wrong = [
        "",
        "x",
        freshId().toUpperCase(),
        "df247f46-95fe-8db5-9c27-c9e94b78efea",
        "00000000-0000-0000-0000-000000000000",
      ];
      wrong.push(
        "ffffffff-ffff-7fff-ffff-ffffffffffff",
        crypto.randomUUID(),
        ` ${freshId()}`,
        `${freshId()}\u0000`,
        "x".repeat(10_000),
        "' OR 1=1 --",
      );
      const answers = await submit(
        socket,
        wrong.map((id) => ({ ...textCommand(log, "x"), id })),
      );
      expectEqual(
        answers.map(shownOutcome),
        wrong.map(() => "rejected INVALID"),
        "the answers to ids that no device may use",
      );
      const logs = wrong.filter((one) => one !== "df247f46-95fe-8db5-9c27-c9e94b78efea");
      for (const answer of await submit(
        socket,
        logs.map((one) => textCommand(one, "x")),
      )) {
        expectThat(
          /^rejected (INVALID|NOT_FOUND)$/.test(shownOutcome(answer)),
          "a wrong log to be rejected",
          shownOutcome(answer),
        );
      }
    },
  },
  {
    title: "one command sent many times is carried out once",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const command = textCommand(log, "once");
      const answers = await submit(
        socket,
        Array.from({ length: 64 }, () => command),
      );
      expectEqual(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1, "the number of different answers");
      const other = { ...command, body: textCommand(log, "twice").body };
      expectEqual(await submit(socket, [other]), [answers[0]], "the answer to other content under the same id");
      const sockets = await Promise.all([1, 2].map((index) => scene.online({ as: scene.attacker(index) })));
      const before = await submit(socket, [textCommand(log, "next")]);
      for (const one of sockets) {
        expectThat(
          shownOutcome((await submit(one, [command]))[0]).startsWith("rejected"),
          "another's id to be rejected",
        );
      }
      const after = await submit(socket, [textCommand(log, "last")]);
      expectEqual(
        seqOf(after[0]) - seqOf(before[0]),
        1,
        "the distance between two posts with nothing but copies in between",
      );
    },
  },
  {
    title: "links that lead nowhere, to itself, in a circle, to others",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const [one, two] = [textCommand(log, "one"), textCommand(log, "two")];
      const links = [
        one.id,
        two.id,
        freshId(),
        scene.neighbours.posted[0] ?? "",
        "df247f46-95fe-8db5-9c27-c9e94b78efea",
      ];
      for (const after of links) {
        const answers = await submit(socket, [one, two], { link: { case: "after", value: after } });
        expectEqual(answers.map(shownOutcome), ["stale", "stale"], `the answers to the link ${after}`);
      }
      const firsts = await submit(socket, [one, two, textCommand(log, "three")], {
        link: { case: "first", value: {} },
      });
      expectEqual(firsts.map(shownOutcome), ["accepted", "stale", "stale"], "the answers to three that are all first");
    },
  },
  {
    title: "contents out of bounds are rejected and the socket stays",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const target = (await submit(socket, [textCommand(log, "target")]))[0]?.id ?? "";
      const bodies = outOfBounds(target, scene.attacker(1).account);
      const answers = await submit(
        socket,
        bodies.map((body) => ({ id: freshId(), log, sentAt: 1, body })),
      );
      for (const [index, answer] of answers.entries()) {
        const shown = shownOutcome(answer);
        expectThat(shown.startsWith("rejected "), `body ${index} (${bodies[index]?.case}) to be rejected`, shown);
      }
      for (const create of impossibleConversations(scene)) {
        const [answer] = await submit(socket, [
          { id: freshId(), log: freshId(), body: { case: "create", value: create } },
        ]);
        const shown = shownOutcome(answer);
        expectThat(shown.startsWith("rejected "), "an impossible conversation to be rejected", { shown, create });
      }
      await expectAlive(socket, "contents out of bounds");
    },
  },
  {
    title: "times that are none are stored as something that can be read again, or rejected",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const times = [NaN, Infinity, -Infinity, -1, 1e308, -1e308, 5e-324, 0.5, -0, 2 ** 53, 8.64e15 + 1];
      const answers = await submit(
        socket,
        times.map((sentAt) => ({ ...textCommand(log, `at ${sentAt}`), sentAt })),
      );
      for (const [index, answer] of answers.entries()) {
        expectThat(
          /^(accepted|rejected INVALID)$/.test(shownOutcome(answer)),
          `a verdict on the time ${times[index]}`,
          shownOutcome(answer),
        );
      }
      for (const encoding of ["proto", "json"] as const) {
        const reader = await scene.online({ encoding });
        reader.send({
          case: "request",
          value: {
            id: 1,
            question: { case: "page", value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 50 } },
          },
        });
        const response = await reader.find((frame) => frame.case === "response", 10_000);
        expectThat(
          response?.case === "response" && response.value.answer.case === "page",
          "the page of such times",
          response,
        );
      }
    },
  },
  {
    title: "unknown bodies, unknown fields and several bodies in one command",
    async run(scene) {
      const { socket, log } = await inGroup(scene);
      const head = (id: string) => Buffer.concat([delimited(1, bytes(id)), delimited(2, bytes(log))]);
      const content = (text: string) => delimited(2, delimited(1, delimited(1, bytes(text))));
      const answers = await submit(socket, [
        head(freshId()),
        Buffer.concat([head(freshId()), delimited(500, bytes("later"))]),
        Buffer.concat([head(freshId()), delimited(BODY_POST, content("with more")), delimited(501, bytes("later"))]),
        Buffer.concat([
          head(freshId()),
          delimited(12, new Uint8Array()),
          delimited(BODY_POST, content("the last counts")),
        ]),
        Buffer.concat([head(freshId()), Uint8Array.of((3 << 3) | 1), new Uint8Array(DIRECT_DOUBLE)]),
      ]);
      const shown = answers.map(shownOutcome);
      expectEqual(
        shown.slice(0, 4),
        ["rejected NOT_SUPPORTED", "rejected NOT_SUPPORTED", "accepted", "accepted"],
        "the answers",
      );
      expectThat(shown[4]?.startsWith("rejected") === true, "a command with a torn time to be rejected", shown[4]);
    },
  },
];

/** A socket of the attacker, and a group of their own. */
async function inGroup(scene: HostileScene): Promise<{ socket: AttackerSocket; log: string }> {
  const socket = await scene.online();
  const log = freshId();
  const value = { kind: ConversationKind.GROUP, encryption: Encryption.NONE, history: HistoryPolicy.ALL, title: "own" };
  const [answer] = await submit(socket, [{ id: freshId(), log, sentAt: 1, body: { case: "create", value } }]);
  expectEqual(shownOutcome(answer), "accepted", "the answer to a group");
  return { socket, log };
}

function textCommand(log: string, text: string): { id: string; log: string; sentAt: number; body: Body } {
  return { id: freshId(), log, sentAt: 1, body: { case: "post", value: { content: plain(text) } } };
}

function plain(text: string) {
  return { form: { case: "plain", value: { text } } } as const;
}

function encoded(init: CommandInit): Uint8Array {
  return toBinary(CommandSchema, create(CommandSchema, init));
}

function seqOf(answer: Awaited<ReturnType<typeof submit>>[number] | undefined): number {
  const verdict = answer?.outcome.case === "verdict" ? answer.outcome.value.outcome : undefined;
  expectThat(verdict?.case === "accepted", "an accepted command", answer);
  return verdict.value.seq;
}

function outOfBounds(target: string, account: string): Body[] {
  const content = plain("x");
  const ids = (count: number) => Array.from({ length: count }, () => freshId());
  return [
    { case: "post", value: {} },
    { case: "post", value: { content: {} } },
    { case: "post", value: { content: plain("") } },
    { case: "post", value: { content: plain("x".repeat(16_001)) } },
    { case: "post", value: { content: { form: { case: "sealed", value: new Uint8Array(1_000) } } } },
    { case: "post", value: { content, envelope: { attachments: ids(33) } } },
    { case: "post", value: { content, envelope: { mentions: ids(257) } } },
    { case: "post", value: { content, envelope: { mentions: ["x"] } } },
    { case: "edit", value: { target, content: plain("") } },
    { case: "edit", value: { target: "x", content } },
    { case: "edit", value: { target: "", content } },
    { case: "edit", value: { target: freshId(), content } },
    { case: "setReaction", value: { target, emoji: "" } },
    { case: "setReaction", value: { target, emoji: "👍".repeat(17) } },
    { case: "setReaction", value: { target, emoji: "👍👎" } },
    { case: "setReaction", value: { target: "", emoji: "👍" } },
    { case: "addMembers", value: { accounts: ids(5) } },
    { case: "addMembers", value: { accounts: ["", "x"] } },
    { case: "addMembers", value: { accounts: [] } },
    { case: "addMembers", value: { accounts: ids(400) } },
    { case: "setTitle", value: { title: "" } },
    { case: "setTitle", value: { title: "x".repeat(201) } },
    { case: "setRole", value: { account, role: UNKNOWN_VALUE } },
    { case: "setRole", value: { account: "x", role: Role.ADMIN } },
    { case: "setRole", value: {} },
    { case: "setDescription", value: { description: "x".repeat(2_001) } },
    { case: "setPicture", value: { picture: new Uint8Array(40_000).fill(255) } },
    { case: "setPicture", value: { picture: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff) } },
    { case: "withdraw", value: { target: "" } },
    { case: "delete", value: { target: account } },
  ];
}

function impossibleConversations({ attackers }: HostileScene): CreateInit[] {
  const [own = "", other = ""] = attackers.map(({ account }) => account);
  const group = { kind: ConversationKind.GROUP, encryption: Encryption.NONE, history: HistoryPolicy.ALL, title: "x" };
  return [
    {},
    { ...group, kind: UNKNOWN_VALUE },
    { ...group, encryption: UNKNOWN_VALUE },
    { ...group, history: UNKNOWN_VALUE },
    { ...group, kind: ConversationKind.UNSPECIFIED },
    { ...group, encryption: Encryption.UNSPECIFIED },
    { ...group, kind: NEGATIVE_VALUE },
    { ...group, kind: ConversationKind.THREAD },
    { ...group, encryption: Encryption.MLS },
    { ...group, title: "x".repeat(201) },
    { ...group, members: Array.from({ length: 1_000 }, () => freshId()) },
    { ...group, members: ["x"] },
    { ...group, kind: ConversationKind.DIRECT, members: [other] },
    { ...group, kind: ConversationKind.DIRECT, members: [own] },
    { ...group, kind: ConversationKind.DIRECT, members: [] },
    { ...group, kind: ConversationKind.NOTES, members: [] },
    { ...group, kind: ConversationKind.NOTES, members: [other] },
  ];
}
