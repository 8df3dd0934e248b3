import { describe, expect, test } from "bun:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema, OrderSchema } from "@parley/protocol";
import { post } from "@parley/rig";
import { type Counted, group, send } from "../testing/counted-edge.ts";

const MEMBERS = 256;
/** Members who write in turn, and so are told counts. */
const AUTHORS = 16;
const SECONDS = 6;
/** Not all devices mark at the same moment. */
const MOMENTS_PER_SECOND = 4;
const SECOND_MS = 1_000;
/** One's own marks in one conversation, and one count of others: 79 and 61 bytes, with what they lie in. */
const FRAME_BYTES = 150;

function write({ connection, socket }: Counted, command: Command): void {
  const order = create(OrderSchema, { link: { case: "none", value: {} } });
  const submissions = [{ order, command: toBinary(CommandSchema, command) }];
  send(connection, socket.encoding, { case: "submit", value: { submissions } });
}

/** Says that everything up to here was read. */
function mark({ connection, socket }: Counted, conversation: string, ordinal: number): void {
  const updates = [{ conversation, delivered: ordinal, read: ordinal }];
  send(connection, socket.encoding, { case: "marks", value: { updates } });
}

/** When frames of registers left for a device, and how long each was. */
function registersOf({ socket }: Counted): { readonly at: number; readonly bytes: number }[] {
  const kinds = socket.kinds();
  return socket.frames.flatMap((frame, index) =>
    kinds[index] === "registers" ? [{ at: socket.times[index] ?? 0, bytes: frame.length }] : [],
  );
}

describe("marks in a group of 256", () => {
  test("while everybody reads what many write: at most one frame of registers a second and device, of a few bytes, and no read", async () => {
    const { edge, devices, log } = await group(MEMBERS);
    const authors = devices.slice(0, AUTHORS);
    let ordinal = 1;
    for (let moment = 0; moment < SECONDS * MOMENTS_PER_SECOND; moment++) {
      const author = authors[moment % AUTHORS];
      if (author !== undefined) write(author, post(log, `message ${moment}`));
      ordinal++;
      await edge.clock.advance(SECOND_MS / MOMENTS_PER_SECOND);
      devices.forEach((device, index) => {
        if (index % MOMENTS_PER_SECOND === moment % MOMENTS_PER_SECOND) mark(device, log, ordinal);
      });
    }
    await edge.clock.advance(3 * SECOND_MS);
    const told = devices.map(registersOf);
    const gaps = told.flatMap((frames) => frames.slice(1).map(({ at }, index) => at - (frames[index]?.at ?? 0)));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SECOND_MS);
    // Everybody was told its own marks all the time.
    expect(Math.min(...told.map(({ length }) => length))).toBeGreaterThanOrEqual(SECONDS - 1);
    const [, ...inProto] = told;
    expect(Math.max(...inProto.flat().map(({ bytes }) => bytes))).toBeLessThanOrEqual(FRAME_BYTES);
    const counts = authors.map(({ socket }) => socket.all("registers").flatMap(({ markSummaries }) => markSummaries));
    expect(Math.min(...counts.map(({ length }) => length))).toBeGreaterThan(0);
    expect(edge.reads).toEqual({});
  });

  test("of one message that everybody reads: an answer to each reader and one count to each author, not each mark to each member", async () => {
    const { edge, devices, first, log } = await group(MEMBERS);
    for (const author of devices.slice(0, AUTHORS)) await edge.submit(author, post(log, "hello"));
    await edge.clock.advance(10 * SECOND_MS);
    write(first, post(log, "everybody reads this"));
    await edge.clock.advance(SECOND_MS);
    edge.reset(...devices);
    for (const device of devices) mark(device, log, AUTHORS + 2);
    await edge.clock.advance(10 * SECOND_MS);
    const registers = devices.flatMap(({ socket }) => socket.all("registers"));
    expect(registers.flatMap(({ readStates }) => readStates)).toHaveLength(MEMBERS);
    expect(registers.flatMap(({ memberMarks }) => memberMarks)).toEqual([]);
    expect(registers.flatMap(({ markSummaries }) => markSummaries)).toHaveLength(AUTHORS);
    expect(registers.length).toBeLessThanOrEqual(MEMBERS + AUTHORS);
    expect(edge.reads).toEqual({});
  });
});
