import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { directConversationId, Encryption } from "@parley/protocol";
import { ServerProcess } from "@parley/rig";
import { faultOfReturn } from "../crowd/check-return.ts";
import type { CrowdReport } from "../crowd/crowd.ts";
import { membersOf } from "../crowd/crowd-members.ts";
import { type CrowdProgram, startCrowd } from "../crowd/start-crowd.ts";
import { Disturbance } from "../measure/disturbance.ts";
import { median, percentile } from "../measure/percentiles.ts";
import { Program } from "../program/program.ts";
import type { Budget, Finding } from "../report/finding.ts";
import type { TalkersMethods } from "../talk/talkers-program.ts";
import { foundTown, type Town } from "../town/found-town.ts";
import type { Bench, Row } from "./row.ts";

const inSyncBudget: Budget = { bound: "at most", must: 10, aim: 3 };
const othersBudget: Budget = { bound: "at most", must: 500, aim: 100 };
/** Of what the others' messages took just before. */
const calmBudget: Budget = { bound: "at most", must: 2, aim: 1.5 };
const TALKERS_PROGRAM = join(import.meta.dir, "../talk/talkers-program.ts");
/** 20 others, each of whom writes ten times a second: enough for a 99th percentile of a few seconds. */
const PAIRS = 10;
const TALK_EVERY_MS = 100;
const ARRIVE_PER_SECOND = 400;
const NORMAL_MS = 10_000;
/** After everybody is in sync they are told who is there. */
const SETTLED_MS = 5_000;
/** Longer than the server remembers sessions that it has looked up, so that all of them are looked up again. */
const AWAY_MS = 35_000;
const RETURN_WITHIN_MS = 120_000;
const SAID_CHARACTERS = 2_000;
const MS_PER_S = 1_000;
const US_PER_MS = 1_000;

/** One return of everybody. */
interface Return {
  readonly crowd: CrowdReport;
  readonly inSyncS: number;
  /** p99, and the same just before. */
  readonly othersMs: number;
  readonly normalMs: number;
  readonly others: number;
  /** p50 of the others' messages, and by how much they left late, p99. */
  readonly othersHalfMs: number;
  readonly othersLateMs: number;
  readonly serverMsPerDevice: number;
  readonly crowdShare: number;
  readonly disturbance: number;
  /** From the beginning until the server took connections. */
  readonly servesAfterS: number;
}

interface Beginning {
  /** Milliseconds since 1970. */
  readonly began: number;
  /** p99 of the others' messages just before. */
  readonly normalMs: number;
  /** The server's processor time at the beginning. */
  readonly before: number;
}

/** Everybody is back at once, first to a server that lives, then to one that was killed; others keep writing meanwhile. */
export const returnOfAll: Row = {
  id: "return",
  stores: false,
  async measure(bench) {
    const devices = bench.quick ? 1_000 : 5_000;
    const folder = join(bench.folder, "data");
    bench.report(`   a town of ${devices}`);
    const town = await foundTown({ folder, citizens: devices, pairs: PAIRS, seed: "return" });
    const scene = await Scene.open(bench, folder, town);
    try {
      const warm: Return[] = [];
      const cold: Return[] = [];
      for (let run = 0; run < bench.runs; run++) {
        warm.push(await scene.warm());
        cold.push(await scene.cold());
      }
      return [
        ...findings("warm", "back at once, server alive", warm),
        ...findings("cold", "back at once after kill -9", cold),
      ];
    } finally {
      await scene.close();
    }
  },
};

function findings(id: string, title: string, returns: readonly Return[]): Finding[] {
  const last = returns.at(-1);
  if (last === undefined) return [];
  const { crowd, serverMsPerDevice, crowdShare, others, othersHalfMs, othersLateMs, servesAfterS } = last;
  const disturbance = median(returns.map((each) => each.disturbance));
  const othersMs = returns.map((each) => each.othersMs);
  const details = {
    devices: crowd.devices,
    "server took connections after s": servesAfterS.toFixed(2),
    "half of them after s": (percentile(crowd.inSyncAfterMs, 0.5) / MS_PER_S).toFixed(2),
    "99 % after s": (percentile(crowd.inSyncAfterMs, 0.99) / MS_PER_S).toFixed(2),
    "server CPU ms each": serverMsPerDevice.toFixed(2),
    "crowd's share of a core": crowdShare.toFixed(2),
    "attempts each": (crowd.attempts / crowd.devices).toFixed(2),
    "given up": crowd.failures,
    "kB each": (crowd.bytes / crowd.devices / 1_000).toFixed(1),
    refusals: JSON.stringify(crowd.refusals),
  };
  return [
    {
      id: `return-${id}`,
      title: `${crowd.devices} devices ${title}: all in sync`,
      unit: "s",
      runs: returns.map(({ inSyncS }) => inSyncS),
      budget: inSyncBudget,
      disturbance,
      details,
    },
    {
      id: `return-${id}-others`,
      title: `Send to ack of others meanwhile, p99 (${title})`,
      unit: "ms",
      runs: othersMs,
      budget: othersBudget,
      disturbance,
      details: {
        messages: others,
        "p50 ms": othersHalfMs.toFixed(1),
        "they left late, p99 ms": othersLateMs.toFixed(1),
      },
    },
    {
      id: `return-${id}-calm`,
      title: `The same beside the 10 s before (${title})`,
      unit: "ms",
      runs: othersMs,
      baseline: { name: "p99 before", runs: returns.map(({ normalMs }) => normalMs) },
      budget: calmBudget,
      disturbance,
      details: { messages: others },
    },
  ];
}

/** A server, its crowd and the others who write. */
class Scene {
  readonly #bench: Bench;
  readonly #town: Town;
  readonly #crowd: CrowdProgram;
  readonly #talkers: Program<TalkersMethods>;
  #server: ServerProcess;

  private constructor(
    bench: Bench,
    town: Town,
    server: ServerProcess,
    crowd: CrowdProgram,
    talkers: Program<TalkersMethods>,
  ) {
    this.#bench = bench;
    this.#town = town;
    this.#server = server;
    this.#crowd = crowd;
    this.#talkers = talkers;
  }

  /** Everybody is connected and in sync, and the others write. */
  static async open(bench: Bench, folder: string, town: Town): Promise<Scene> {
    const server = await ServerProcess.start(folder);
    const { port } = server;
    const talkers = Program.start<TalkersMethods>(TALKERS_PROGRAM);
    await talkers.ask("connect", { port, talkers: talkersOf(town) });
    await talkers.ask("talk", { everyMs: TALK_EVERY_MS });
    mkdirSync(join(bench.folder, "crowd"));
    const crowd = await startCrowd(join(bench.folder, "crowd"), membersOf(town), port);
    const scene = new Scene(bench, town, server, crowd, talkers);
    await crowd.ask("arrive", { perSecond: ARRIVE_PER_SECOND });
    const { missing } = await crowd.ask("inSyncSince", { moment: 0, until: Date.now() + RETURN_WITHIN_MS });
    if (missing > 0) throw new Error(`${missing} devices could not connect at all.`);
    return scene;
  }

  /** What the others' messages take while nothing else happens, p99 in milliseconds. */
  async #normal(): Promise<number> {
    await this.#talkers.ask("take", undefined);
    await Bun.sleep(NORMAL_MS);
    return percentile((await this.#talkers.ask("take", undefined)).toAck, 0.99);
  }

  async warm(): Promise<Return> {
    await this.#crowd.ask("cut", undefined);
    await Bun.sleep(AWAY_MS - NORMAL_MS);
    const normalMs = await this.#normal();
    const began = await this.#begin();
    const before = this.#bench.processors.read(this.#server.pid);
    await this.#crowd.ask("comeBack", undefined);
    return this.#watch("warm", { began, normalMs, before });
  }

  async cold(): Promise<Return> {
    const { folder, port } = this.#server;
    await Bun.sleep(SETTLED_MS);
    const normalMs = await this.#normal();
    const began = await this.#begin();
    await this.#server.kill();
    await this.#talkers.ask("comeBack", { port });
    this.#server = await ServerProcess.start(folder, { port });
    return this.#watch("cold", { began, normalMs, before: this.#bench.processors.read(this.#server.pid) });
  }

  async close(): Promise<void> {
    await this.#crowd.end();
    await this.#talkers.end();
    await this.#server.stop();
  }

  /** The moment from which the return counts, milliseconds since 1970. */
  async #begin(): Promise<number> {
    await this.#talkers.ask("take", undefined);
    await this.#crowd.ask("forgetTally", undefined);
    return Date.now();
  }

  async #watch(kind: string, { began, normalMs, before }: Beginning): Promise<Return> {
    const { processors } = this.#bench;
    const servesAfterS = (Date.now() - began) / MS_PER_S;
    const crowdBefore = processors.read(this.#crowd.pid);
    const pids = [this.#server.pid, this.#crowd.pid, this.#talkers.pid, process.pid];
    const disturbance = new Disturbance(processors, pids);
    const crowd = await this.#crowd.ask("inSyncSince", { moment: began, until: began + RETURN_WITHIN_MS });
    const passedMs = Date.now() - began;
    const cores = disturbance.cores();
    const serverUs = processors.read(this.#server.pid) - before;
    const crowdShare = (processors.read(this.#crowd.pid) - crowdBefore) / US_PER_MS / passedMs;
    const { toAck, late, connected } = await this.#talkers.ask("take", undefined);
    const inSyncS = (crowd.inSyncAfterMs.at(-1) ?? 0) / MS_PER_S;
    const othersMs = percentile(toAck, 0.99);
    this.#bench.report(
      `   ${kind}: ${inSyncS.toFixed(1)} s, ${crowd.missing} missing; others ${othersMs.toFixed(1)} ms, before ${normalMs.toFixed(1)} (${toAck.length} messages, ${connected} connected)`,
    );
    if (crowd.missing > 0)
      throw new Error(
        `${crowd.missing} devices did not come back. The server says: ${this.#server.output.slice(-SAID_CHARACTERS)}`,
      );
    await this.#checkKept();
    const serverMsPerDevice = serverUs / US_PER_MS / crowd.devices;
    return {
      crowd,
      inSyncS,
      othersMs,
      normalMs,
      others: toAck.length,
      othersHalfMs: percentile(toAck, 0.5),
      othersLateMs: percentile(late, 0.99),
      serverMsPerDevice,
      crowdShare,
      disturbance: cores,
      servesAfterS,
    };
  }

  /** Looks into what some devices were sent: a fast answer that is wrong must not count. */
  async #checkKept(): Promise<void> {
    for (const [member, frames] of await this.#crowd.ask("kept", undefined)) {
      const citizen = this.#town.citizens[member];
      const bytes = frames.map((frame) => new Uint8Array(Buffer.from(frame, "base64")));
      const fault = citizen === undefined ? "There is no such member." : faultOfReturn(citizen, bytes);
      if (fault !== undefined) throw new Error(`Device ${member} was not brought up to date. ${fault}`);
    }
  }
}

function talkersOf({ talkers }: Town) {
  return talkers.flatMap(([one, other]) => {
    const log = directConversationId(one.account, other.account, Encryption.NONE);
    return [one, other].map(({ tokens: [token = ""] }) => ({ token, log }));
  });
}
