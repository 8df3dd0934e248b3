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
import { command, createGroup, expectAccepted, expectRejected, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";

type CreateInit = MessageInitShape<typeof CreateSchema>;

/** Of no version so far. */
const UNKNOWN_KIND: number = 77;

const { NONE, MLS } = Encryption;
const { ALL, SINCE_JOINED } = HistoryPolicy;
const { DIRECT, GROUP, NOTES, THREAD } = ConversationKind;

/** How conversations begin. */
export const createCases: readonly ConformanceCase[] = [
  {
    title: "[CREATE1] a group begins with its members; its id can be taken once, by everybody alike",
    async run(session) {
      const [ana, ben] = await session.two();
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
      const device = await session.connect(person.seat);
      const log = notesConversationId(person.account);
      const begin = (id: string, members: string[] = []) =>
        command(id, { case: "create", value: { kind: NOTES, encryption: NONE, history: ALL, members } });
      const { conversations } = await device.hello();
      expectAccepted((await device.submit([begin(log)]))[0]);
      // What happens before a conversation was read for the device is part of its Reset.
      for (const id of new Set([...conversations.map(({ head }) => head?.conversation), log])) {
        await device.expect("reset", ({ status }) => status?.head?.conversation === id);
      }
      expectAccepted((await device.submit([post(log, "to myself")]))[0]);
      const again = begin(log);
      expectAccepted((await device.submit([again]))[0]);
      const { event } = await device.expect("event", (frame) => frame.event?.id === again.id);
      expectMatch(event, { body: { case: "noEffect" } }, "the event of the second creation");
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
        [
          { kind: THREAD, encryption: NONE, history: ALL, parent: log, root: log },
          RejectionCode.NOT_FOUND,
          threadConversationId(log, log),
        ],
      ];
      for (const [value, code, id] of refused) {
        expectRejected((await device.submit([command(id, { case: "create", value })]))[0], code);
      }
    },
  },
];
