import { ConversationService, HistoryPolicy, RejectionCode, uuidV7 } from "@parley/protocol";
import {
  addMembers,
  command,
  erase,
  expectAccepted,
  expectRejected,
  leave,
  post,
  removeMembers,
  setTitle,
  verdictOf,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { after, first } from "../kit/orders.ts";

/** Verdicts, and what every command has in common. */
export const verdictCases: readonly ConformanceCase[] = [
  {
    title: "[VERDICT1] a verdict stays word for word, whatever changes, on the socket and over HTTP",
    async run(session) {
      const [ana, ben] = await session.two();
      const owner = await session.online(ana);
      const member = await session.online(ben);
      const log = await session.group(owner, [ben]);
      const [said, refused] = [post(log, "said"), setTitle(log, "")];
      const verdicts = await member.submit([said, refused]);
      expectAccepted((await owner.submit([removeMembers(log, [ben.account])]))[0]);
      expectAccepted((await owner.submit([erase(log, said.id)]))[0]);
      expectEqual(await member.submit([said, refused]), verdicts, "the verdicts afterwards");
      const other = { ...refused, id: said.id };
      expectEqual((await member.submit([other]))[0], verdicts[0], "the verdict on another command of the same id");
      const over = await session.as(ben).call(ConversationService.method.execute, { command: said });
      expectEqual(over, verdicts[0], "the answer over HTTP");
    },
  },
  {
    title: "[TIM1] [TIM4] ids and times of clocks that are years off are accepted, and stand in the order of the log",
    async run(session) {
      const author = await session.online(await session.person());
      const log = await session.group(author, []);
      const days = [0, Date.UTC(2090, 0, 1), Date.UTC(2001, 8, 9), 2 ** 48 - 1, 0];
      const posts = days.map((at) => ({
        ...post(log, `on ${at}`),
        id: uuidV7(at, crypto.getRandomValues(new Uint8Array(10))),
        sentAt: at,
      }));
      const seqs = (await author.submit(posts)).map(expectAccepted);
      expectEqual(
        seqs,
        posts.map((_, index) => (seqs[0] ?? 0) + index),
        "the seqs, in the order of submission",
      );
    },
  },
  {
    title: "[VERDICT2] [EVENT4] an accepted command is the event, the row and the verdict of one seq, under its id",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      await device.expect("reset", ({ state }) => state?.id === log);
      const message = post(log, "once");
      const seq = expectAccepted((await device.submit([message]))[0]);
      const { event } = await device.expect("event", (frame) => frame.event?.id === message.id);
      expectMatch(
        event,
        { log, seq, id: message.id, author: person.account, sentAt: message.sentAt, ordinal: 2 },
        "the event",
      );
      const answer = await device.ask({ case: "entries", value: { conversation: log, ids: [message.id] } });
      expectMatch(
        answer,
        { case: "entries", value: { entries: [{ id: message.id, seq, ordinal: 2, receivedAt: event?.receivedAt }] } },
        "the row",
      );
    },
  },
  {
    title: "[VERDICT3] a rejected command takes its place in the device's order",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const wrong = post(log, "");
      expectRejected((await device.submit([wrong], first))[0], RejectionCode.INVALID);
      expectMatch(
        await device.submit([post(log, "again")], first),
        [{ outcome: { case: "stale", value: { last: wrong.id } } }],
        "the answer",
      );
      expectAccepted((await device.submit([post(log, "next")], after(wrong.id)))[0]);
    },
  },
  {
    title: "[COMMAND1] id, link, right, validity: what comes first decides the answer",
    async run(session) {
      const [ana, ben] = await session.two();
      const owner = await session.online(ana);
      const stranger = await session.online(ben);
      const log = await session.group(owner, []);
      const message = post(log, "known");
      const [verdict] = await owner.submit([message], first);
      expectEqual(
        (await owner.submit([message], after(freshId())))[0],
        verdict,
        "the answer to a known id with a wrong link",
      );
      expectMatch(
        await stranger.submit([post(log, "")], after(freshId())),
        [{ outcome: { case: "stale" } }],
        "the answer to a wrong link without the right",
      );
      expectRejected((await stranger.submit([post(log, "")]))[0], RejectionCode.NOT_FOUND);
      expectRejected((await owner.submit([post(log, "")]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[COMMAND2] every command can be refused for its id, its form, its log, its sender and its body",
    async run(session) {
      const [ana, ben] = await session.two();
      const owner = await session.online(ana);
      const other = await session.online(ben);
      const log = await session.group(owner, [ben]);
      const message = post(log, "mine");
      expectAccepted((await owner.submit([message]))[0]);
      expectRejected((await other.submit([message]))[0], RejectionCode.ID_TAKEN);
      expectRejected((await owner.submit([post(freshId(), "to nowhere")]))[0], RejectionCode.NOT_FOUND);
      expectRejected((await owner.submit([{ ...post(log, "when?"), sentAt: Number.NaN }]))[0], RejectionCode.INVALID);
      expectRejected((await owner.submit([{ ...post(log, "where?"), log: "somewhere" }]))[0], RejectionCode.INVALID);
      expectRejected((await owner.submit([{ id: freshId(), log, sentAt: 1 }]))[0], RejectionCode.NOT_SUPPORTED);
      expectRejected((await owner.submit([post(ana.account, "to my account log")]))[0], RejectionCode.NOT_SUPPORTED);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([post(log, "still here?")]))[0], RejectionCode.NOT_MEMBER);
    },
  },
  {
    title: "[COMMAND3] an accepted command without effect takes one seq, and its event is NoEffect without an entry",
    async run(session) {
      const [ana, ben] = await session.two();
      const device = await session.online(ana);
      const log = await session.group(device, [ben], { title: "Tea" });
      await device.expect("reset", ({ state }) => state?.id === log);
      const idle = [setTitle(log, "Tea"), addMembers(log, [ben.account])];
      expectEqual((await device.submit(idle)).map(expectAccepted), [2, 3], "the seqs");
      for (const { id } of idle) {
        const { event } = await device.expect("event", (frame) => frame.event?.id === id);
        expectMatch(event, { ordinal: 0, body: { case: "noEffect" } }, "the event");
      }
      expectEqual(expectAccepted((await device.submit([post(log, "next")]))[0]), 4, "the next seq");
    },
  },
  {
    title: "[COMMAND4] the same result asked for twice, under two ids, is there once",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, [], { history: HistoryPolicy.ALL });
      const message = post(log, "👍?");
      const reaction = () => command(log, { case: "setReaction", value: { target: message.id, emoji: "👍" } });
      const answers = await device.submit([
        message,
        reaction(),
        reaction(),
        setTitle(log, "Two"),
        setTitle(log, "Two"),
      ]);
      expectThat(
        answers.every((answer) => verdictOf(answer).outcome.case === "accepted"),
        "all to be accepted",
        answers,
      );
      const page = await device.ask({
        case: "page",
        value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 10 },
      });
      const entries = page.case === "page" ? page.value.entries : [];
      expectMatch(
        entries.map(({ body }) => body),
        [
          { case: "system" },
          { value: { reactions: [{ accounts: [person.account] }] } },
          { value: { what: { case: "titleSet" } } },
        ],
        "the entries",
      );
    },
  },
];
