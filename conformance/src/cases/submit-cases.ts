import { create, toBinary } from "@bufbuild/protobuf";
import { CommandSchema, ProblemCode, RejectionCode } from "@parley/protocol";
import { createGroup, encodeCommand, expectAccepted, expectRejected, post, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { after } from "../kit/orders.ts";
import type { ClientFrameInit } from "../kit/raw-device.ts";

/** Frames of submissions, and their answers. */
export const submitCases: readonly ConformanceCase[] = [
  {
    title:
      "[SUBMIT2] [ANSWERS1] commands of a frame are judged in the order given, and each has its answer in that order",
    async run(session) {
      const device = await session.online(await session.person());
      const creation = createGroup([]);
      const { log } = creation;
      const commands = [creation, ...["one", "two", "three"].map((text) => post(log, text)), setTitle(log, "")];
      const answers = await device.submit(commands);
      expectEqual(
        answers.map(({ id }) => id),
        commands.map(({ id }) => id),
        "the ids of the answers",
      );
      expectEqual(answers.slice(0, 4).map(expectAccepted), [1, 2, 3, 4], "the seqs");
      expectRejected(answers[4], RejectionCode.INVALID);
      expectEqual(await device.submit(commands), answers, "the answers of the second time");
    },
  },
  {
    title: "[SUBMIT3] Submit that is empty, or with a submission without an order, ends the link with MALFORMED",
    async run(session) {
      const { seat } = await session.person();
      const bytes = toBinary(CommandSchema, create(CommandSchema, post(freshId(), "lost")));
      const frames: readonly ClientFrameInit[] = [
        { case: "submit", value: { submissions: [] } },
        { case: "submit", value: { submissions: [{ command: bytes }] } },
        { case: "submit", value: { submissions: [{ order: {}, command: bytes }] } },
        { case: "submit", value: { submissions: [{ order: after("the one before"), command: bytes }] } },
      ];
      for (const frame of frames) {
        const device = await session.onlineAt(seat);
        device.send(frame);
        await device.expectProblem(ProblemCode.MALFORMED);
      }
    },
  },
  {
    title:
      "[SUBMIT4] a command that cannot be decoded is INVALID under an empty id, records nothing, and does not hold up the next",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const next = encodeCommand(post(log, "next"), session.coverage, session.encoding);
      const answers = await device.submitBytes([Uint8Array.of(255, 255), new Uint8Array(), next]);
      expectMatch(answers, [{ id: "" }, { id: "" }, {}], "the answers");
      expectRejected(answers[0], RejectionCode.INVALID);
      expectRejected(answers[1], RejectionCode.INVALID);
      expectEqual(expectAccepted(answers[2]), 2, "the seq of the next command");
    },
  },
];
