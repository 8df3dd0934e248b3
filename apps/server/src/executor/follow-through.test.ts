import { expect, test } from "bun:test";
import { ConversationKind, Encryption, threadConversationId } from "@parley/protocol";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { Stage, text } from "../testing/log-stage.ts";
import { unlimited } from "./rate-limiter.ts";

test("[THR5] a root tells when the last reply was received, also where the clock was set back before it", async () => {
  let now = 5_000;
  const clock = { now: () => now };
  const collaborators = { limiter: unlimited };
  const log = await openSqliteLogInProcess({ database: ":memory:", clock, mintId: () => "one", collaborators });
  const stage = new Stage(log);
  const ann = await stage.person("Ann");
  const group = await stage.group(ann, []);
  const root = await ann.must(group, text("root"));
  const thread = threadConversationId(group, root);
  const { THREAD } = ConversationKind;
  const begun = { kind: THREAD, encryption: Encryption.NONE, parent: group, root };
  const told = async () => {
    const entry = (await log.reader.entries(ann.account, group, [root]))?.entries[0];
    const summary = entry?.body.case === "message" ? entry.body.value.thread : undefined;
    return [summary?.replies, summary?.lastReplyAt];
  };
  await ann.must(thread, { case: "create", value: begun });
  await ann.must(thread, text("before"));
  now = 2_000;
  await ann.must(thread, text("after"));
  const dropped = await ann.must(thread, text("dropped"));
  expect(await told()).toEqual([3, 2_000]);
  await ann.must(thread, { case: "delete", value: { target: dropped } });
  expect(await told()).toEqual([2, 2_000]);
  await log.writer.close();
});
