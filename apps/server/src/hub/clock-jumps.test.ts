import { describe, expect, test } from "bun:test";
import { ProblemCode } from "@parley/protocol";
import { createGroup, freshId, post } from "@parley/rig";
import { MemoryEdge } from "../testing/memory-edge.ts";

const HOUR_MS = 60 * 60 * 1_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** Two people in a group; both have said something and got a frame of registers. */
async function twoPeople() {
  const edge = await MemoryEdge.open();
  const [ada, ben] = [await edge.person(), await edge.person()];
  const [adas, bens] = [await edge.online(ada), await edge.online(ben)];
  const log = freshId();
  await adas.submit(createGroup(log, [ben]));
  await adas.submit(post(log, "one"), post(log, "two"));
  const read = (upTo: number) =>
    bens.send({ case: "marks", value: { updates: [{ conversation: log, delivered: upTo, read: upTo }] } });
  read(2);
  bens.send({ case: "typing", value: { conversation: log, active: true } });
  await edge.clock.advance(1_500);
  return { edge, adas, bens, log, read };
}

describe("when the server's clock jumps", () => {
  for (const [name, jumpMs] of [
    ["back by an hour", -HOUR_MS],
    ["back by years", -3 * YEAR_MS],
    ["on by an hour", HOUR_MS],
    ["on by years", 3 * YEAR_MS],
  ] as const) {
    test(`${name}, marks and typing go on as before`, async () => {
      const { edge, adas, bens, log, read } = await twoPeople();
      edge.clock.jump(jumpMs);
      read(3);
      bens.send({ case: "typing", value: { conversation: log, active: false } });
      await edge.clock.advance(1_500);
      expect(adas.all("registers").at(-1)?.memberMarks).toMatchObject([{ conversation: log, read: 3 }]);
      expect(adas.all("signals").at(-1)?.typing).toMatchObject([{ conversation: log, active: false }]);
    });

    test(`${name}, nobody is taken for silent, and who is silent is still noticed`, async () => {
      const { edge, bens } = await twoPeople();
      edge.clock.jump(jumpMs);
      await edge.clock.advance(10_000);
      expect(bens.socket.closedWith).toBeUndefined();
      await edge.clock.advance(60_000);
      expect(bens.wasClosedFor(ProblemCode.SILENT)).toBe(true);
    });
  }
});
