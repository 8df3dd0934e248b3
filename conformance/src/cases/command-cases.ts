import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  ConversationKind,
  type CreateSchema,
  directConversationId,
  Encryption,
  HistoryPolicy,
  notesConversationId,
  RejectionCode,
  Role,
  threadConversationId,
} from "@parley/protocol";
import {
  addMembers,
  command,
  createGroup,
  edit,
  erase,
  expectAccepted,
  expectRejected,
  leave,
  post,
  react,
  removeMembers,
  setTitle,
  unreact,
  withdraw,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair, rowOf } from "../kit/pair.ts";

type CreateInit = MessageInitShape<typeof CreateSchema>;

/** Of no version so far. */
const UNKNOWN_KIND: number = 77;

const { NONE, MLS } = Encryption;
const { ALL, SINCE_JOINED } = HistoryPolicy;
const { DIRECT, GROUP, NOTES, THREAD } = ConversationKind;

/** Each command: who may, what it does and how it fails. */
export const commandCases: readonly ConformanceCase[] = [
  {
    title: "[CREATE1] a group begins with its members; its id can be taken once, by everybody alike",
    async run(session) {
      const [ana, ben] = await session.people(2);
      const device = await session.online(ana);
      const creation = createGroup([ben.account], { title: "Tea club", history: ALL });
      expectAccepted((await device.submit([creation]))[0]);
      const { state } = await device.expect("reset", (reset) => reset.state?.id === creation.log);
      expectMatch(
        state,
        { kind: GROUP, encryption: NONE, history: ALL, title: "Tea club", createdBy: ana.account, rev: 1 },
        "the group",
      );
      const roles = new Map(state?.members.map(({ account, role, present }) => [account, present ? role : 0]));
      expectMatch([roles.get(ana.account), roles.get(ben.account)], [Role.OWNER, Role.MEMBER], "the roles");
      expectRejected((await device.submit([createGroup([], { log: creation.log })]))[0], RejectionCode.ID_TAKEN);
      const other = await session.online(ben);
      expectRejected((await other.submit([createGroup([], { log: creation.log })]))[0], RejectionCode.ID_TAKEN);
    },
  },
  {
    title: "[CREATE1] [DERIVED1] creating a direct conversation ensures it: two who start it meet in one",
    async run(session) {
      const [ana, ben] = [await session.newcomer(), await session.person()];
      const log = directConversationId(ana.account, ben.account, NONE);
      const begin = (member: string) =>
        command(log, { case: "create", value: { kind: DIRECT, encryption: NONE, history: ALL, members: [member] } });
      const [own, other] = [await session.online(ana), await session.online(ben)];
      expectAccepted((await own.submit([begin(ben.account)]))[0]);
      const again = begin(ana.account);
      await other.expect("reset", ({ state }) => state?.id === log);
      expectAccepted((await other.submit([again]))[0]);
      const { event } = await own.expect("event", (frame) => frame.event?.id === again.id);
      expectMatch(event, { body: { case: "noEffect" } }, "the event of the second creation");
      const wrong = { ...begin(ben.account), log: directConversationId(ana.account, freshId(), NONE) };
      expectRejected((await own.submit([wrong]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[CREATE1] [DERIVED1] notes are one's own, under the derived id",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = notesConversationId(person.account);
      const begin = (id: string, members: string[] = []) =>
        command(id, { case: "create", value: { kind: NOTES, encryption: NONE, history: ALL, members } });
      expectAccepted((await device.submit([begin(log)]))[0]);
      expectAccepted((await device.submit([post(log, "to myself")]))[0]);
      const answer = await device.ask({ case: "changes", value: { conversation: log } });
      expectMatch(answer, { value: { state: { kind: NOTES, members: [{ account: person.account }] } } }, "the notes");
      expectRejected((await device.submit([begin(freshId())]))[0], RejectionCode.INVALID);
      expectRejected((await device.submit([begin(log, [freshId()])]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[CREATE1] what no server can begin is refused for its reason",
    async run(session) {
      const { account, seat } = await session.person();
      const device = await session.onlineAt(seat);
      const log = freshId();
      const refused: readonly [CreateInit, RejectionCode, string][] = [
        [{ kind: GROUP, encryption: NONE, history: SINCE_JOINED, members: [freshId()] }, RejectionCode.NOT_FOUND, log],
        [{ kind: GROUP, encryption: MLS, history: SINCE_JOINED }, RejectionCode.NOT_SUPPORTED, log],
        [{ kind: GROUP, encryption: NONE, history: SINCE_JOINED }, RejectionCode.INVALID, notesConversationId(log)],
        [{ kind: GROUP, encryption: NONE }, RejectionCode.INVALID, log],
        [{ kind: GROUP, history: ALL }, RejectionCode.INVALID, log],
        [{ encryption: NONE, history: ALL }, RejectionCode.INVALID, log],
        [{ kind: UNKNOWN_KIND, encryption: NONE, history: ALL }, RejectionCode.INVALID, log],
        [{ kind: DIRECT, encryption: NONE, members: [account] }, RejectionCode.INVALID, log],
        [{ kind: DIRECT, encryption: NONE, members: [] }, RejectionCode.INVALID, log],
        [{ kind: THREAD, encryption: NONE, history: ALL }, RejectionCode.NOT_SUPPORTED, threadConversationId(log, log)],
      ];
      for (const [value, code, id] of refused) {
        expectRejected((await device.submit([command(id, { case: "create", value })]))[0], code);
      }
    },
  },
  {
    title: "[POST1] a post is a message under the command's id; without readable content it is refused",
    async run(session) {
      const { device, other, log } = await pair(session);
      const message = post(log, "Hello");
      expectAccepted((await device.submit([message]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === message.id);
      expectMatch(
        event?.body,
        { case: "posted", value: { content: { form: { case: "plain", value: { text: "Hello" } } } } },
        "the event",
      );
      expectRejected((await device.submit([command(log, { case: "post", value: {} })]))[0], RejectionCode.INVALID);
      expectRejected(
        (await device.submit([command(log, { case: "post", value: { content: {} } })]))[0],
        RejectionCode.INVALID,
      );
      const sealed = { content: { form: { case: "sealed", value: Uint8Array.of(1, 2, 3) } } } as const;
      expectRejected(
        (await device.submit([command(log, { case: "post", value: sealed })]))[0],
        RejectionCode.NOT_SUPPORTED,
      );
    },
  },
  {
    title: "[EDIT1] an author replaces the content; others, and what is not there or deleted, are refused",
    async run(session) {
      const { device, other, log } = await pair(session);
      const message = post(log, "Helo");
      const change = edit(log, message.id, "Hello");
      (await device.submit([message, change])).forEach(expectAccepted);
      const { event } = await other.expect("event", (frame) => frame.event?.id === change.id);
      expectMatch(
        event,
        {
          ordinal: 0,
          body: { case: "edited", value: { target: message.id, content: { form: { value: { text: "Hello" } } } } },
        },
        "the event",
      );
      const row = await rowOf(other, log, message.id);
      expectThat(row.editedAt > 0, "a time of the edit", row);
      expectRejected((await other.submit([edit(log, message.id, "Mine")]))[0], RejectionCode.NOT_ALLOWED);
      expectRejected((await device.submit([edit(log, freshId(), "What?")]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectRejected((await device.submit([edit(log, "that one", "What?")]))[0], RejectionCode.INVALID);
      expectAccepted((await device.submit([erase(log, message.id)]))[0]);
      expectRejected((await device.submit([edit(log, message.id, "Back")]))[0], RejectionCode.TARGET_DELETED);
    },
  },
  {
    title:
      "[WITHDRAW1] withdrawing takes back a message, leaves other effects, and keeps what was never received from happening",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [message, title, refused, late] = [
        post(log, "Oops"),
        setTitle(log, "Stays"),
        setTitle(log, ""),
        post(log, "Late"),
      ];
      await device.submit([message, title, refused]);
      for (const [target, body] of [
        [message.id, "erased"],
        [message.id, "noEffect"],
        [title.id, "noEffect"],
        [refused.id, "noEffect"],
        [late.id, "noEffect"],
      ] as const) {
        const withdrawal = withdraw(log, target);
        expectAccepted((await device.submit([withdrawal]))[0]);
        const { event } = await other.expect("event", (frame) => frame.event?.id === withdrawal.id);
        expectMatch(event?.body, { case: body }, "the event");
      }
      expectRejected((await device.submit([late]))[0], RejectionCode.WITHDRAWN);
      expectMatch(await rowOf(device, log, message.id), { state: { case: "deleted" } }, "the message");
      const others = post(log, "Not yours");
      expectAccepted((await other.submit([others]))[0]);
      expectRejected((await device.submit([withdraw(log, others.id)]))[0], RejectionCode.NOT_ALLOWED);
      expectRejected((await device.submit([withdraw(log, "that one")]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[WITHDRAW1] a former member's withdrawal is NOT_MEMBER, and its target gets its verdict all the same",
    async run(session) {
      const { other, log } = await pair(session);
      const late = post(log, "Late");
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([withdraw(log, late.id)]))[0], RejectionCode.NOT_MEMBER);
      expectRejected((await other.submit([late]))[0], RejectionCode.WITHDRAWN);
    },
  },
  {
    title: "[DELETE1] [ROWS6] deleting leaves a tombstone; authors may, and owners of a group, and nobody else",
    async run(session) {
      const { device, other, log, ana } = await pair(session);
      const [own, others] = [post(log, "mine"), post(log, "theirs")];
      expectAccepted((await device.submit([own]))[0]);
      await other.submit([others, edit(log, others.id, "theirs!"), react(log, others.id, "👍")]);
      expectRejected((await other.submit([erase(log, own.id)]))[0], RejectionCode.NOT_ALLOWED);
      const deletion = erase(log, others.id);
      expectAccepted((await device.submit([deletion]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === deletion.id);
      expectMatch(event?.body, { case: "erased", value: { target: others.id } }, "the event");
      const tombstone = {
        state: { case: "deleted", value: { by: ana.account, at: event?.receivedAt } },
        editedAt: 0,
        reactions: [],
        envelope: undefined,
      };
      expectMatch(await rowOf(other, log, others.id), tombstone, "the tombstone");
      expectRejected((await device.submit([erase(log, freshId())]))[0], RejectionCode.TARGET_NOT_FOUND);
      const again = erase(log, others.id);
      expectAccepted((await device.submit([again]))[0]);
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === again.id)).event?.body,
        { case: "noEffect" },
        "the second event",
      );
    },
  },
  {
    title: "[REACTION1] [REACTION2] [ROWS5] reactions are set and unset, each by its author, in order",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const message = post(log, "👍?");
      expectAccepted((await device.submit([message]))[0]);
      const [set, unset] = [react(log, message.id, "👍"), unreact(log, message.id, "👍")];
      expectAccepted((await other.submit([set]))[0]);
      (await device.submit([react(log, message.id, "👍"), react(log, message.id, "🍵")])).forEach(expectAccepted);
      const reactions = [
        { emoji: "👍", accounts: [ben.account, ana.account] },
        { emoji: "🍵", accounts: [ana.account] },
      ];
      expectMatch(await rowOf(device, log, message.id), { reactions }, "the reactions");
      expectAccepted((await other.submit([unset]))[0]);
      expectMatch(
        await rowOf(device, log, message.id),
        { reactions: [{ emoji: "👍", accounts: [ana.account] }, {}] },
        "the reactions left",
      );
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === set.id)).event?.body,
        { case: "reactionSet", value: { target: message.id, emoji: "👍" } },
        "the event",
      );
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === unset.id)).event?.body,
        { case: "reactionUnset" },
        "the event",
      );
      for (const emoji of ["", "ab", "👍👍"])
        expectRejected((await other.submit([react(log, message.id, emoji)]))[0], RejectionCode.INVALID);
      expectRejected((await other.submit([react(log, freshId(), "👍")]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectRejected((await other.submit([unreact(log, freshId(), "👍")]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectAccepted((await device.submit([erase(log, message.id)]))[0]);
      expectRejected((await other.submit([react(log, message.id, "👍")]))[0], RejectionCode.TARGET_DELETED);
    },
  },
  {
    title:
      "[MEMBERS1] [EVENT3] members add others; who is there is skipped, and the event brings the profiles of who came",
    async run(session) {
      const { device, other, log, ana } = await pair(session);
      const cem = await session.person();
      const addition = addMembers(log, [ana.account, cem.account, cem.account]);
      expectAccepted((await other.submit([addition]))[0]);
      const { event, profiles } = await device.expect("event", (frame) => frame.event?.id === addition.id);
      expectMatch(event?.body, { case: "membersAdded", value: { accounts: [cem.account] } }, "the event");
      expectMatch(
        profiles,
        [{ account: cem.account, userName: cem.userName, displayName: cem.displayName }],
        "the profiles",
      );
      expectRejected((await device.submit([addMembers(log, [freshId()])]))[0], RejectionCode.NOT_FOUND);
      expectRejected((await device.submit([addMembers(log, [])]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[MEMBERS2] owners remove members; members do not",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      expectRejected((await other.submit([removeMembers(log, [ana.account])]))[0], RejectionCode.NOT_ALLOWED);
      const removal = removeMembers(log, [ben.account, freshId()]);
      expectAccepted((await device.submit([removal]))[0]);
      const { event } = await device.expect("event", (frame) => frame.event?.id === removal.id);
      expectMatch(event?.body, { case: "membersRemoved", value: { accounts: [ben.account] } }, "the event");
      const again = removeMembers(log, [ben.account]);
      expectAccepted((await device.submit([again]))[0]);
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === again.id)).event?.body,
        { case: "noEffect" },
        "the second event",
      );
    },
  },
  {
    title: "[MEMBERS3] when the last owner leaves, the longest-standing member becomes owner",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const cem = await session.person();
      expectAccepted((await device.submit([addMembers(log, [cem.account])]))[0]);
      const departure = leave(log);
      expectAccepted((await device.submit([departure]))[0]);
      expectMatch(
        (await other.expect("event", (frame) => frame.event?.id === departure.id)).event,
        { author: ana.account, body: { case: "memberLeft" } },
        "the event",
      );
      const answer = await other.ask({ case: "changes", value: { conversation: log } });
      const members = answer.case === "reset" ? answer.value.state?.members : [];
      expectMatch(
        members?.find(({ account }) => account === ben.account),
        { role: Role.OWNER, present: true },
        "who stood longest",
      );
      expectMatch(
        members?.find(({ account }) => account === ana.account),
        { present: false },
        "who left",
      );
    },
  },
  {
    title: "[TITLE1] any member of a group sets its title",
    async run(session) {
      const { device, other, log } = await pair(session);
      const change = setTitle(log, "Coffee club");
      expectAccepted((await other.submit([change]))[0]);
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === change.id)).event?.body,
        { case: "titleSet", value: { title: "Coffee club" } },
        "the event",
      );
      expectRejected((await other.submit([setTitle(log, "")]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[MEMBERS1] [MEMBERS2] [MEMBERS3] [TITLE1] notes and direct conversations are not changed as groups are",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = notesConversationId(person.account);
      expectAccepted(
        (await device.submit([command(log, { case: "create", value: { kind: NOTES, encryption: NONE } })]))[0],
      );
      for (const each of [
        addMembers(log, [person.account]),
        removeMembers(log, [person.account]),
        leave(log),
        setTitle(log, "Mine"),
      ]) {
        expectRejected((await device.submit([each]))[0], RejectionCode.NOT_ALLOWED);
      }
    },
  },
];
