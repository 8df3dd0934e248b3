import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Command, type Draft, EnvelopeSchema, limits, ProblemCode } from "@parley/protocol";
import { createGroup, freshId, post, removeMembers } from "@parley/rig";
import { StoreError } from "../store/store-error.ts";
import { type MemoryDevice, MemoryEdge } from "../testing/memory-edge.ts";

/** Ann with two devices, and Bob, in a group. */
async function group() {
  const edge = await MemoryEdge.open();
  const [ann, bob] = [await edge.person(), await edge.person()];
  const [laptop, phone, bobs] = [await edge.online(ann), await edge.online(ann), await edge.online(bob)];
  const log = freshId();
  await laptop.submit(createGroup(log, [bob]));
  await edge.clock.advance(2_000);
  return { edge, ann, bob, laptop, phone, bobs, log };
}

function write(device: MemoryDevice, conversation: string, text: string, base = 0): void {
  device.send({ case: "drafts", value: { updates: [{ conversation, text, base }] } });
}

function told(device: MemoryDevice): Draft[] {
  return device.all("registers").flatMap(({ drafts }) => drafts);
}

function clearing(command: Command, clearsDraft: number): Command {
  if (command.body.case !== "post") throw new Error("Not a post.");
  command.body.value.envelope = create(EnvelopeSchema, { clearsDraft });
  return command;
}

describe("drafts", () => {
  test("[DRF1] reach all devices of their account and nobody else", async () => {
    const { edge, laptop, phone, bobs, log } = await group();
    write(laptop, log, "Tea");
    await edge.clock.advance(2_000);
    expect(told(phone)).toMatchObject([{ conversation: log, text: "Tea", device: laptop.id }]);
    expect(told(laptop)).toEqual(told(phone));
    expect(told(bobs)).toEqual([]);
  });

  test("[DRF1] are coalesced: of many changes in a second only the newest is told", async () => {
    const { edge, laptop, phone, log } = await group();
    let base = 0;
    for (let count = 1; count <= 8; count++) {
      write(laptop, log, "x".repeat(count), base);
      await edge.clock.advance(200);
      base = 4_000_000_000;
    }
    await edge.clock.advance(2_000);
    expect(told(phone).length).toBeLessThanOrEqual(4);
    expect(told(phone).at(-1)?.text).toBe("x".repeat(8));
  });

  test("[DRF2] that were made from an older one are answered with the one that is stored, to who asked alone", async () => {
    const { edge, laptop, phone, log } = await group();
    write(laptop, log, "Tea");
    await edge.clock.advance(2_000);
    const [stored] = told(laptop);
    write(phone, log, "Coffee");
    await edge.clock.advance(2_000);
    expect(told(phone)).toEqual([stored, stored] as Draft[]);
    expect(told(laptop)).toEqual([stored] as Draft[]);
  });

  test("[DRF3] follow Welcome only as far as the device was not told of them", async () => {
    const { edge, ann, laptop, phone, log } = await group();
    write(laptop, log, "Tea");
    await edge.clock.advance(2_000);
    const incarnation = phone.all("welcome")[0]?.incarnation ?? "";
    const version = told(phone)[0]?.version ?? 0;
    const back = async (draftsKnown: number, of = incarnation) => {
      const device = edge.device(ann);
      device.send({ case: "hello", value: { device: device.id, incarnation: of, draftsKnown } });
      await edge.clock.advance(2_000);
      return told(device).map(({ text }) => text);
    };
    expect(await back(0)).toEqual(["Tea"]);
    expect(await back(version)).toEqual([]);
    expect(await back(version, freshId())).toEqual(["Tea"]);
    write(laptop, log, "", version);
    await edge.clock.advance(2_000);
    expect(await back(version)).toEqual([""]);
  });

  test("[DRF4] are emptied everywhere by the post that names them, whichever way it came", async () => {
    const { edge, laptop, phone, log } = await group();
    write(laptop, log, "Tea");
    await edge.clock.advance(2_000);
    await laptop.submit(clearing(post(log, "Tea"), told(laptop)[0]?.version ?? 0));
    await edge.clock.advance(2_000);
    for (const device of [laptop, phone]) expect(told(device).map(({ text }) => text)).toEqual(["Tea", ""]);
  });

  test("[DRF6] end with the membership", async () => {
    const { edge, bob, laptop, bobs, log } = await group();
    write(bobs, log, "I might");
    await edge.clock.advance(2_000);
    await laptop.submit(removeMembers(log, [bob]));
    write(bobs, log, "stay", 4_000_000_000);
    await edge.clock.advance(2_000);
    expect(told(bobs).map(({ text }) => text)).toEqual(["I might", ""]);
  });

  test("that are long travel in several frames, each below the limit", async () => {
    const { edge, ann, laptop } = await group();
    const logs = Array.from({ length: 12 }, freshId);
    for (const log of logs) await laptop.submit(createGroup(log, []));
    const words = "\u{1f375}".repeat(limits.textCharacters / 2);
    for (const log of logs) {
      write(laptop, log, words);
      await edge.clock.advance(300);
    }
    const late = edge.device(ann, "json");
    await late.hello();
    await edge.clock.advance(2_000);
    expect(told(late).map(({ text }) => text.length)).toEqual(logs.map(() => limits.textCharacters));
    expect(late.all("registers").length).toBeGreaterThan(2);
  });

  test("that cannot be stored on a full disk do not end the link", async () => {
    const { edge, laptop, phone, log } = await group();
    const draft = edge.writer.draft.bind(edge.writer);
    edge.writer.draft = () => Promise.reject(new StoreError("full", "No space."));
    write(laptop, log, "Tea");
    await edge.clock.advance(2_000);
    edge.writer.draft = draft;
    write(laptop, log, "Tea at five");
    await edge.clock.advance(2_000);
    expect(told(phone).map(({ text }) => text)).toEqual(["Tea at five"]);
  });

  test("end the link where there are none, too many or too long ones, and where they come too often", async () => {
    const { edge, ann, log } = await group();
    const update = { conversation: log, text: "Tea", base: 0 };
    for (const [updates, code] of [
      [[], ProblemCode.MALFORMED],
      [[{ ...update, conversation: "here" }], ProblemCode.MALFORMED],
      [[{ ...update, text: "\ud800" }], ProblemCode.MALFORMED],
      [Array.from({ length: limits.draftsPerFrame + 1 }, () => update), ProblemCode.TOO_LARGE],
      [[{ ...update, text: "x".repeat(limits.textCharacters + 1) }], ProblemCode.TOO_LARGE],
    ] as const) {
      const device = await edge.online(ann, "json");
      device.send({ case: "drafts", value: { updates: [...updates] } });
      expect(device.wasClosedFor(code)).toBe(true);
    }
    const busy = await edge.online(ann);
    for (let count = 0; count <= 20; count++) write(busy, log, `${count}`);
    expect(busy.wasClosedFor(ProblemCode.FLOODING)).toBe(true);
  });
});
