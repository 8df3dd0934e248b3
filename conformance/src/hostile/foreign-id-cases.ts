import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  AccountService,
  type CommandSchema,
  ConversationKind,
  ConversationService,
  Encryption,
  HistoryPolicy,
  ProblemCode,
  pictureId,
  ReportReason,
  Role,
} from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId, freshSecret } from "../kit/ids.ts";
import { ask, type Question, shownOutcome, submit } from "./asking.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, expectAlive } from "./hostile-scene.ts";

type Body = NonNullable<MessageInitShape<typeof CommandSchema>["body"]>;
/** What each kind of command says; who creates what exists already is answered otherwise, and is tried below. */
type EveryBody = {
  readonly [Case in Exclude<Body["case"], "create" | undefined>]: Extract<Body, { case: Case }>["value"];
};
type EveryQuestion = {
  readonly [Case in NonNullable<NonNullable<Question>["case"]>]: readonly Extract<Question, { case: Case }>["value"][];
};

/** Every kind of command, aimed at a message of somebody else. */
function everyBody(target: string, account: string): Body[] {
  const content = { form: { case: "plain", value: { text: "forged" } } } as const;
  const bodies: EveryBody = {
    post: { content },
    edit: { target, content },
    withdraw: { target },
    delete: { target },
    setReaction: { target, emoji: "👍" },
    unsetReaction: { target, emoji: "👍" },
    pinMessage: { target },
    unpinMessage: { target },
    addMembers: { accounts: [account] },
    removeMembers: { accounts: [account] },
    leave: {},
    setFollowing: { following: true },
    setTitle: { title: "forged" },
    setTimer: { seconds: 5 },
    setRole: { account, role: Role.OWNER },
    setDescription: { description: "forged" },
    setPicture: { picture: samplePicture({ said: "forged" }) },
    makeInvite: { secretHash: new Uint8Array(32) },
    revokeInvite: { invite: target },
    join: { secret: freshSecret() },
    cancelJoin: {},
    answerJoin: { account, accept: true },
    setPreference: { conversation: target, setting: { case: "pinned", value: true } },
    hideMessages: { conversation: target, messages: [target] },
    setSaved: { conversation: target, message: target, saved: true },
    scheduleMessage: { conversation: target, at: 1, content },
    changeScheduled: { target, at: 1, content },
    cancelScheduled: { target },
    setBlocked: { account: target, blocked: true },
    reportMessage: { conversation: target, messages: [target], reason: ReportReason.OTHER },
    setReminder: { conversation: target, message: target, at: 1 },
    clearReminder: { conversation: target, message: target },
  };
  return Object.entries(bodies).map(([kind, value]) => ({ case: kind, value }) as Body);
}

/** Every kind of question, about a conversation. */
function everyQuestion(conversation: string, ids: string[]): NonNullable<Question>[] {
  const message = ids[0] ?? "";
  const questions: EveryQuestion = {
    page: [
      { conversation, cursor: { case: "newest", value: {} }, limit: 200 },
      { conversation, cursor: { case: "around", value: 1 }, limit: 200 },
    ],
    changes: [{ conversation }, { conversation, since: { conversation, seq: 1, tag: 1 } }],
    entries: [{ conversation, ids }],
    verdicts: [{ log: conversation, ids }],
    versions: [{ conversation, message, limit: 50 }],
    receipts: [{ conversation, message }],
    invite: [{ conversation, secret: freshSecret() }],
    picture: [{ conversation, picture: pictureId(samplePicture()) }],
    mentions: [{ conversation, limit: 50 }],
  };
  return Object.entries(questions).flatMap(([kind, values]) =>
    values.map((value) => ({ case: kind, value }) as NonNullable<Question>),
  );
}

export const foreignIdCases: readonly HostileCase[] = [
  {
    title: "commands in a conversation of others are answered as in one that does not exist",
    async run(scene) {
      const socket = await scene.online();
      const target = scene.neighbours.posted[0] ?? "";
      for (const body of everyBody(target, scene.attacker(1).account)) {
        const [foreign, nowhere] = await submit(socket, [
          { id: freshId(), log: scene.neighbours.log, body },
          { id: freshId(), log: freshId(), body },
        ]);
        const what = `the answer to ${body.case} in a conversation of others`;
        expectEqual(shownOutcome(foreign), shownOutcome(nowhere), what);
        expectThat(shownOutcome(foreign).startsWith("rejected"), `${what} to be a rejection`, shownOutcome(foreign));
      }
    },
  },
  {
    title: "questions about a conversation of others are answered as about one that does not exist",
    async run(scene) {
      const socket = await scene.online();
      const { log, posted } = scene.neighbours;
      const [foreign, nowhere] = [everyQuestion(log, posted.slice(0, 5)), everyQuestion(freshId(), posted.slice(0, 5))];
      for (const [index, question] of foreign.entries()) {
        const [one, other] = [await ask(socket, question), await ask(socket, nowhere[index])];
        expectEqual(one, other, `the answer to ${question.case} about a conversation of others`);
      }
      const caller = scene.http.as(scene.attacker().seat.token);
      const { getPage, getChanges, getPicture, setMark } = ConversationService.method;
      const newest = { case: "newest", value: {} } as const;
      await caller.refused(getPage, { conversation: log, cursor: newest, limit: 1 }, ProblemCode.NOT_FOUND);
      await caller.refused(getChanges, { conversation: log }, ProblemCode.NOT_FOUND);
      const picture = pictureId(samplePicture());
      await caller.refused(getPicture, { conversation: log, picture }, ProblemCode.NOT_FOUND);
      await caller.refused(setMark, { conversation: log, read: 1 }, ProblemCode.NOT_FOUND);
    },
  },
  {
    title: "marks and typing in a conversation of others do nothing",
    async run(scene) {
      const socket = await scene.online();
      const conversation = scene.neighbours.log;
      socket.send({
        case: "marks",
        value: { updates: [{ conversation, delivered: 4_294_967_295, read: 4_294_967_295 }] },
      });
      socket.send({ case: "typing", value: { conversation, active: true } });
      await expectAlive(socket, "a mark and typing in a conversation of others");
      await scene.neighbours.heardAgain();
      expectThat(!scene.neighbours.heardOf(scene.attacker().account), "the neighbours to hear nothing of a stranger");
    },
  },
  {
    title: "the command of somebody else, sent again word for word or under its id alone, changes nothing",
    async run(scene) {
      const socket = await scene.online();
      const { log, posted, secrets } = scene.neighbours;
      const own = freshId();
      await submit(socket, [groupOf(own, [])]);
      const content = { form: { case: "plain", value: { text: "mine now" } } } as const;
      for (const id of posted.slice(0, 3)) {
        const answers = await submit(socket, [
          { id, log, body: { case: "post", value: { content } } },
          { id: freshId(), log: own, body: { case: "edit", value: { target: id, content } } },
          { id: freshId(), log: own, body: { case: "withdraw", value: { target: id } } },
        ]);
        const shown = answers.map(shownOutcome);
        expectEqual(shown[0], "rejected ID_TAKEN", "the answer to another's id in another's log");
        expectEqual(shown[1], "rejected TARGET_NOT_FOUND", "an edit of what lies in another conversation");
        expectThat(!JSON.stringify(shown).includes(secrets.canary), "no text of others in an answer", shown);
      }
    },
  },
  {
    title: "the device of somebody else cannot be had, nor closed",
    async run(scene) {
      const [ana, ben] = scene.neighbours.people;
      for (const { seat } of [ana, ben]) {
        const thief = await scene.socket();
        thief.send({ case: "hello", value: { device: seat.device, name: "thief" } });
        const ending = await endOf(thief, "a Hello with the device of somebody else");
        expectEqual(ending.code, 4_000 + ProblemCode.DEVICE_CLOSED, "the close code");
        const caller = scene.http.as(scene.attacker().seat.token);
        await caller.refused(AccountService.method.revokeDevice, { id: seat.device }, ProblemCode.NOT_FOUND);
      }
      await scene.online();
      const { devices } = await scene.http.as(scene.attacker().seat.token).call(AccountService.method.listDevices, {});
      expectThat(devices.length === 1, "one's own device alone in the list", devices);
    },
  },
  {
    title: "heads, accounts and logs that are somebody else's in Hello and in commands",
    async run(scene) {
      const { log, people } = scene.neighbours;
      const heads = [
        { conversation: log, seq: 1, tag: 0 },
        { conversation: people[0].account, seq: 1, tag: 0 },
      ];
      const socket = await scene.online({ hello: { heads } });
      const body = { case: "setTitle", value: { title: "mine" } } as const;
      const answers = await submit(socket, [
        { id: freshId(), log: people[0].account, body },
        { id: freshId(), log: scene.attacker().account, body },
        groupOf(log, [scene.attacker(1).account]),
        groupOf(freshId(), [log]),
        groupOf(freshId(), [people[0].seat.device]),
      ]);
      expectEqual(
        answers.map(shownOutcome),
        [
          "rejected NOT_FOUND",
          "rejected NOT_SUPPORTED",
          "rejected ID_TAKEN",
          "rejected NOT_FOUND",
          "rejected NOT_FOUND",
        ],
        "the answers",
      );
    },
  },
  {
    title: "a session that was made up, cut, changed or ended opens nothing",
    async run(scene) {
      const { token } = scene.attacker().seat;
      const [value = "", signature = ""] = token.split(".");
      const made = [
        "x",
        `${value}.`,
        `.${signature}`,
        `${value}.${signature.slice(0, -4)}AAAA`,
        `${value}x.${signature}`,
        token.slice(1),
      ];
      for (const wrong of [...made, "ü", "x".repeat(8_000), "%00", `${token} ${token}`]) {
        const caller = scene.http.with({ authorization: `Bearer ${encodeURI(wrong)}` });
        await caller.refused(ConversationService.method.listConversations, {}, ProblemCode.UNAUTHENTICATED);
        const as = { ...scene.attacker(), seat: { token: encodeURI(wrong), device: freshId() } };
        const ending = await endOf(await scene.socket({ as }), "an upgrade with a session that was made up");
        expectEqual(ending.code, 4_000 + ProblemCode.UNAUTHENTICATED, "the close code");
      }
    },
  },
];

function groupOf(log: string, members: string[]) {
  const value = {
    kind: ConversationKind.GROUP,
    encryption: Encryption.NONE,
    history: HistoryPolicy.ALL,
    title: "theirs",
    members,
  };
  return { id: freshId(), log, body: { case: "create", value } } as const;
}
