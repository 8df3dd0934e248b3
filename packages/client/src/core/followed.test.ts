import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ConversationKind, ConversationSchema } from "@parley/protocol";
import { isOnlyLookedAt, isPresent, sightOf } from "./followed.ts";

const members = [
  { account: "ana", present: true, intervals: [{ from: 3 }] },
  { account: "ben", present: false, intervals: [{ from: 1, to: 4 }] },
];
const thread = create(ConversationSchema, { kind: ConversationKind.THREAD, members });
const group = create(ConversationSchema, { kind: ConversationKind.GROUP, members });

test("[THR3] who follows a thread is a member of it; who does not, only looks at it", () => {
  expect(["ana", "ben", "cleo"].map((viewer) => isPresent(thread, viewer))).toEqual([true, false, false]);
  expect(["ana", "ben", "cleo"].map((viewer) => isOnlyLookedAt(thread, viewer))).toEqual([false, true, true]);
  expect(["ana", "ben", "cleo"].map((viewer) => isOnlyLookedAt(group, viewer))).toEqual([false, false, false]);
});

test("[THR2] of a thread that is only looked at nothing is held that may not be seen", () => {
  const from = (viewer: string, state = thread) => sightOf(state, viewer).map((one) => [one.from, one.to]);
  expect(["ana", "ben", "cleo"].map((viewer) => from(viewer))).toEqual([[[3, 0]], [[1, 0]], [[1, 0]]]);
  expect(["ana", "ben", "cleo"].map((viewer) => from(viewer, group))).toEqual([[[3, 0]], [[1, 4]], []]);
});
