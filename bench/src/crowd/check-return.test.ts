import { expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { encodeServerFrame, HeadSchema, ServerFrameSchema } from "@parley/protocol";
import { faultOfReturn } from "./check-return.ts";

const head = (conversation: string, seq: number) => create(HeadSchema, { conversation, seq, tag: seq * 7 });
const citizen = { earlierHeads: [head("a", 3), head("b", 5)], heads: [head("a", 4), head("b", 5)] };

function frame(value: MessageInitShape<typeof ServerFrameSchema>["frame"]): Uint8Array {
  const encoded = encodeServerFrame("proto", create(ServerFrameSchema, value === undefined ? {} : { frame: value }));
  return typeof encoded === "string" ? Buffer.from(encoded) : encoded;
}

const welcome = frame({ case: "welcome", value: { conversations: [{ head: head("a", 4) }, { head: head("b", 5) }] } });
const changes = (from: number, entries: number) =>
  frame({
    case: "changes",
    value: { conversation: "a", from, to: head("a", 4), entries: Array.from({ length: entries }, () => ({})) },
  });
const reset = frame({ case: "reset", value: { status: { head: head("a", 4) } } });

test("Welcome with what changed brings a device up to date", () => {
  expect(faultOfReturn(citizen, [welcome, changes(3, 1)])).toBeUndefined();
  expect(faultOfReturn(citizen, [welcome, reset])).toBeUndefined();
});

test("whatever is missing is seen", () => {
  expect(faultOfReturn(citizen, [])).toContain("no Welcome");
  expect(faultOfReturn(citizen, [welcome])).toContain("not brought up to date in a");
  expect(faultOfReturn(citizen, [welcome, changes(2, 2)])).toContain("not brought up to date in a");
  expect(faultOfReturn(citizen, [welcome, changes(3, 0)])).toContain("not brought up to date in a");
  const early = frame({ case: "welcome", value: { conversations: [{ head: head("a", 3) }, { head: head("b", 5) }] } });
  expect(faultOfReturn(citizen, [early, changes(3, 1)])).toContain("another head of a");
});
