import type { Statements } from "@parley/server/parts";
import { comeToRest } from "./come-to-rest.ts";
import type { DeviceKind } from "./device/device.ts";
import { Faults, STRIKES_WITHIN_MS } from "./faults/faults.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { socketBlocks } from "./network/link.ts";
import type { PrivacyChange } from "./oracle/secrets.ts";
import { ViolationError } from "./oracle/violation.ts";
import { passWeek } from "./pass-week.ts";
import { Strangers } from "./workload/strangers.ts";
import { Workload, type WorkloadParts } from "./workload/workload.ts";
import { World } from "./world.ts";

const ROUNDS = 2;
const COMMANDS_PER_ROUND = 105;
const FAULTS_PER_ROUND = 13;
const FAULT_CHANCE = 0.11;
/** In every fourth seed nobody looks for a week between the two rounds. */
const WEEK_EVERY = 4;
/** In every third seed one of the devices begins behind a proxy that lets no socket through, and stays there for the first round. */
const PROXY_EVERY = 3;
/** In every seventh seed what strangers begin waits to be accepted. */
const STRANGERS_EVERY = 7;
const STRANGER_CHANCE = 0.3;
const STRANGERS_FIRST_MS = 5_000;
const LEAST_COMMANDS = 200;
const LEAST_FAULTS = 20;

export interface Report {
  readonly seed: number;
  readonly hash: string;
  readonly steps: number;
  readonly commands: number;
  readonly faults: number;
  readonly coverage: Readonly<Record<string, number>>;
  readonly failure: Failure | undefined;
}

export interface Failure {
  /** The rule of docs/sync.md that was broken; empty for an error of another kind. */
  readonly rule: string;
  readonly detail: string;
  readonly trace: readonly string[];
}

export interface SimulationOptions {
  readonly statements: Statements;
  readonly mutant?: Mutant;
  readonly keepLines?: number;
}

/** Runs one seed: rounds of people at work while things go wrong, each followed by a calm in which everything must come right. */
export async function simulate(seed: number, options: SimulationOptions): Promise<Report> {
  const { statements, mutant, keepLines = 60 } = options;
  const world = new World({
    seed: `seed ${seed}`,
    devices: devicesOf(seed),
    kinds: kindsOf(seed),
    messageRequests: seed % STRANGERS_EVERY === 0,
    mutant,
    keepLines,
    statements,
  });
  let failure: Failure | undefined;
  try {
    if (seed % PROXY_EVERY === 0) putBehindProxy(world);
    await world.begin();
    for (let round = 0; round < ROUNDS; round++) {
      await playRound(world, round);
      if (round + 1 < ROUNDS && seed % WEEK_EVERY === 0) await passWeek(world);
    }
    expectEnough(world);
  } catch (error) {
    failure = failureOf(world, error);
  } finally {
    world.end();
  }
  return {
    seed,
    hash: world.trace.hash,
    steps: world.trace.length,
    commands: world.coverage.total("command "),
    faults: world.coverage.total("fault "),
    coverage: world.coverage.toRecord(),
    failure,
  };
}

/** Three to five people; some have two devices. */
function devicesOf(seed: number): number[] {
  return [2, 1, 1 + (seed % 2), ...(seed % 3 === 0 ? [1] : []), ...(seed % 5 === 0 ? [1] : [])];
}

/** In every second seed some of the devices run a browser with tabs: those of Ben, who has no other, and of Ada, who has two. */
function kindsOf(seed: number): Readonly<Record<string, DeviceKind>> {
  const [kind, other] =
    Math.floor(seed / 8) % 2 === 0 ? (["leader", "shared-worker"] as const) : (["shared-worker", "leader"] as const);
  switch (seed % 8) {
    case 0:
      return { "ben-1": kind, "cleo-1": other };
    case 2:
      return { "ada-1": kind };
    case 4:
      return { "ada-1": kind, "ada-2": other };
    case 6:
      return { "ben-1": kind, "ada-2": other };
    default:
      return {};
  }
}

function putBehindProxy({ devices, random }: World): void {
  const chances = random.fork("proxy");
  const device = chances.pick(devices);
  if (device !== undefined) device.link.block = chances.pick(socketBlocks);
}

async function playRound(world: World, round: number): Promise<void> {
  const { random, typist, coverage, people, devices, time, trace, server } = world;
  const parts = {
    typist,
    coverage,
    people,
    devices,
    markOverHttp: (account: string, conversation: string, ordinal: number) =>
      server.running?.mark(account, conversation, ordinal),
    setPrivacy: (account: string, change: PrivacyChange) => server.running?.setPrivacy(account, change),
  } satisfies Partial<WorkloadParts>;
  const workload = new Workload({ ...parts, name: `text ${round}`, random: random.fork(`work ${round}`) });
  const meeting = random.fork(`strangers ${round}`);
  const strangers = world.messageRequests ? new Strangers({ ...parts, random: meeting }, workload) : undefined;
  const setUnreliable = (unreliable: boolean) => {
    world.unreliable = unreliable;
  };
  const chances = random.fork(`faults ${round}`);
  const faults = new Faults({
    time,
    random: chances,
    coverage,
    trace,
    devices,
    server,
    setUnreliable,
    lostTruth: world.lostTruth,
    write: (device) => workload.write(device),
  });
  const pace = random.fork(`pace ${round}`);
  if (round === 0) {
    strangers?.begin();
    // Who is in a group with somebody is no stranger.
    if (strangers !== undefined) await world.run(STRANGERS_FIRST_MS);
    // Without anybody whom they know, nobody has a group.
    strangers?.welcome();
    if (strangers !== undefined) await world.run(STRANGERS_FIRST_MS);
    workload.begin();
  }
  await world.run(2_000);
  const wanted = coverage.total("command ") + COMMANDS_PER_ROUND;
  let struck = 0;
  for (let turn = 0; coverage.total("command ") < wanted || struck < FAULTS_PER_ROUND; turn++) {
    workload.act();
    if (strangers !== undefined && meeting.chance(STRANGER_CHANCE)) strangers.act();
    if (pace.chance(FAULT_CHANCE)) {
      faults.strike();
      struck += 1;
    }
    await world.run(pace.integer(5, 900));
    if (turn % 30 === 0) await world.inspectEverything();
  }
  await world.run(STRIKES_WITHIN_MS);
  await comeToRest(world);
}

function failureOf(world: World, error: unknown): Failure {
  const trace = world.trace.newest();
  if (error instanceof ViolationError) return { ...error.violation, trace };
  return { rule: "", detail: error instanceof Error ? (error.stack ?? error.message) : String(error), trace };
}

/** A run that does too little proves nothing. */
function expectEnough({ coverage }: World): void {
  const [commands, faults] = [coverage.total("command "), coverage.total("fault ")];
  if (commands < LEAST_COMMANDS || faults < LEAST_FAULTS)
    throw new Error(`only ${commands} commands and ${faults} faults`);
}
