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
/** Each stays below what an account may send in a short time. */
const WRITERS = 16;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A small disk with a data folder of some people. */
async function smallDisk(megabytes: number, accounts = 1): Promise<{ disk: SmallDisk; tokens: string[] }> {
  const place = mkdtempSync(join(tmpdir(), "parley-full-disk-"));
  ends.push(() => rmSync(place, { recursive: true }));
  const disk = new SmallDisk(place, megabytes);
  ends.push(() => disk.unmount());
  const { people, close } = await settle({ folder: disk.folder, accounts });
  await close();
  return { disk, tokens: people.flatMap(({ tokens }) => tokens) };
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
  const { disk, tokens } = await smallDisk(48, WRITERS);
  const first = await start(disk.folder);
  const writers = await Promise.all(tokens.map((token) => Writer.begin(first.url, token)));
  let frames = 0;
  for (; frames < FRAMES_AT_MOST; frames++) if ((await writers[frames % WRITERS]?.post()) === "full") break;
  expect(frames).toBeLessThan(FRAMES_AT_MOST);
  // The log was being copied into the database when the disk was full.
  expect(statSync(join(disk.folder, "log.db")).size).toBeGreaterThan(4 * MEGABYTE);

  await first.kill();
  const second = await start(disk.folder);
  for (const writer of writers) {
    await writer.comeBack(second.url);
    expect(await writer.verdicts()).toEqual([...writer.accepted.values()]);
  }
  disk.resize(160);
  expect(await writers[0]?.post()).toBe("stored");
  expect(await second.stop()).toBe(0);
});

/** Somebody who writes long texts to themselves. */
class Writer {
  readonly accepted = new Map<string, Answer>();
  readonly #token: string;
  readonly #log = freshId();
  #device: RawDevice;

  static async begin(url: string, token: string): Promise<Writer> {
    const writer = new Writer(url, token);
    await writer.#device.hello();
    await writer.#submit([createGroup(writer.#log, [])]);
    return writer;
  }

  private constructor(url: string, token: string) {
    this.#token = token;
    this.#device = new RawDevice(url, token);
  }

  /** As the same device: a new one could not be registered on a full disk. */
  async comeBack(url: string): Promise<void> {
    this.#device = new RawDevice(url, this.#token, "proto", this.#device.id);
    await this.#device.hello();
  }

  post(): Promise<"stored" | "full"> {
    return this.#submit(Array.from({ length: COMMANDS_PER_FRAME }, () => post(this.#log, LONG_TEXT)));
  }

  /** What the server says of all that it accepted. */
  async verdicts(): Promise<Answer[]> {
    const ids = [...this.accepted.keys()];
    this.#device.send({
      case: "request",
      value: { id: 1, question: { case: "verdicts", value: { log: this.#log, ids } } },
    });
    const { answer } = await this.#device.next("response");
    if (answer.case !== "verdicts") throw new Error(`Verdicts were answered with ${answer.case}.`);
    return answer.value.answers;
  }

  async #submit(commands: readonly Command[]): Promise<"stored" | "full"> {
    for (const answer of await this.#device.submit(commands)) {
      if (answer.outcome.case === "verdict") this.accepted.set(answer.id, answer);
      else if (answer.outcome.case === "retry" && answer.outcome.value.code === RetryCode.STORAGE_FULL) return "full";
      else throw new Error(`A command was answered with ${answer.outcome.case}.`);
    }
    return "stored";
  }
}
