import { type Head, ProblemCode } from "@parley/protocol";
import { edit, expectAccepted, post, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Questions of a device, and their answers. */
export const requestCases: readonly ConformanceCase[] = [
  {
    title: "[REQUEST1] every request is answered with its own id, which is the device's to choose",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const ids = [0, 7, 0xffff_ffff];
      for (const id of ids)
        device.send({ case: "request", value: { id, question: { case: "changes", value: { conversation: log } } } });
      for (const id of ids) {
        const { answer } = await device.expect("response", (response) => response.id === id);
        expectMatch(answer, { case: "reset", value: { state: { id: log } } }, `the answer to ${id}`);
      }
    },
  },
  {
    title: "[REQUEST2] [PROBLEM1] what cannot be answered is a Problem in the Response, and the link stays",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const since = { conversation: freshId(), seq: 1, tag: 1 };
      for (const [question, code] of [
        [{ case: "page", value: { conversation: log, limit: 5 } }, ProblemCode.INVALID],
        [
          { case: "page", value: { conversation: "log", cursor: { case: "newest", value: {} }, limit: 5 } },
          ProblemCode.INVALID,
        ],
        [
          { case: "page", value: { conversation: freshId(), cursor: { case: "newest", value: {} }, limit: 5 } },
          ProblemCode.NOT_FOUND,
        ],
        [{ case: "changes", value: { conversation: log, since } }, ProblemCode.INVALID],
        [{ case: "changes", value: { conversation: freshId() } }, ProblemCode.NOT_FOUND],
        [{ case: "entries", value: { conversation: log, ids: ["one"] } }, ProblemCode.INVALID],
        [{ case: "entries", value: { conversation: freshId(), ids: [freshId()] } }, ProblemCode.NOT_FOUND],
        [{ case: "verdicts", value: { log: "", ids: [] } }, ProblemCode.INVALID],
        [{ case: "receipts", value: { conversation: log, message: "one" } }, ProblemCode.INVALID],
        [{ case: "receipts", value: { conversation: log, message: freshId() } }, ProblemCode.NOT_FOUND],
      ] as const) {
        const answer = await device.ask(question as Parameters<RawDevice["ask"]>[0]);
        expectMatch(answer, { case: "problem", value: { code } }, `the answer to ${question.case}`);
      }
      await device.settle();
    },
  },
  {
    title: "[REQUEST2] a request without a question ends the link with MALFORMED",
    async run(session) {
      const device = await session.online(await session.person());
      device.send({ case: "request", value: { id: 4 } });
      await device.expectProblem(ProblemCode.MALFORMED);
    },
  },
  {
    title: "[PAGE1] [ROWS9] a page is the complete run of ordinals before, after or around one, or at the end",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      expectAccepted(
        (await device.submit(Array.from({ length: 19 }, (_, index) => post(log, `message ${index}`)))).at(-1),
      );
      for (const [cursor, limit, from, to] of [
        [{ case: "newest", value: {} }, 5, 16, 20],
        [{ case: "before", value: 10 }, 4, 6, 9],
        [{ case: "before", value: 3 }, 9, 1, 2],
        [{ case: "before", value: 1 }, 9, 0, 0],
        [{ case: "after", value: 10 }, 4, 11, 14],
        [{ case: "after", value: 18 }, 9, 19, 20],
        [{ case: "after", value: 20 }, 9, 0, 0],
        [{ case: "around", value: 10 }, 6, 7, 12],
        [{ case: "around", value: 1 }, 200, 1, 20],
      ] as const) {
        const answer = await device.ask({ case: "page", value: { conversation: log, cursor, limit } });
        const what = `the page ${cursor.case} ${String(cursor.value)}`;
        expectMatch(
          answer,
          {
            case: "page",
            value: { conversation: log, asOf: 20, entryHead: 20, fromOrdinal: from, toOrdinal: to, skips: [] },
          },
          what,
        );
        const ordinals = answer.case === "page" ? answer.value.entries.map(({ ordinal }) => ordinal) : [];
        expectEqual(
          ordinals,
          Array.from({ length: from === 0 ? 0 : to - from + 1 }, (_, index) => from + index),
          what,
        );
      }
    },
  },
  {
    title:
      "[CHANGES1] [CHANGES2] changes since a head are the rows whose rev lies after it, and the state if it changed",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const [one, two, three] = [post(log, "one"), post(log, "two"), post(log, "three")];
      await device.submit([one, two]);
      const since = await headOf(device, log);
      expectEqual(since.seq, 3, "the seq of the head");
      await device.submit([edit(log, one.id, "one!"), three]);
      const answer = await device.ask({ case: "changes", value: { conversation: log, since } });
      expectMatch(
        answer,
        {
          case: "changes",
          value: {
            conversation: log,
            from: 3,
            to: { seq: 5 },
            entryHead: 4,
            skips: [],
            state: undefined,
            entries: [
              { id: one.id, rev: 4 },
              { id: three.id, rev: 5 },
            ],
          },
        },
        "the changes",
      );
      await device.submit([setTitle(log, "Changed")]);
      const titled = await device.ask({ case: "changes", value: { conversation: log, since } });
      expectMatch(
        titled,
        { case: "changes", value: { to: { seq: 6 }, state: { title: "Changed", rev: 6 } } },
        "the changes with the title",
      );
      const none = await device.ask({
        case: "changes",
        value: { conversation: log, since: await headOf(device, log) },
      });
      expectMatch(
        none,
        { case: "changes", value: { from: 6, to: { seq: 6 }, entries: [] } },
        "the changes since the head",
      );
    },
  },
  {
    title:
      "[CHANGES1] [RESET1] where the tag differs, the head is not there or too much changed, the answer is a Reset",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const before = await headOf(device, log);
      for (const since of [
        { ...before, tag: before.tag + 1 },
        { ...before, seq: 9 },
        { ...before, seq: 0, tag: 0 },
      ]) {
        const answer = await device.ask({ case: "changes", value: { conversation: log, since } });
        expectMatch(answer, { case: "reset", value: { state: { id: log }, newest: { asOf: 1 } } }, "the answer");
      }
      for (let frame = 0; frame < 9; frame++) {
        await device.submit(Array.from({ length: 60 }, (_, index) => post(log, `message ${index}`)));
      }
      const answer = await device.ask({ case: "changes", value: { conversation: log, since: before } });
      expectMatch(
        answer,
        { case: "reset", value: { status: { head: { seq: 541 } }, newest: { toOrdinal: 541 } } },
        "the answer after 540 messages",
      );
    },
  },
  {
    title: "[ENTRIES1] entries come as they are now; what does not exist or is another conversation's is left out",
    async run(session) {
      const device = await session.online(await session.person());
      const [log, elsewhere] = [await session.group(device, []), await session.group(device, [])];
      const [here, there] = [post(log, "here"), post(elsewhere, "there")];
      await device.submit([here, there, edit(log, here.id, "edited")]);
      const ids = [here.id, there.id, freshId()];
      const answer = await device.ask({ case: "entries", value: { conversation: log, ids } });
      expectMatch(
        answer,
        { case: "entries", value: { asOf: 3, entries: [{ id: here.id, rev: 3, contentRev: 3 }] } },
        "the answer",
      );
    },
  },
  {
    title: "[VERDICTS1] verdicts are told of one's own commands alone, word for word",
    async run(session) {
      const [ana, ben] = await session.two();
      const [own, other] = [await session.online(ana), await session.online(ben)];
      const log = await session.group(own, [ben]);
      const [said, refused] = [post(log, "said"), setTitle(log, "")];
      const verdicts = await own.submit([said, refused]);
      const ids = [said.id, refused.id, freshId()];
      expectEqual(
        (await own.ask({ case: "verdicts", value: { log, ids } })).value,
        { $typeName: "parley.v1.VerdictsResponse", answers: verdicts },
        "the verdicts",
      );
      const answer = await other.ask({ case: "verdicts", value: { log, ids } });
      expectMatch(answer, { case: "verdicts", value: { answers: [] } }, "what another member is told");
    },
  },
];

async function headOf(device: RawDevice, conversation: string): Promise<Head> {
  const answer = await device.ask({ case: "changes", value: { conversation } });
  const head = answer.case === "reset" ? answer.value.status?.head : undefined;
  expectThat(head !== undefined, "a head", answer);
  return head;
}
