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
  /**
   * The neighbours' p99 may be so much. Absent where the machine has other things to do at the same time, as when tests run side by side: there only what
   * takes as long as a stall fails.
   */
  readonly p99AtMostMs?: number;
}

export interface HostileTally {
  readonly passed: number;
  readonly failed: number;
}

/** Misbehaves in every way, one after the other, while two neighbours chat on the same server. */
export async function runHostile({ url, print, cases, p99AtMostMs }: HostileSettings): Promise<HostileTally> {
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
  const { messages, returns, medianMs, p99Ms, longestMs } = neighbours.report;
  const sum = `${messages} messages and ${returns} new sockets of two neighbours`;
  const waits = `their round trips ${medianMs} ms (median), ${p99Ms} ms (p99), ${longestMs} ms (longest)`;
  print(`${fault === undefined ? "✓" : "✗"} hostile: meanwhile ${sum}, ${waits}`);
  if (fault !== undefined) print(`    ${fault}`);
  const judged = [fault === undefined];
  if (p99AtMostMs !== undefined) {
    judged.push(p99Ms <= p99AtMostMs);
    print(`${p99Ms <= p99AtMostMs ? "✓" : "✗"} hostile: they waited at most ${p99AtMostMs} ms (p99)`);
  }
  const sound = judged.filter((isSound) => isSound).length;
  return { passed: cases.length - failed + sound, failed: failed + judged.length - sound };
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
