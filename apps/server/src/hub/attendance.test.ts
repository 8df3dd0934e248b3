import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { AccountEventSchema, HiddenMessagesSchema } from "@parley/protocol";
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

test("[HID3] tells whether something is hidden after a read mark, as read and as told since", () => {
  const hidden = create(HiddenMessagesSchema, { conversation: "one", runs: [{ from: 2, to: 3 }] });
  const attendance = new Attendance(
    { accountHead: 4, prefers: true, hidden: [hidden], draftHead: 0, former: false },
    [],
  );
  const [one, other] = [{ id: "one" }, { id: "other" }];
  expect([attendance.hides(one, 2), attendance.hides(one, 3), attendance.hides(other, 0)]).toEqual([
    true,
    false,
    false,
  ]);
  const value = { conversation: "other", runs: [{ from: 5, to: 7 }] };
  attendance.follow(create(AccountEventSchema, { seq: 5, body: { case: "messagesHidden", value } }));
  expect([attendance.hides(other, 6), attendance.hides(other, 7)]).toEqual([true, false]);
});
