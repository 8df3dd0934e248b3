import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { MessageSchema } from "@parley/protocol";
import { threadOf } from "./thread-of-row.ts";

const nameOf = (account: string) => account.toUpperCase();
const told = create(MessageSchema, { thread: { replies: 2, lastReplyAt: 70, participants: ["ben", "ana"] } });

function known(waiting: number, unread = 0, following = true) {
  return {
    at: 80,
    unread,
    mentions: Math.min(1, unread),
    thread: { conversation: "group", root: "root", following, waiting },
  };
}

test("[THR5] a root shows what it tells of its thread, and what is unread there", () => {
  const names = ["BEN", "ANA"];
  expect(threadOf(told, undefined, { nameOf })).toEqual({
    thread: { replies: 2, lastAt: 70, names, unread: 0, mentions: 0, following: false },
  });
  expect(threadOf(told, known(0, 3), { nameOf })).toEqual({
    thread: { replies: 2, lastAt: 70, names, unread: 3, mentions: 1, following: true },
  });
});

test("[THR6] what waits in a thread is counted at its root, also where nobody has replied yet", () => {
  expect(threadOf(told, known(1), { nameOf }).thread?.replies).toBe(3);
  expect(threadOf(create(MessageSchema), known(1), { nameOf }).thread?.replies).toBe(1);
  expect(threadOf(create(MessageSchema), known(0), { nameOf })).toEqual({});
});
