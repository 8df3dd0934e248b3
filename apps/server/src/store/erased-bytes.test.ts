/** What is left of a message in the files of the data folder once it was deleted for everyone. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConversationKind, Encryption, limits, notesConversationId } from "@parley/protocol";
import { edited, Stage, samplePicture, text } from "../testing/log-stage.ts";
import { openSqliteLog } from "./sqlite/open-sqlite-log.ts";

const WORDS = ["walrus-4711", "narwhal-4712", "manatee-4713"] as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-erased-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Where each of the words is, file by file, byte by byte. */
function findings(of = folder): string[] {
  return readdirSync(of).flatMap((name) => {
    const bytes = readFileSync(join(of, name));
    return WORDS.filter((word) => bytes.includes(word)).map((word) => `${word} in ${name}`);
  });
}

async function untilGone(of = folder): Promise<void> {
  for (let tries = 0; tries < 200 && findings(of).length > 0; tries++) await Bun.sleep(20);
}

async function untilOnly(word: string): Promise<void> {
  const others = () => findings().filter((found) => !found.startsWith(word));
  for (let tries = 0; tries < 200 && others().length > 0; tries++) await Bun.sleep(20);
}

test("[ERA1] no byte of a deleted message, nor of what it said before, is left in any file after the delay", async () => {
  const { reader, writer } = await openSqliteLog({ folder, verdictRule: undefined, truncatedAfterMs: 100 });
  const stage = new Stage({ reader, writer });
  const ann = await stage.person("Ann");
  const group = await stage.group(ann, []);
  const message = await ann.must(group, text(WORDS[0]));
  for (const word of WORDS.slice(1)) await ann.must(group, edited(message, word));
  for (let index = 0; index < 20; index++) await ann.must(group, text(`what stays ${index}`));
  expect(new Set(findings().map((found) => found.split(" ")[0]))).toEqual(new Set(WORDS));
  await ann.must(group, { case: "delete", value: { target: message } });
  await untilGone();
  expect(findings()).toEqual([]);
  const page = await ann.page(group);
  expect(page?.entries.filter(({ body }) => body.case === "message")).toHaveLength(21);
  await reader.close();
  await writer.close();
  expect(findings()).toEqual([]);
});

test("[ERA1] nor after a server that ended before the delay did has been started again", async () => {
  const { reader, writer } = await openSqliteLog({ folder, verdictRule: undefined });
  const stage = new Stage({ reader, writer });
  const ann = await stage.person("Ann");
  const group = await stage.group(ann, []);
  const message = await ann.must(group, text(WORDS[0]));
  await ann.must(group, { case: "delete", value: { target: message } });
  // What a crash in this moment would leave.
  const left = mkdtempSync(join(tmpdir(), "parley-erased-"));
  cpSync(folder, left, { recursive: true });
  await reader.close();
  await writer.close();
  expect(findings(left)).not.toEqual([]);
  const again = await openSqliteLog({ folder: left, verdictRule: undefined, truncatedAfterMs: 100 });
  await untilGone(left);
  expect(findings(left)).toEqual([]);
  await again.reader.close();
  await again.writer.close();
  rmSync(left, { recursive: true });
});

test("[ERA1] [PICTURE3] nor of a picture that was replaced, or removed", async () => {
  const { reader, writer } = await openSqliteLog({ folder, verdictRule: undefined, truncatedAfterMs: 100 });
  const stage = new Stage({ reader, writer });
  const ann = await stage.person("Ann");
  const group = await stage.group(ann, []);
  // As large as they may be: over several pages of the file.
  const show = (said: string) => {
    const picture = samplePicture({ said, bytes: limits.pictureBytes });
    return ann.must(group, { case: "setPicture", value: { picture } });
  };
  for (const word of WORDS) await show(word);
  expect(findings().map((found) => found.split(" ")[0])).toContain(WORDS[2]);
  await untilOnly(WORDS[2]);
  expect(new Set(findings().map((found) => found.split(" ")[0]))).toEqual(new Set([WORDS[2]]));
  await ann.must(group, { case: "setPicture", value: {} });
  await untilGone();
  expect(findings()).toEqual([]);
  await reader.close();
  await writer.close();
  expect(findings()).toEqual([]);
});

test("[ERA1] [DIS3] nor of a message that has disappeared", async () => {
  const { reader, writer } = await openSqliteLog({ folder, verdictRule: undefined, truncatedAfterMs: 100 });
  const stage = new Stage({ reader, writer });
  const ann = await stage.person("Ann");
  const notes = notesConversationId(ann.account);
  await ann.must(notes, { case: "create", value: { kind: ConversationKind.NOTES, encryption: Encryption.NONE } });
  await ann.must(notes, { case: "setTimer", value: { seconds: 5 } });
  const message = await ann.must(notes, text(WORDS[0]));
  for (const word of WORDS.slice(1)) await ann.must(notes, edited(message, word));
  expect(new Set(findings().map((found) => found.split(" ")[0]))).toEqual(new Set(WORDS));
  await Bun.sleep(5_000);
  expect((await writer.due()).published).toHaveLength(1);
  await untilGone();
  expect(findings()).toEqual([]);
  await reader.close();
  await writer.close();
  expect(findings()).toEqual([]);
}, 30_000);
