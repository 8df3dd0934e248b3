import { ProblemCode } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { ClientFrameInit } from "../kit/raw-device.ts";

/** Saying Hello. */
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
      const [ana, ben] = await session.two();
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
    title:
      "[HELLO6] [SYN9] the conversation that Hello names first is caught up first, then those with the newest activity",
    async run(session) {
      const [ana, ben] = await session.two();
      const author = await session.online(ana);
      const logs = [];
      for (let index = 0; index < 4; index++) logs.push(await session.group(author, [ben]));
      const { conversations, incarnation } = await (await session.connect(ben.seat)).hello();
      const heads = conversations.flatMap(({ head }) => (head === undefined ? [] : [head]));
      for (const log of logs) expectAccepted((await author.submit([post(log, "a week later")]))[0]);
      const [looked = "", ...others] = logs;
      const named = heads.toSorted((one) => (one.conversation === looked ? -1 : 1));
      const back = await session.connect(ben.seat);
      await back.hello({ incarnation, heads: named });
      await back.expect("changes", ({ to }) => to?.conversation === others[0]);
      const order = back.frames.flatMap((frame) => (frame.case === "changes" ? [frame.value.to?.conversation] : []));
      expectEqual(order, [looked, ...others.toReversed()], "the order in which conversations were caught up");
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
      const [ana, ben] = await session.two();
      const owner = await session.online(ana);
      const thief = await session.connect(ben.seat);
      thief.send({ case: "hello", value: { device: owner.id } });
      await thief.expectGoodbye(ProblemCode.DEVICE_CLOSED);
      await owner.settle();
    },
  },
  {
    title:
      "[HELLO7] in a session that is another account's by now, nothing is registered: the session keeps its device",
    async run(session) {
      const [ana, ben] = await session.two();
      const bens = await session.online(ben);
      const stray = await session.connect(ben.seat);
      stray.send({ case: "hello", value: { device: freshId(), account: ana.account } });
      await stray.expectProblem(ProblemCode.UNAUTHENTICATED);
      await bens.settle();
      const back = await session.connect(ben.seat);
      expectEqual((await back.hello({ account: ben.account })).device, bens.id, "the device of the session");
    },
  },
];
