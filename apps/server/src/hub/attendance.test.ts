import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { AccountEventSchema } from "@parley/protocol";
import { Attendance } from "./attendance.ts";

function event(seq: number) {
  return create(AccountEventSchema, { seq, body: { case: "preferenceSet", value: { conversation: `c${seq}` } } });
}

test("[PRF1] account events are told in the order of the log, each once, whoever wrote them and in whatever order they come", () => {
  const attendance = new Attendance({ accountHead: 4, prefers: false, hidden: [], draftHead: 0, former: false }, []);
  const told = [6, 4, 5, 6, 8, 7].map((seq) => attendance.follow(event(seq)).map((next) => next.seq));
  expect(told).toEqual([[], [], [5, 6], [], [], [7, 8]]);
  expect(attendance).toMatchObject({ accountHead: 8, prefers: true });
});
