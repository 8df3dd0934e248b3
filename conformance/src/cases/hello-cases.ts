import { ProblemCode } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { ClientFrameInit } from "../kit/raw-device.ts";

/** Saying Hello, and what a server makes of it. */
export const helloCases: readonly ConformanceCase[] = [
  {
    title:
      "[HELLO1] [CLOSE1] [PROBLEM1] anything but Ping before Hello, and a second Hello, end the link with MALFORMED",
    async run(session) {
      const person = await session.person();
      const conversation = freshId();
      const frames: readonly ClientFrameInit[] = [
        { case: "typing", value: { conversation, active: true } },
        { case: "marks", value: { updates: [{ conversation, read: 1 }] } },
        {
          case: "submit",
          value: { submissions: [{ order: { link: { case: "none", value: {} } }, command: new Uint8Array(3) }] },
        },
        { case: "request", value: { id: 1, question: { case: "verdicts", value: { log: conversation } } } },
      ];
      for (const frame of frames) {
        const early = await session.connect(person.seat);
        await early.settle();
        early.send(frame);
        await early.expectProblem(ProblemCode.MALFORMED);
      }
      const twice = await session.online(person);
      twice.send({ case: "hello", value: { device: twice.id } });
      await twice.expectProblem(ProblemCode.MALFORMED);
    },
  },
  {
    title: "[HELLO2] a new device id in a session replaces its former device, which is closed",
    async run(session) {
      const person = await session.person();
      const seat = await session.signIn(person);
      const former = await session.onlineAt(seat);
      const log = await session.group(former, []);
      const next = await session.onlineAt({ ...seat, device: freshId() });
      await former.expectGoodbye(ProblemCode.DEVICE_CLOSED);
      const again = await session.connect(seat);
      again.send({ case: "hello", value: { device: former.id } });
      await again.expectGoodbye(ProblemCode.DEVICE_CLOSED);
      expectAccepted((await next.submit([post(log, "from the new one")]))[0]);
    },
  },
  {
    title: "[HELLO2] a second link of the same device takes over from the first",
    async run(session) {
      const person = await session.person();
      const first = await session.online(person);
      const second = await session.online(person);
      await first.expectGoodbye(ProblemCode.SUPERSEDED);
      await second.settle();
    },
  },
  {
    title:
      "[HELLO3] [SOCK5] [CHANGES2] a device that was away gets Changes for each conversation that differs, and nothing for the others",
    async run(session) {
      const [ana, ben] = await session.people(2);
      const device = await session.online(ana);
      const moving = await session.group(device, [ben]);
      const still = await session.group(device, [ben]);
      const other = await session.online(ben);
      await Promise.all([moving, still].map((log) => device.expect("reset", (reset) => reset.state?.id === log)));
      const { incarnation, conversations } = await (await session.connect(ana.seat)).hello();
      const heads = conversations.flatMap(({ head }) => (head === undefined ? [] : [head]));
      const message = post(moving, "while you were away");
      expectAccepted((await other.submit([message]))[0]);
      const back = await session.connect(ana.seat);
      const welcome = await back.hello({ incarnation, heads });
      const changes = await back.expect("changes");
      expectMatch(
        changes,
        { conversation: moving, from: 1, to: { seq: 2 }, entries: [{ id: message.id, seq: 2, rev: 2 }] },
        "Changes",
      );
      expectThat(changes.state === undefined, "no state, which did not change", changes.state);
      const head = welcome.conversations.find((status) => status.head?.conversation === moving)?.head;
      expectEqual(changes.to, head, "the head that Changes lead to");
      await back.settle();
      expectEqual([back.all("changes").length, back.all("reset").length], [1, 0], "the frames after Welcome");
    },
  },
  {
    title: "[HELLO4] a device id that is no UUIDv7, and an incarnation or a head that is no UUID, are MALFORMED",
    async run(session) {
      const { seat } = await session.person();
      for (const hello of [
        { device: "" },
        { device: seat.device.toUpperCase() },
        { device: "01936d2f-1000-4aaa-8bbb-0c0d0e0f1011" },
        { device: "01936d2f-1000-8aaa-8bbb-0c0d0e0f1011" },
        { incarnation: "the first" },
        { heads: [{ conversation: "the first", seq: 1, tag: 1 }] },
      ]) {
        const device = await session.connect(seat);
        device.send({ case: "hello", value: { device: seat.device, ...hello } });
        await device.expectProblem(ProblemCode.MALFORMED);
      }
    },
  },
  {
    title: "[HELLO5] [GOODBYE1] the device of another account is DEVICE_CLOSED, and stays with its owner",
    async run(session) {
      const [ana, ben] = await session.people(2);
      const owner = await session.online(ana);
      const thief = await session.connect(ben.seat);
      thief.send({ case: "hello", value: { device: owner.id } });
      await thief.expectGoodbye(ProblemCode.DEVICE_CLOSED);
      await owner.settle();
    },
  },
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
      const [ana, ben] = await session.people(2);
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
      const [ana, ben] = await session.people(2);
      const author = await session.online(ana);
      const log = await session.group(author, [ben]);
      await author.submit([post(log, "one"), post(log, "two"), post(log, "three")]);
      const reader = await session.online(ben);
      reader.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 3, read: 2 }] } });
      const answer = await reader.expect("registers", ({ readStates }) =>
        readStates.some(({ conversation }) => conversation === log),
      );
      expectMatch(
        answer.readStates,
        [{ conversation: log, delivered: 3, read: 2, unread: 2, asOf: 4 }],
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
