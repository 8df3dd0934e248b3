import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";

/** What Welcome tells. */
export const welcomeCases: readonly ConformanceCase[] = [
  {
    title: "[WELCOME1] [WELCOME2] an empty store is greeted with one's own profile, before anything but Pong",
    async run(session) {
      const person = await session.newcomer();
      const device = await session.connect(person.seat);
      device.send({ case: "ping", value: { nonce: 7 } });
      const welcome = await device.hello();
      const { account, userName, displayName } = person;
      expectMatch(welcome, { account, device: device.id, conversations: [], accountHead: 0 }, "Welcome");
      expectMatch(welcome.profiles, [{ account, userName, displayName, rev: 1 }], "the profiles");
      expectThat(welcome.credit > 0 && welcome.heartbeatMs > 0, "a credit and a heartbeat", welcome);
      expectThat(
        Number.isInteger(welcome.serverTime) && welcome.serverTime > 1e12,
        "whole milliseconds",
        welcome.serverTime,
      );
      expectThat(
        device.frames.every((frame) => frame.case === "pong" || frame.case === "welcome"),
        "no other frame",
        device.frames,
      );
    },
  },
  {
    title:
      "[WELCOME2] [WELCOME3] Welcome tells every conversation that one is or was a member of; who left finds the head where they left",
    async run(session) {
      const [ana, ben] = await session.two();
      const owner = await session.online(ana);
      const leaver = await session.online(ben);
      const log = await session.group(owner, [ben]);
      await leaver.submit([post(log, "I am off")]);
      expectAccepted((await owner.submit([{ ...post(log, "wait"), id: freshId() }]))[0]);
      const left = expectAccepted(
        (await leaver.submit([{ id: freshId(), log, sentAt: 1, body: { case: "leave", value: {} } }]))[0],
      );
      expectAccepted((await owner.submit([post(log, "gone")]))[0]);
      const back = await session.connect(ben.seat);
      const { conversations } = await back.hello();
      const found = conversations.find(({ head }) => head?.conversation === log);
      expectMatch(found, { head: { seq: left }, entryHead: left }, "the status of the conversation that ben left");
      const reset = await back.expect("reset", (one) => one.state?.id === log);
      expectThat(reset.newest?.entries.every(({ seq }) => seq <= left) === true, "nothing after leaving", reset.newest);
    },
  },
  {
    title: "[WELCOME4] Welcome tells one's own marks and what is unread as of a head",
    async run(session) {
      const [ana, ben] = await session.two();
      const author = await session.online(ana);
      const log = await session.group(author, [ben]);
      await author.submit([post(log, "one"), post(log, "two"), post(log, "three")]);
      const reader = await session.online(ben);
      reader.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 3, read: 2 }] } });
      const answer = await reader.expect("registers", ({ readStates }) =>
        readStates.some(({ conversation }) => conversation === log),
      );
      expectMatch(
        answer.readStates.find(({ conversation }) => conversation === log),
        { delivered: 3, read: 2, unread: 2, asOf: 4 },
        "the answer to the mark",
      );
      const { conversations } = await (await session.connect(ben.seat)).hello();
      const found = conversations.find(({ head }) => head?.conversation === log);
      expectMatch(
        found?.read,
        { conversation: log, delivered: 3, read: 2, unread: 2, asOf: 4 },
        "the marks in Welcome",
      );
      const own = (await (await session.connect(ana.seat)).hello()).conversations.find(
        ({ head }) => head?.conversation === log,
      );
      expectMatch(own?.read, { unread: 0 }, "what the author finds unread");
    },
  },
  {
    title: "[WELCOME5] heads of another incarnation count for nothing: every conversation is Reset",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      const { conversations, incarnation } = await (await session.connect(person.seat)).hello();
      const heads = conversations.flatMap(({ head }) => (head === undefined ? [] : [head]));
      const back = await session.connect(person.seat);
      const welcome = await back.hello({ incarnation: freshId(), heads, accountHead: 1 });
      expectEqual(welcome.incarnation, incarnation, "the incarnation, which is the server's");
      await back.expect("reset", ({ state }) => state?.id === log);
    },
  },
  {
    title: "[SOCK4] frames right behind Hello are taken up after Welcome, in order",
    async run(session) {
      const person = await session.person();
      const log = await session.group(await session.online(person), []);
      const device = await session.connect(person.seat);
      device.send({ case: "hello", value: { device: device.id } });
      device.send({ case: "request", value: { id: 1, question: { case: "verdicts", value: { log } } } });
      const answers = await device.submit([post(log, "at once")]);
      expectAccepted(answers[0]);
      const order = device.frames
        .map((frame) => frame.case)
        .filter((each) => each === "welcome" || each === "response");
      expectEqual(order, ["welcome", "response"], "the order of the frames");
    },
  },
];
