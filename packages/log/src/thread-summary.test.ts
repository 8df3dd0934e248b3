import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ThreadSummarySchema } from "@parley/protocol";
import { withReply } from "./thread-summary.ts";

test("[THR5] a summary counts replies and names who wrote last, the newest first, each once and at most three", () => {
  let summary = withReply(undefined, "ana", 10);
  expect(summary).toEqual(create(ThreadSummarySchema, { replies: 1, lastReplyAt: 10, participants: ["ana"] }));
  for (const [index, author] of ["ben", "ana", "cleo", "dan"].entries())
    summary = withReply(summary, author, 20 + index);
  const participants = ["dan", "cleo", "ana"];
  expect(summary).toEqual(create(ThreadSummarySchema, { replies: 5, lastReplyAt: 23, participants }));
});
