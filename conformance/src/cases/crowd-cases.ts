import { limits } from "@parley/protocol";
import { expectAccepted, post, removeMembers } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** What is different in conversations of many. */
export const crowdCases: readonly ConformanceCase[] = [
  {
    title:
      "[REGISTERS3] [LIMIT18] in a group of 33 an author gets summaries instead of each member's marks; in one of 32 each member's marks",
    alone: true,
    async run(session) {
      const owner = await session.person();
      const others = [];
      for (let count = 0; count < limits.memberMarksUpTo; count++) others.push(await session.person());
      const [author, second, last] = [await session.online(owner), others[0], others.at(-1)];
      expectThat(second !== undefined && last !== undefined, "members");
      const log = await session.group(author, others);
      await author.expect("reset", ({ state }) => state?.id === log);
      expectAccepted((await author.submit([post(log, "to all")]))[0]);
      const readers = [await session.online(second), await session.online(last)];
      for (const reader of readers) mark(reader, log, 2);
      const { markSummaries } = await author.expect("registers", (registers) =>
        registers.markSummaries.some(({ conversation, latestRead }) => conversation === log && latestRead === 2),
      );
      const summary = {
        conversation: log,
        deliveredByAll: 0,
        readByAll: 0,
        latest: 2,
        latestDelivered: 2,
        latestRead: 2,
      };
      expectMatch(
        markSummaries.find(({ conversation }) => conversation === log),
        summary,
        "the summary",
      );
      expectEqual(marksOf(author, log), [], "marks of members");
      expectAccepted((await author.submit([removeMembers(log, [last.account])]))[0]);
      const [reader] = readers;
      expectThat(reader !== undefined, "a reader");
      mark(reader, log, 3);
      await author.expect("registers", ({ memberMarks }) =>
        memberMarks.some(({ account, read }) => account === second.account && read === 3),
      );
    },
  },
];

function mark(device: RawDevice, conversation: string, read: number): void {
  device.send({ case: "marks", value: { updates: [{ conversation, read }] } });
}

function marksOf(device: RawDevice, log: string) {
  return device
    .all("registers")
    .flatMap(({ memberMarks }) => memberMarks.filter(({ conversation }) => conversation === log));
}
