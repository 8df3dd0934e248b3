import { Neighbours } from "../hostile/neighbours.ts";
import { Witness } from "../hostile/witness.ts";
import { Caller } from "../kit/caller.ts";
import { Coverage } from "../kit/coverage.ts";
import { expectThat } from "../kit/expectation.ts";
import type { Person } from "../kit/person.ts";
import { Pool } from "../kit/pool.ts";
import type { Cast } from "./cast.ts";
import { planSession } from "./plan-session.ts";
import { playSession } from "./play-session.ts";
import { shownStep } from "./session-plan.ts";

/** Sessions that run side by side, each of an account of its own. */
const LANES = 6;
const SEEDS_PER_CHECK = 25;

export interface FuzzSettings {
  /** Of the server, without a path at its end. */
  readonly url: string;
  readonly firstSeed: number;
  /** How many; fewer if the time is up before. */
  readonly seeds: number;
  readonly withinMs: number;
  readonly print: (line: string) => void;
}

export interface FuzzTally {
  readonly seeds: number;
  readonly failed: readonly number[];
  readonly steps: number;
}

/** Plays the sessions of many seeds against a server on which two neighbours chat all the while. */
export async function runFuzz(settings: FuzzSettings): Promise<FuzzTally> {
  const { url, firstSeed, print } = settings;
  const http = new Caller(url, "json", new Coverage());
  const pool = new Pool(http);
  const neighbours = await Neighbours.moveIn(url, http, pool);
  const attackers: Person[] = [];
  for (let index = 0; index < LANES; index++) attackers.push(await pool.make());
  neighbours.start();
  const deadline = performance.now() + settings.withinMs;
  const failed: number[] = [];
  let [next, done, steps] = [firstSeed, 0, 0];
  const lane = async (attacker: Person) => {
    while (next < firstSeed + settings.seeds && performance.now() < deadline) {
      const seed = next++;
      const plan = planSession(seed, castFor(attacker, attackers, neighbours));
      const faults = await faultsOf(plan, url, attacker, neighbours);
      done++;
      steps += plan.steps.length;
      if (faults.length === 0) continue;
      failed.push(seed);
      print(`seed ${seed} FAILED: ${faults.slice(0, 3).join(" ")}`);
      for (const step of plan.steps) print(`    ${shownStep(step)}`);
    }
  };
  await Promise.all(attackers.map(lane));
  await neighbours.stop();
  await neighbours.check();
  neighbours.leave();
  const { messages, returns, longestMs } = neighbours.report;
  print(
    `Meanwhile the neighbours exchanged ${messages} messages and came back ${returns} times; their slowest round trip took ${longestMs} ms.`,
  );
  return { seeds: done, failed, steps };
}

function castFor(attacker: Person, attackers: readonly Person[], { people, log, posted }: Neighbours): Cast {
  return {
    attacker,
    accomplices: attackers.filter((one) => one !== attacker).map(({ account }) => account),
    foreign: {
      accounts: people.map(({ account }) => account),
      devices: people.map(({ seat }) => seat.device),
      conversations: [log],
      // The first ones, which are there from the beginning.
      messages: posted.slice(0, 2),
    },
  };
}

async function faultsOf(
  plan: ReturnType<typeof planSession>,
  url: string,
  attacker: Person,
  neighbours: Neighbours,
): Promise<readonly string[]> {
  const witness = new Witness(neighbours.secrets);
  try {
    await playSession(plan, { url, witness, token: attacker.seat.token });
    expectThat((await fetch(`${url}/healthz`)).status === 200, "the server to be healthy");
    if (plan.seed % SEEDS_PER_CHECK === 0) await neighbours.heardAgain();
  } catch (error) {
    witness.fault(error instanceof Error ? error.message : String(error));
  }
  return witness.faults;
}
