import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { CommandSchema, limits, ProblemCode } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";

/** Bounds of frames: what lies on the bound passes, what lies beyond ends the link. */
export const frameLimitCases: readonly ConformanceCase[] = [
  {
    title: "[LIMIT2] [SUBMIT3] a command of 65,536 bytes is judged, one byte more is TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      expectAccepted((await device.submitBytes([commandOfSize(log, limits.commandBytes)]))[0]);
      device.submitBytes([commandOfSize(log, limits.commandBytes + 1)]).catch(() => undefined);
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT3] [SUBMIT3] 64 submissions fit a frame, 65 are TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const messages = Array.from({ length: limits.submissionsPerFrame }, (_, index) => post(log, `message ${index}`));
      expectEqual((await device.submit(messages)).map(expectAccepted).at(-1), 1 + messages.length, "the last seq");
      device.submit([...messages, post(log, "one more")]).catch(() => undefined);
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT4] [SUBMIT3] 262,144 bytes of commands fit a frame, one byte more is TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const sizes = [65_000, 65_000, 65_000, limits.submissionBytesPerFrame - 195_000 - 2_000, 2_000];
      const answers = await device.submitBytes(sizes.map((size) => commandOfSize(log, size)));
      expectEqual(answers.map(expectAccepted), [2, 3, 4, 5, 6], "the seqs");
      device.submitBytes([...sizes.slice(1), 65_001].map((size) => commandOfSize(log, size))).catch(() => undefined);
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT14] [MARKS1] 200 marks fit a frame, 201 are TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const updates = Array.from({ length: limits.marksPerFrame + 1 }, () => ({ conversation: freshId(), read: 1 }));
      device.send({ case: "marks", value: { updates: updates.slice(1) } });
      await device.settle();
      device.send({ case: "marks", value: { updates } });
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT15] 10,000 heads fit Hello where they fit a frame, 10,001 are TOO_LARGE",
    async run(session) {
      const person = await session.person();
      const heads = Array.from({ length: limits.headsPerHello + 1 }, () => ({ conversation: freshId() }));
      const over = await session.connect(person.seat);
      over.send({ case: "hello", value: { device: over.id, heads } });
      await over.expectProblem(ProblemCode.TOO_LARGE);
      // In JSON so many heads are more than a frame has bytes.
      const fitting = session.encoding === "json" ? 5_000 : limits.headsPerHello;
      await (await session.connect(person.seat)).hello({ heads: heads.slice(0, fitting) });
    },
  },
  {
    title: "[LIMIT16] a device's name has at most 100 characters, a longer one is TOO_LARGE",
    async run(session) {
      const { seat } = await session.person();
      const over = await session.connect(seat);
      over.send({ case: "hello", value: { device: over.id, name: "n".repeat(limits.deviceNameCharacters + 1) } });
      await over.expectProblem(ProblemCode.TOO_LARGE);
      await (await session.connect(seat)).hello({ name: "n".repeat(limits.deviceNameCharacters) });
    },
  },
];

/** A post of so many bytes: what is missing is a field that no schema has. */
function commandOfSize(log: string, size: number): Uint8Array {
  const bytes = toBinary(CommandSchema, create(CommandSchema, post(log, "large")));
  // Two bytes of tag, and three of length from 16,384 bytes on.
  const filler = size - bytes.length - (size > 16_500 ? 5 : 4);
  const padding = new BinaryWriter().tag(100, WireType.LengthDelimited).bytes(new Uint8Array(filler)).finish();
  return Uint8Array.from([...bytes, ...padding]);
}
