import { ConversationKind, HistoryPolicy, RejectionCode, threadConversationId } from "@parley/protocol";
import {
  addMembers,
  command,
  ensureThread,
  erase,
  expectAccepted,
  expectRejected,
  leave,
  post,
  removeMembers,
  setFollowing,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Conversations below a message. */
export const threadCases: readonly ConformanceCase[] = [
  {
    title: "[THREAD1] two members who begin the same thread meet in one, which they and the author of its root follow",
    async run(session) {
      const { device, other, log } = await pair(session);
      const root = post(log, "root");
      expectAccepted((await device.submit([root]))[0]);
      const thread = threadConversationId(log, root.id);
      const [begun, answer] = [ensureThread(log, root.id), post(thread, "reply")];
      (await other.submit([begun, answer])).forEach(expectAccepted);
      const { state } = await device.expect("reset", (reset) => reset.state?.id === thread);
      expectMatch(state, { kind: ConversationKind.THREAD, parent: log, root: root.id }, "the thread");
      expectEqual(state?.members.filter(({ present }) => present).length, 2, "how many follow it");
      (await device.submit([ensureThread(log, root.id), post(thread, "mine")])).forEach(expectAccepted);
      const { event } = await other.expect("event", (frame) => frame.event?.log === thread && frame.event.seq === 4);
      expectEqual(event?.body.case, "posted", "what was written by who ensured it too");
    },
  },
  {
    title: "[THREAD2] the id is derived; without a message that the sender sees there is no thread, and none below one",
    async run(session) {
      const { device, log } = await pair(session);
      const [root, gone] = [post(log, "root"), post(log, "gone")];
      (await device.submit([root, gone, erase(log, gone.id)])).forEach(expectAccepted);
      const { INVALID, TARGET_DELETED, TARGET_NOT_FOUND, NOT_FOUND } = RejectionCode;
      const begun = ensureThread(log, root.id);
      const other = { ...ensureThread(log, root.id), log: threadConversationId(root.id, log) };
      const named = ensureThread(log, root.id);
      const [wrong, deleted, absent] = await device.submit([
        other,
        ensureThread(log, gone.id),
        ensureThread(log, freshId()),
      ]);
      expectRejected(wrong, INVALID);
      expectRejected(deleted, TARGET_DELETED);
      expectRejected(absent, TARGET_NOT_FOUND);
      const reply = post(begun.log, "reply");
      (await device.submit([begun, reply, named])).forEach(expectAccepted);
      expectRejected((await device.submit([ensureThread(begun.log, reply.id)]))[0], INVALID);
      const withMembers = command(begun.log, {
        case: "create",
        value: { kind: ConversationKind.THREAD, encryption: 1, parent: log, root: root.id, members: [freshId()] },
      });
      expectRejected((await device.submit([withMembers]))[0], INVALID);
      const stranger = await session.online(await session.person());
      const strange = [ensureThread(log, root.id), setFollowing(begun.log, true), post(begun.log, "me, too")];
      for (const answer of await stranger.submit(strange)) expectRejected(answer, NOT_FOUND);
    },
  },
  {
    title:
      "[THREAD3] [THREAD6] who does not follow a thread reads it, and writes nothing; who follows it is told of it",
    async run(session) {
      const { device, other, log } = await pair(session);
      const root = post(log, "root");
      expectAccepted((await device.submit([root]))[0]);
      const begun = ensureThread(log, root.id);
      (await device.submit([begun, post(begun.log, "one")])).forEach(expectAccepted);
      expectEqual(await textsIn(other, begun.log), ["one"], "what is read by who does not follow it");
      expectRejected((await other.submit([post(begun.log, "two")]))[0], RejectionCode.NOT_MEMBER);
      const follows = [setFollowing(begun.log, true), setFollowing(begun.log, true)];
      (await other.submit(follows)).forEach(expectAccepted);
      const bodies = [];
      for (const { id } of follows) {
        bodies.push((await device.expect("event", ({ event }) => event?.id === id)).event?.body.case);
      }
      expectEqual(bodies, ["followed", "noEffect"], "what following it did");
      (await other.submit([post(begun.log, "two"), setFollowing(begun.log, false)])).forEach(expectAccepted);
      await device.expect("event", ({ event }) => event?.log === begun.log && event.body.case === "unfollowed");
      expectRejected((await other.submit([post(begun.log, "three")]))[0], RejectionCode.NOT_MEMBER);
      expectRejected((await other.submit([setFollowing(log, true)]))[0], RejectionCode.NOT_ALLOWED);
    },
  },
  {
    title: "[THREAD4] what was written in a thread while somebody was no member of its parent stays out of sight",
    async run(session) {
      const { device, other, log, ben } = await pair(session, { history: HistoryPolicy.SINCE_JOINED });
      const { account } = ben;
      const root = post(log, "root");
      expectAccepted((await device.submit([root]))[0]);
      const begun = ensureThread(log, root.id);
      (await device.submit([begun, post(begun.log, "before")])).forEach(expectAccepted);
      (await other.submit([ensureThread(log, root.id)])).forEach(expectAccepted);
      expectAccepted((await device.submit([removeMembers(log, [account])]))[0]);
      await other.expect("event", ({ event }) => event?.log === begun.log && event.body.case === "unfollowed");
      expectAccepted((await device.submit([post(begun.log, "between")]))[0]);
      expectRejected((await other.submit([post(begun.log, "from outside")]))[0], RejectionCode.NOT_MEMBER);
      expectRejected((await other.submit([setFollowing(begun.log, true)]))[0], RejectionCode.NOT_MEMBER);
      (await device.submit([addMembers(log, [account]), post(begun.log, "after")])).forEach(expectAccepted);
      expectEqual(await textsIn(other, begun.log), ["before", "after"], "what is seen by who was away");
      expectAccepted((await other.submit([setFollowing(begun.log, true)]))[0]);
      expectEqual(await textsIn(other, begun.log), ["before", "after"], "and when it is followed again");
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([post(begun.log, "gone")]))[0], RejectionCode.NOT_MEMBER);
    },
  },
  {
    title:
      "[THREAD5] the root tells how many replies there are, when the last one came and who wrote last, also when it is deleted",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const root = post(log, "root");
      expectAccepted((await device.submit([root]))[0]);
      const begun = ensureThread(log, root.id);
      const [one, two] = [post(begun.log, "one"), post(begun.log, "two")];
      (await device.submit([begun, one])).forEach(expectAccepted);
      (await other.submit([ensureThread(log, root.id), two])).forEach(expectAccepted);
      const told = await other.expect(
        "event",
        ({ event }) => event?.body.case === "threadChanged" && event.log === log,
      );
      expectThat(told.event?.body.case === "threadChanged", "the parent's event", told);
      expectEqual(told.event.body.value.root, root.id, "the root that changed");
      expectEqual(told.event.ordinal, 0, "the entry that it makes");
      const participants = [ben.account, ana.account];
      expectMatch(await summaryOf(other, log, root.id), { replies: 2, participants }, "the summary");
      (await other.submit([erase(begun.log, two.id)])).forEach(expectAccepted);
      expectAccepted((await device.submit([erase(log, root.id)]))[0]);
      const left = { replies: 1, participants: [ana.account] };
      expectMatch(await summaryOf(other, log, root.id), left, "the summary of a deleted root");
      expectAccepted((await device.submit([post(begun.log, "three")]))[0]);
      expectMatch(await summaryOf(other, log, root.id), { replies: 2 }, "the summary as the thread goes on");
    },
  },
  {
    title:
      "[THREAD7] whom a message of a thread mentions anew follows it, also after they unfollowed it; not who blocks its author",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const root = post(log, "root");
      expectAccepted((await device.submit([root]))[0]);
      const begun = ensureThread(log, root.id);
      const [first, second] = [naming(begun.log, ben.account), naming(begun.log, ben.account)];
      (await device.submit([begun, first])).forEach(expectAccepted);
      const { status } = await other.expect("reset", (reset) => reset.state?.id === begun.log);
      expectMatch(status?.read, { unread: 1, mentions: 1 }, "what the mentioned account is told");
      expectAccepted((await other.submit([setFollowing(begun.log, false)]))[0]);
      expectAccepted((await device.submit([renaming(begun.log, first.id, ben.account)]))[0]);
      expectRejected((await other.submit([post(begun.log, "not yet")]))[0], RejectionCode.NOT_MEMBER);
      expectAccepted((await device.submit([second]))[0]);
      const { event } = await device.expect(
        "event",
        ({ event: one }) => one?.log === begun.log && one.body.case === "followed",
      );
      expectMatch(event, { author: ben.account, ordinal: 0 }, "who follows it by that");
      expectAccepted((await other.submit([post(begun.log, "here")]))[0]);
      const block = (blocked: boolean) =>
        command(ben.account, { case: "setBlocked", value: { account: ana.account, blocked } });
      (await other.submit([setFollowing(begun.log, false), block(true)])).forEach(expectAccepted);
      expectAccepted((await device.submit([naming(begun.log, ben.account)]))[0]);
      expectRejected((await other.submit([post(begun.log, "unheard")]))[0], RejectionCode.NOT_MEMBER);
      expectAccepted((await other.submit([block(false)]))[0]);
    },
  },
  {
    title:
      "[THREAD8] who parts from a conversation with very many threads follows none of them, also once they are back",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const roots = Array.from({ length: MANY }, (_, index) => post(log, `root ${index}`));
      for (let from = 0; from < MANY; from += AT_ONCE) {
        const some = roots.slice(from, from + AT_ONCE);
        (await other.submit(some)).forEach(expectAccepted);
        (await other.submit(some.map(({ id }) => ensureThread(log, id)))).forEach(expectAccepted);
      }
      expectAccepted((await device.submit([removeMembers(log, [ben.account])]))[0]);
      const back = addMembers(log, [ben.account]);
      let [answer] = await device.submit([back]);
      while (answer?.outcome.case === "retry") {
        await Bun.sleep(answer.outcome.value.retryAfterMs);
        [answer] = await device.submit([back]);
      }
      expectAccepted(answer);
      for (let count = 0; count < MANY; count++) {
        await other.expect("event", ({ event }) => event?.body.case === "unfollowed");
      }
      const fresh = await session.connect(await session.signIn(ben));
      const { conversations } = await fresh.hello();
      const threads = new Set(roots.map(({ id }) => threadConversationId(log, id)));
      const listed = conversations.filter(({ head }) => threads.has(head?.conversation ?? ""));
      expectEqual(listed.length, 0, "how many threads Welcome lists");
    },
  },
];

/** More than one transaction ends. */
const MANY = 300;
/** In one submission. */
const AT_ONCE = 60;

const content = (text: string) => ({ form: { case: "plain", value: { text } } }) as const;

function naming(log: string, account: string) {
  return command(log, { case: "post", value: { content: content("you"), envelope: { mentions: [account] } } });
}

function renaming(log: string, target: string, account: string) {
  const value = { target, content: content("you, above all"), envelope: { mentions: [account] } };
  return command(log, { case: "edit", value });
}

/** What a device that holds nothing is told of a conversation. */
async function textsIn(device: RawDevice, conversation: string): Promise<readonly string[]> {
  const answer = await device.ask({
    case: "page",
    value: { conversation, cursor: { case: "newest", value: {} }, limit: 50 },
  });
  expectThat(answer.case === "page", "a page", answer);
  return answer.value.entries.flatMap(({ body }) => {
    const content = body.case === "message" && body.value.state.case === "content" ? body.value.state.value : undefined;
    return content?.form.case === "plain" ? [content.form.value.text] : [];
  });
}

async function summaryOf(device: RawDevice, conversation: string, root: string) {
  const entry = await entryOf(device, conversation, root);
  return entry?.body.case === "message" ? entry.body.value.thread : undefined;
}
