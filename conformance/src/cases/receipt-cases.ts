import { ProblemCode } from "@parley/protocol";
import { addMembers, expectAccepted, leave, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectMatch, expectThat } from "../kit/expectation.ts";
import type { Person } from "../kit/person.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

/** Who received and read a message, and who is told of it. */
export const receiptCases: readonly ConformanceCase[] = [
  {
    title: "[RECEIPTS1] [RECEIPTS3] an author is told who received and read a message, and when",
    async run(session) {
      const { log, message, author, reader, ben } = await talk(session);
      const before = await receiptsOf(author, log, message);
      const nothing = { account: ben.account, delivered: false, read: false, deliveredAt: 0, readAt: 0 };
      expectMatch(before, [nothing], "what is told before anything is marked");
      await mark(reader, log, { delivered: 2 });
      const [delivered] = await receiptsOf(author, log, message);
      expectMatch(delivered, { account: ben.account, delivered: true, read: false, readAt: 0 }, "the receipt");
      expectThat((delivered?.deliveredAt ?? 0) > 0, "the time of its delivery", delivered);
      await mark(reader, log, { read: 2 });
      const [read] = await receiptsOf(author, log, message);
      expectMatch(read, { delivered: true, read: true, deliveredAt: delivered?.deliveredAt ?? 0 }, "the receipt");
      expectThat((read?.readAt ?? 0) >= (read?.deliveredAt ?? 0), "a time of reading after that", read);
    },
  },
  {
    title: "[RECEIPTS2] nobody else is told, nor is an author who has left",
    async run(session) {
      const { log, message, author, reader } = await talk(session);
      const stranger = await session.online(await session.person());
      expectAccepted((await author.submit([leave(log)]))[0]);
      for (const device of [reader, stranger, author]) {
        const answer = await device.ask({ case: "receipts", value: { conversation: log, message } });
        expectMatch(answer, { case: "problem", value: { code: ProblemCode.NOT_FOUND } }, "the answer");
      }
    },
  },
  {
    title: "[RECEIPTS4] what happened while the author was no member is told without its time",
    async run(session) {
      const { log, author, reader, ana, ben } = await talk(session);
      const said = post(log, "before I go");
      expectAccepted((await reader.submit([said]))[0]);
      expectAccepted((await reader.submit([leave(log)]))[0]);
      await mark(author, log, { read: 3 });
      expectAccepted((await author.submit([addMembers(log, [ben.account])]))[0]);
      const receipt = { account: ana.account, delivered: true, read: true, deliveredAt: 0, readAt: 0 };
      expectMatch(await receiptsOf(reader, log, said.id), [receipt], "what the author is told");
    },
  },
];

interface Talk {
  readonly log: string;
  /** Of Ana, at ordinal 2. */
  readonly message: string;
  readonly ana: Person;
  readonly ben: Person;
  readonly author: RawDevice;
  readonly reader: RawDevice;
}

async function talk(session: Session): Promise<Talk> {
  const [ana, ben] = await session.two();
  const [author, reader] = [await session.online(ana), await session.online(ben)];
  const log = await session.group(author, [ben]);
  await reader.expect("reset", ({ state }) => state?.id === log);
  const said = post(log, "one");
  expectAccepted((await author.submit([said]))[0]);
  await reader.expect("event", ({ event }) => event?.id === said.id);
  return { log, message: said.id, ana, ben, author, reader };
}

/** Sets a mark and waits for its answer. */
async function mark(device: RawDevice, conversation: string, marks: { delivered?: number; read?: number }) {
  device.send({ case: "marks", value: { updates: [{ conversation, ...marks }] } });
  const reached = marks.read ?? marks.delivered ?? 0;
  await device.expect("registers", ({ readStates }) =>
    readStates.some((state) => state.conversation === conversation && state.delivered >= reached),
  );
}

async function receiptsOf(device: RawDevice, conversation: string, message: string) {
  const answer = await device.ask({ case: "receipts", value: { conversation, message } });
  expectThat(answer.case === "receipts", "receipts", answer);
  return answer.value.receipts;
}
