import { createGroup, expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { after, first } from "../kit/orders.ts";

/** Links between the commands of a device in a log. */
export const orderCases: readonly ConformanceCase[] = [
  {
    title:
      "[ORDER1] [VERDICT4] a linked command runs only behind the last one with a verdict; otherwise it is Stale and nothing is recorded",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const [one, two, three] = [post(log, "one"), post(log, "two"), post(log, "three")];
      expectAccepted((await device.submit([one], first))[0]);
      for (const wrong of [freshId(), two.id]) {
        expectMatch(
          await device.submit([three], after(wrong)),
          [{ id: three.id, outcome: { case: "stale", value: { last: one.id } } }],
          "the answer to a wrong link",
        );
      }
      const known = await device.ask({ case: "verdicts", value: { log, ids: [three.id] } });
      expectMatch(known, { case: "verdicts", value: { answers: [] } }, "the verdicts after Stale");
      expectEqual(expectAccepted((await device.submit([two], after(one.id)))[0]), 3, "the seq of the second");
      expectEqual(expectAccepted((await device.submit([three], after(two.id)))[0]), 4, "the seq of the third");
    },
  },
  {
    title: "[ORDER1] links count for each device and each log",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const other = await session.onlineAt(await session.signIn(person));
      const [log, elsewhere] = [await session.group(device, []), await session.group(device, [])];
      const one = post(log, "one");
      expectAccepted((await device.submit([one], first))[0]);
      expectMatch(
        await device.submit([post(elsewhere, "not there")], after(one.id)),
        [{ outcome: { case: "stale", value: { last: "" } } }],
        "the answer in another log",
      );
      expectMatch(
        await other.submit([post(log, "not I")], after(one.id)),
        [{ outcome: { case: "stale", value: { last: "" } } }],
        "the answer to another device",
      );
      expectAccepted((await other.submit([post(log, "mine")], first))[0]);
      expectAccepted((await device.submit([post(log, "mine")], after(one.id)))[0]);
    },
  },
  {
    title: "[ORDER2] First is legal while the device has no verdict in that log",
    async run(session) {
      const device = await session.online(await session.person());
      const creation = createGroup([]);
      expectAccepted((await device.submit([creation], first))[0]);
      const again = await device.submit([post(creation.log, "first again")], first);
      expectMatch(again, [{ outcome: { case: "stale", value: { last: creation.id } } }], "the answer");
    },
  },
  {
    title: "[ORDER3] unordered commands run at any time, do not move the order, and are idempotent",
    async run(session) {
      const device = await session.online(await session.person());
      const creation = createGroup([]);
      const { log } = creation;
      expectAccepted((await device.submit([creation], first))[0]);
      const free = post(log, "free");
      const answers = await device.submit([free, free]);
      expectEqual(answers.map(expectAccepted), [2, 2], "the seqs of one command sent twice");
      expectAccepted((await device.submit([post(log, "linked")], after(creation.id)))[0]);
    },
  },
];
