import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ServerProcess } from "@parley/rig";
import type { CrowdMember } from "../crowd/crowd-member.ts";
import { membersOf, topicMembersOf } from "../crowd/crowd-members.ts";
import { type CrowdProgram, startCrowd } from "../crowd/start-crowd.ts";
import { settledMemory } from "../measure/settled-memory.ts";
import { type Insight, Probe } from "../probe/probe.ts";
import type { Budget, Finding } from "../report/finding.ts";
import { foundTown } from "../town/found-town.ts";
import type { Bench, Row } from "./row.ts";

const budget: Budget = { bound: "at most", must: 20, aim: 10 };
const TOPIC_SERVER = join(import.meta.dir, "../baseline/topic-server.ts");
/** Devices that come and go before the empty server is measured, so that caches and compiled code do not count as devices. */
const WARM_UP = 50;
const ARRIVE_PER_SECOND = 400;
const ARRIVE_WITHIN_MS = 120_000;

interface Growth {
  /** kB for each device. */
  readonly perDevice: number;
  readonly before: Insight | undefined;
  readonly after: Insight | undefined;
}

/** What a connected device costs that does nothing but its heartbeat. */
export const idleMemory: Row = {
  id: "idle-memory",
  stores: false,
  async measure(bench) {
    const devices = bench.quick ? 1_000 : 5_000;
    const folder = join(bench.folder, "data");
    bench.report(`   a town of ${devices}`);
    const town = await foundTown({ folder, citizens: devices, pairs: 1, seed: "idle-memory" });
    const growths: Growth[] = [];
    const raw: number[] = [];
    for (let run = 0; run < bench.runs; run++) {
      const growth = await ofServer(bench, folder, membersOf(town));
      growths.push(growth);
      raw.push(await ofTopics(bench, topicMembersOf(town)));
      bench.report(`   ${growth.perDevice.toFixed(1)} kB, raw ${raw.at(-1)?.toFixed(1)} kB`);
    }
    const runs = growths.map(({ perDevice }) => perDevice);
    const details = { devices, conversations: town.conversations, ...insights(growths, devices) };
    const title = `Memory per idle device, ${devices} of them, member of 20 conversations`;
    const rawTitle = "The same sockets and topics on a raw server of the runtime";
    return [
      { id: "idle-memory", title, unit: "kB", runs, budget, details },
      { id: "idle-memory-raw", title: rawTitle, unit: "kB", runs: raw, details: { devices } },
    ] satisfies Finding[];
  },
};

function insights(growths: readonly Growth[], devices: number): Record<string, number | string> {
  const { before, after } = growths.at(-1) ?? {};
  if (before === undefined || after === undefined) return {};
  const perDevice = (of: (insight: Insight) => number) => ((of(after) - of(before)) / devices / 1_000).toFixed(2);
  return {
    "heap kB after collection": perDevice(({ heap }) => heap),
    "beside the heap kB": perDevice(({ besideHeap }) => besideHeap),
    "all memory kB after collection": perDevice(({ rssAfterCollection }) => rssAfterCollection),
    "objects each": ((after.objects - before.objects) / devices).toFixed(0),
    "timers each": ((after.timers - before.timers) / devices).toFixed(2),
  };
}

async function ofServer(bench: Bench, folder: string, members: readonly CrowdMember[]): Promise<Growth> {
  const probe = new Probe(bench.folder);
  const server = await ServerProcess.start(folder, probe.options);
  try {
    await comeAndGo(bench, members.slice(0, WARM_UP), server.port);
    const empty = await settledMemory(server.pid, steadyMs(bench));
    const before = await probe.look(server.pid);
    const crowd = await arrived(bench, members, server.port);
    try {
      const full = await settledMemory(server.pid, steadyMs(bench));
      return { perDevice: kBEach(full - empty, members), before, after: await probe.look(server.pid) };
    } finally {
      await crowd.end();
    }
  } finally {
    await server.stop();
  }
}

async function ofTopics(bench: Bench, members: readonly CrowdMember[]): Promise<number> {
  const server = Bun.spawn([process.execPath, TOPIC_SERVER], { stdin: "ignore", stdout: "pipe", stderr: "inherit" });
  try {
    const first = await server.stdout.getReader().read();
    const port = Number(new TextDecoder().decode(first.value));
    await comeAndGo(bench, members.slice(0, WARM_UP), port);
    const empty = await settledMemory(server.pid, steadyMs(bench));
    const crowd = await arrived(bench, members, port);
    try {
      return kBEach((await settledMemory(server.pid, steadyMs(bench))) - empty, members);
    } finally {
      await crowd.end();
    }
  } finally {
    server.kill();
    await server.exited;
  }
}

async function arrived(bench: Bench, members: readonly CrowdMember[], port: number): Promise<CrowdProgram> {
  const folder = join(bench.folder, "crowd");
  mkdirSync(folder, { recursive: true });
  const crowd = await startCrowd(folder, members, port);
  await crowd.ask("arrive", { perSecond: ARRIVE_PER_SECOND });
  const { missing, refusals } = await crowd.ask("inSyncSince", { moment: 0, until: Date.now() + ARRIVE_WITHIN_MS });
  if (missing === 0) return crowd;
  await crowd.end();
  throw new Error(`${missing} of ${members.length} devices could not connect: ${JSON.stringify(refusals)}`);
}

async function comeAndGo(bench: Bench, members: readonly CrowdMember[], port: number): Promise<void> {
  const crowd = await arrived(bench, members, port);
  await crowd.end();
}

function steadyMs({ quick }: Bench): number {
  return quick ? 8_000 : 30_000;
}

function kBEach(bytes: number, { length }: readonly CrowdMember[]): number {
  return bytes / length / 1_000;
}
