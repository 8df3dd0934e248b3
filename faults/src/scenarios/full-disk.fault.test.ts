import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, type Command, RetryCode } from "@parley/protocol";
import { createGroup, freshId, post, RawDevice, ServerProcess, settle } from "@parley/rig";
import { SmallDisk } from "../disk/small-disk.ts";

setDefaultTimeout(120_000);

const MEGABYTE = 1_024 * 1_024;
/** Three bytes each, up to the longest text. */
const LONG_TEXT = "三".repeat(15_900);
const COMMANDS_PER_FRAME = 5;
const FRAMES_AT_MOST = 600;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A small disk with a data folder of one person. */
async function smallDisk(megabytes: number): Promise<{ disk: SmallDisk; token: string }> {
  const place = mkdtempSync(join(tmpdir(), "parley-full-disk-"));
  ends.push(() => rmSync(place, { recursive: true }));
  const disk = new SmallDisk(place, megabytes);
  ends.push(() => disk.unmount());
  const { people, close } = await settle({ folder: disk.folder, accounts: 1 });
  await close();
  return { disk, token: people[0]?.tokens[0] ?? "" };
}

async function start(folder: string): Promise<ServerProcess> {
  const server = await ServerProcess.start(folder);
  ends.push(() => server.kill());
  return server;
}

test("a server that has to start on a full disk says so in one sentence, and starts once there is room", async () => {
  const { disk } = await smallDisk(4);
  disk.fill();
  const failure = await ServerProcess.start(disk.folder).catch((error: unknown) => String(error));
  expect(failure).toMatch(/ended with 1 before it was ready: Parley cannot start\. .*full.*free some space.*\n$/i);
  disk.free();
  expect(await (await start(disk.folder)).stop()).toBe(0);
});

test("[CMD9] a disk too small for the write-ahead log and its copy in the database loses nothing", async () => {
  const { disk, token } = await smallDisk(48);
  const first = await start(disk.folder);
  const device = new RawDevice(first.url, token);
  await device.hello();
  const log = freshId();
  const accepted = new Map<string, Answer>();
  const submit = async (commands: readonly Command[]) => {
    for (const answer of await device.submit(commands)) {
      if (answer.outcome.case === "verdict") accepted.set(answer.id, answer);
      else if (answer.outcome.case === "retry" && answer.outcome.value.code === RetryCode.STORAGE_FULL) return false;
    }
    return true;
  };
  await submit([createGroup(log, [])]);
  let frames = 0;
  while (frames++ < FRAMES_AT_MOST) {
    if (!(await submit(Array.from({ length: COMMANDS_PER_FRAME }, () => post(log, LONG_TEXT))))) break;
  }
  expect(frames).toBeLessThan(FRAMES_AT_MOST);
  // The log was being copied into the database when the disk was full.
  expect(statSync(join(disk.folder, "log.db")).size).toBeGreaterThan(4 * MEGABYTE);

  await first.kill();
  const second = await start(disk.folder);
  const again = new RawDevice(second.url, token, "proto", device.id);
  await again.hello();
  const ids = [...accepted.keys()];
  for (let from = 0; from < ids.length; from += 200) {
    const question = { log, ids: ids.slice(from, from + 200) };
    again.send({ case: "request", value: { id: from + 1, question: { case: "verdicts", value: question } } });
    const { answer } = await again.next("response", ({ id }) => id === from + 1);
    if (answer.case !== "verdicts") throw new Error(`Verdicts were answered with ${answer.case}.`);
    expect(answer.value.answers).toEqual(question.ids.flatMap((each) => accepted.get(each) ?? []));
  }
  disk.resize(160);
  expect((await again.submit([post(log, LONG_TEXT)])).map(({ outcome }) => outcome.case)).toEqual(["verdict"]);
  expect(await second.stop()).toBe(0);
});
