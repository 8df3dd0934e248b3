import { ProblemCode } from "@parley/protocol";
import { post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";

export const helloCases: readonly ConformanceCase[] = [
  {
    title: "[HELLO1] anything but Ping before Hello, and a second Hello, end the link with MALFORMED",
    async run(session) {
      const person = await session.person();
      const early = await session.connect(person.seat);
      await early.settle();
      early.send({ case: "typing", value: { conversation: person.account, active: true } });
      await early.expectProblem(ProblemCode.MALFORMED);
      const twice = await session.online(person);
      twice.send({ case: "hello", value: { device: twice.id } });
      await twice.expectProblem(ProblemCode.MALFORMED);
    },
  },
  {
    title: "[HELLO2] an empty store is greeted with one's own profile and nothing else",
    async run(session) {
      const person = await session.newcomer();
      const device = await session.connect(person.seat);
      const welcome = await device.hello();
      expectMatch(
        welcome,
        { account: person.account, device: device.id, conversations: [], accountHead: 0 },
        "Welcome",
      );
      expectEqual(
        welcome.profiles.map(({ account }) => account),
        [person.account],
        "the profiles",
      );
      expectThat(welcome.credit > 0 && welcome.heartbeatMs > 0, "a credit and a heartbeat", welcome);
    },
  },
  {
    title: "[HELLO3] a device that was away gets what changed as Changes",
    async run(session) {
      const [ana, ben] = await session.people(2);
      const device = await session.online(ana);
      const log = await session.group(device, [ben]);
      await device.submit([post(log, "hello")]);
      await device.expect("event", ({ event }) => event?.log === log && event.seq === 2);
    },
  },
];
