import type { Statements } from "@parley/server/parts";
import type { Device } from "./device/device.ts";
import { Faults } from "./faults/faults.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { throwFirst, ViolationError } from "./oracle/violation.ts";
import { Workload } from "./workload/workload.ts";
import { World } from "./world.ts";

const ROUNDS = 2;
const COMMANDS_PER_ROUND = 110;
const FAULTS_PER_ROUND = 14;
/** Long enough for every backoff, heartbeat and retry to come round. */
const CALM_MS = 110_000;
const REST_LIMIT_MS = 60_000;
/** For the rows of a screen to arrive. */
const SCREEN_MS = 1_000;
const MOST_SCREENS = 100;

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
  const world = new World({ seed: `seed ${seed}`, devices: devicesOf(seed), mutant, keepLines, statements });
  let failure: Failure | undefined;
  try {
    await world.begin();
    for (let round = 0; round < ROUNDS; round++) await playRound(world, round);
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

async function playRound(world: World, round: number): Promise<void> {
  const { random, typist, coverage, people, devices, time, trace, server } = world;
  const workload = new Workload({
    random: random.fork(`work ${round}`),
    typist,
    coverage,
    people,
    devices,
    markOverHttp: (account, conversation, ordinal) => server.running?.mark(account, conversation, ordinal),
  });
  const setUnreliable = (unreliable: boolean) => {
    world.unreliable = unreliable;
  };
  const chances = random.fork(`faults ${round}`);
  const faults = new Faults({ time, random: chances, coverage, trace, devices, server, setUnreliable });
  const pace = random.fork(`pace ${round}`);
  if (round === 0) workload.begin();
  await world.run(2_000);
  const wanted = coverage.total("command ") + COMMANDS_PER_ROUND;
  let struck = 0;
  for (let turn = 0; coverage.total("command ") < wanted || struck < FAULTS_PER_ROUND; turn++) {
    workload.act();
    if (pace.chance(0.08)) {
      faults.strike();
      struck += 1;
    }
    await world.run(pace.integer(5, 900));
    if (turn % 20 === 0) await world.inspectEverything();
  }
  await rest(world, faults);
}

async function rest(world: World, faults: Faults): Promise<void> {
  await world.time.await(faults.heal(), 60_000, world.inspectStep);
  world.unreliable = false;
  await world.run(CALM_MS / 2);
  sendLast(world);
  await world.run(CALM_MS / 2);
  await world.inspectEverything(true);
  for (const device of world.devices) {
    throwFirst(world.inspector.atRest(device));
    for (const { id } of device.owner?.engine.conversations.get().conversations ?? [])
      await readThrough(world, device, id);
  }
}

/** Whoever missed an event finds out at the next one: so there is one everywhere. */
function sendLast(world: World): void {
  for (const [id, history] of world.truth.ledger.logs) {
    const device = world.devices.find(({ account }) => history.isPresent(account));
    if (device !== undefined) world.typist.post(device, id, `last of ${world.coverage.total("command ")}`);
  }
}

/** Scrolls from the newest entry to the oldest and compares every screen with the truth. */
async function readThrough(world: World, device: Device, conversation: string): Promise<void> {
  const { owner } = device;
  if (owner === undefined) return;
  const screen = owner.open(conversation);
  const { timeline } = screen;
  const settle = (what: Promise<void>) => world.time.await(what, REST_LIMIT_MS, world.inspectStep);
  await world.until(() => screen.view.loaded, REST_LIMIT_MS);
  await settle(timeline.jumpToNewest());
  for (let turn = 0; turn < MOST_SCREENS; turn++) {
    await world.run(SCREEN_MS);
    throwFirst(world.inspector.screenAtRest(device, screen));
    if (screen.view.atOldest) break;
    await settle(timeline.loadOlder());
  }
  owner.close(conversation);
}

function failureOf(world: World, error: unknown): Failure {
  const trace = world.trace.newest();
  if (error instanceof ViolationError) return { ...error.violation, trace };
  return { rule: "", detail: error instanceof Error ? (error.stack ?? error.message) : String(error), trace };
}
