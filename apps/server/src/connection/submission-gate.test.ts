import { expect, test } from "bun:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { type Answer, AnswerSchema, CommandSchema, OrderSchema, RetryCode } from "@parley/protocol";
import { freshId, post } from "@parley/rig";
import type { Submitted } from "../log/log-writer.ts";
import { SubmissionGate } from "./submission-gate.ts";

function submitted(id: string): Submitted {
  const order = create(OrderSchema, { link: { case: "none", value: {} } });
  return { account: freshId(), device: freshId(), order, command: toBinary(CommandSchema, post(freshId(), "hi", id)) };
}

test("[CMD6] once shut it answers RETRY with the time, after what was under way is done", async () => {
  const slow = Promise.withResolvers<readonly Answer[]>();
  const gate = new SubmissionGate({ submit: () => slow.promise });
  const [early, late] = [freshId(), freshId()];
  const underWay = gate.submit([submitted(early)]);
  let shut = false;
  const shutting = gate.shut(2_000).then(() => {
    shut = true;
  });
  expect(await gate.submit([submitted(late)])).toMatchObject([
    { id: late, outcome: { case: "retry", value: { code: RetryCode.SHUTTING_DOWN, retryAfterMs: 2_000 } } },
  ]);
  expect(shut).toBe(false);
  slow.resolve([create(AnswerSchema, { id: early })]);
  await shutting;
  expect((await underWay).map(({ id }) => id)).toEqual([early]);
});

test("a batch that failed does not hold up the end", async () => {
  const gate = new SubmissionGate({ submit: () => Promise.reject(new Error("broken")) });
  await expect(gate.submit([submitted(freshId())])).rejects.toThrow("broken");
  await gate.shut(0);
});
