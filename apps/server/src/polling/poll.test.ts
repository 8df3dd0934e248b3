import { expect, test } from "bun:test";
import { closeCodeOf, ProblemCode } from "@parley/protocol";
import { Poll } from "./poll.ts";

const clock = { now: () => 0, elapsed: () => 0, after: () => () => undefined };

const visitor = { account: "ada", session: "session" };
const keeper = { ended: () => undefined, lagging: () => undefined };

test("[POLL2] of a batch no more frames are made than the connection takes", async () => {
  const poll = new Poll("one", "proto", visitor, clock, keeper);
  const taken: number[] = [];
  const ignore = () => undefined;
  poll.attach({
    receive(frame) {
      taken.push(frame.length);
      if (taken.length === 3) poll.close(closeCodeOf(ProblemCode.FLOODING));
    },
    refuse: ignore,
    lost: ignore,
    dismiss: ignore,
  });
  let made = 0;
  function* many() {
    while (made < 1_000) yield new Uint8Array(made++);
  }
  expect(await poll.take(1, async () => many())).toBe("taken");
  expect(taken).toEqual([0, 1, 2]);
  expect(made).toBeLessThanOrEqual(4);
});
