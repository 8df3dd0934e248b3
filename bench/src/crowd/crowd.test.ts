import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServerProcess } from "@parley/rig";
import { foundTown, type Town } from "../town/found-town.ts";
import { faultOfReturn } from "./check-return.ts";
import type { CrowdMember } from "./crowd-member.ts";
import { membersOf } from "./crowd-members.ts";
import { type CrowdProgram, startCrowd } from "./start-crowd.ts";

const CITIZENS = 26;
const PATIENCE_MS = 20_000;

let folder: string;
let town: Town;
let server: ServerProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-crowd-"));
  const data = join(folder, "data");
  town = await foundTown({ folder: data, citizens: CITIZENS, pairs: 1, seed: "crowd" });
  server = await ServerProcess.start(data);
}, PATIENCE_MS);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function arrived(members: readonly CrowdMember[]): Promise<CrowdProgram> {
  const crowd = await startCrowd(folder, members, server.port);
  await crowd.ask("arrive", { perSecond: 1_000 });
  const { missing, refusals } = await crowd.ask("inSyncSince", { moment: 0, until: Date.now() + PATIENCE_MS });
  expect({ missing, refusals }).toEqual({ missing: 0, refusals: [] });
  return crowd;
}

async function backSince(crowd: CrowdProgram, moment: number, forMs: number) {
  return crowd.ask("inSyncSince", { moment, until: moment + forMs });
}

test(
  "a crowd that was cut off, and one whose server was killed, is brought up to date",
  async () => {
    const crowd = await arrived(membersOf(town));
    const cutAt = Date.now();
    await crowd.ask("cut", undefined);
    expect((await backSince(crowd, cutAt, 100)).missing).toBe(CITIZENS);
    await crowd.ask("comeBack", undefined);
    expect((await backSince(crowd, cutAt, PATIENCE_MS)).missing).toBe(0);
    const killedAt = Date.now();
    await server.kill();
    server = await ServerProcess.start(server.folder, { port: server.port });
    const { missing, inSyncAfterMs } = await backSince(crowd, killedAt, PATIENCE_MS);
    expect({ missing, counted: inSyncAfterMs.length }).toEqual({ missing: 0, counted: CITIZENS });
    const kept = await crowd.ask("kept", undefined);
    expect(kept.length).toBeGreaterThan(0);
    for (const [member, frames] of kept) {
      const citizen = town.citizens[member];
      if (citizen === undefined) throw new Error("Nobody has that number.");
      const bytes = frames.map((frame) => new Uint8Array(Buffer.from(frame, "base64")));
      expect(faultOfReturn(citizen, bytes)).toBeUndefined();
    }
    await crowd.end();
  },
  3 * PATIENCE_MS,
);

test(
  "a device that waits for changes that never come is missing",
  async () => {
    const members = membersOf(town).map((member) => ({ ...member, missed: member.missed + 1 }));
    const crowd = await arrived(members);
    await crowd.ask("cut", undefined);
    const moment = Date.now();
    await crowd.ask("comeBack", undefined);
    expect((await backSince(crowd, moment, 2_500)).missing).toBe(CITIZENS);
    await crowd.end();
  },
  2 * PATIENCE_MS,
);
