import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directConversationId, Encryption } from "@parley/protocol";
import { createDirect, post, RawDevice, ServerProcess, signUp } from "@parley/rig";
import { parseTrace } from "../strace/system-call.ts";
import { finishedTrace, tracer } from "../strace/tracer.ts";
import { judgeSyncs, type TracedMessage } from "./judge-syncs.ts";

const CALLS = [
  "write",
  "pwrite64",
  "writev",
  "pwritev",
  "pwritev2",
  "sendto",
  "sendmsg",
  "sendmmsg",
  "fsync",
  "fdatasync",
];
/** Each sync takes this much longer, so that an answer that does not wait for it is certain to overtake it. Microseconds. */
const SYNC_DELAY = 3_000;
const SINGLE_MESSAGES = 12;
const BURST = 48;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "parley-sync-trace-")));
afterAll(() => rmSync(folder, { recursive: true }));

test("[CMD9] the operating system sees the sync of a message's log between its write and its acknowledgement", async () => {
  const output = join(folder, "trace");
  const injections = [`fsync,fdatasync:delay_exit=${SYNC_DELAY}`];
  const data = join(folder, "data");
  const server = await ServerProcess.start(data, { wrapper: tracer({ output, calls: CALLS, injections }) });
  const [ada, ben] = await Promise.all([signUp(server.url, "ada"), signUp(server.url, "ben")]);
  const log = directConversationId(ada.account, ben.account, Encryption.NONE);
  const author = new RawDevice(server.url, ada.token, "json");
  const reader = new RawDevice(server.url, ben.token, "proto");
  await Promise.all([author.hello(), reader.hello()]);
  await author.submit([createDirect(log, ben.account)]);
  await reader.next("reset");

  const posts = Array.from({ length: SINGLE_MESSAGES + BURST }, () => {
    const text = `traced ${crypto.randomUUID()}`;
    return { text, command: post(log, text) };
  });
  for (const { command } of posts.slice(0, SINGLE_MESSAGES)) await author.submit([command]);
  await author.submit(posts.slice(SINGLE_MESSAGES).map(({ command }) => command));
  const last = posts.at(-1)?.command.id;
  await reader.next("event", ({ event }) => event?.id === last);
  expect(await server.stop()).toBe(0);

  const calls = parseTrace(await finishedTrace(output, server.pid));
  const messages: TracedMessage[] = posts.map(({ text, command }) => ({
    text,
    command: command.id,
    author: author.id,
    reader: reader.id,
  }));
  expect(judgeSyncs(calls, join(data, "log.db-wal"), messages)).toEqual([]);
  // The judge is not content with just any file.
  expect(judgeSyncs(calls, join(data, "accounts.db-wal"), messages)).toHaveLength(messages.length);
});
