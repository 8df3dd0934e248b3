import { Caller } from "../kit/caller.ts";
import { Coverage } from "../kit/coverage.ts";
import { Pool } from "../kit/pool.ts";
import type { HostileCase } from "./hostile-case.ts";
import { HostileScene } from "./hostile-scene.ts";
import { Neighbours } from "./neighbours.ts";
import { Witness } from "./witness.ts";

const ATTACKERS = 4;
const CASE_WITHIN_MS = 120_000;

export interface HostileSettings {
  /** Of the server, without a path at its end. */
  readonly url: string;
  readonly print: (line: string) => void;
  readonly cases: readonly HostileCase[];
}

export interface HostileTally {
  readonly passed: number;
  readonly failed: number;
}

/** Misbehaves in every way, one after the other, while two neighbours chat on the same server. */
export async function runHostile({ url, print, cases }: HostileSettings): Promise<HostileTally> {
  const http = new Caller(url, "json", new Coverage());
  const pool = new Pool(http);
  const neighbours = await Neighbours.moveIn(url, http, pool);
  const witness = new Witness(neighbours.secrets);
  const attackers = await Promise.all(Array.from({ length: ATTACKERS }, () => pool.make()));
  neighbours.start();
  let failed = 0;
  for (const each of cases) {
    const begun = performance.now();
    const scene = new HostileScene({ url, witness, neighbours, http, attackers });
    const fault = await faultOf(each, scene);
    const took = `${Math.round(performance.now() - begun)} ms, others waited at most ${neighbours.longestOfLate()} ms`;
    print(`${fault === undefined ? "✓" : "✗"} hostile: ${each.title} (${took})`);
    if (fault === undefined) continue;
    failed++;
    print(`    ${fault.replaceAll("\n", "\n    ")}`);
  }
  const fault = await faultOfNeighbours(neighbours);
  const { messages, returns, longestMs } = neighbours.report;
  const sum = `${messages} messages and ${returns} new sockets of two neighbours, the slowest round trip ${longestMs} ms`;
  print(`${fault === undefined ? "✓" : "✗"} hostile: meanwhile ${sum}`);
  if (fault !== undefined) print(`    ${fault}`);
  return {
    passed: cases.length - failed + (fault === undefined ? 1 : 0),
    failed: failed + (fault === undefined ? 0 : 1),
  };
}

/** Why a case failed; undefined if it passed. */
async function faultOf(each: HostileCase, scene: HostileScene): Promise<string | undefined> {
  const before = scene.witness.faults.length;
  const timeUp = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeUp.reject(new Error(`Not done within ${CASE_WITHIN_MS} ms.`)), CASE_WITHIN_MS);
  try {
    await Promise.race([each.run(scene), timeUp.promise]);
    await scene.neighbours.heardAgain();
    const faults = scene.witness.faults.slice(before);
    return faults.length === 0 ? undefined : faults.slice(0, 5).join("\n");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
    scene.end();
  }
}

async function faultOfNeighbours(neighbours: Neighbours): Promise<string | undefined> {
  try {
    await neighbours.stop();
    await neighbours.check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    neighbours.leave();
  }
}
