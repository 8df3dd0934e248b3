import type { Statements } from "@parley/server/parts";
import type { Device } from "./device/device.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { throwFirst } from "./oracle/violation.ts";
import { World } from "./world.ts";

/** Until everybody who fell behind has caught up. */
const REST_MS = 60_000;
const ROUNDS = 3;
const ROUND_MS = 5_000;
const ADDED_AT_ONCE = 8;

export interface CrowdReport {
  readonly events: number;
  /** Who was a member at the end. */
  readonly present: number;
  readonly additions: number;
  readonly departures: number;
  /** Of all that happened. */
  readonly hash: string;
}

/**
 * Everybody is in one group or comes to it, and all at once: who is there writes, adds others, gives roles, removes and leaves, in the same instant, round by round. Networks
 * are as they are, with latencies of their own. Throws at the first thing that should not be.
 */
export async function playCrowd(people: number, statements: Statements, mutant?: Mutant): Promise<CrowdReport> {
  const devices = Array.from({ length: people }, () => 1);
  const world = new World({ seed: `crowd of ${people}`, devices, mutant, keepLines: 60, statements });
  try {
    await world.begin();
    const group = await begin(world);
    for (let round = 0; round < ROUNDS; round++) await everybodyActs(world, group, round);
    await world.run(REST_MS);
    await lookAtEverything(world, group);
    return reportOf(world, group);
  } finally {
    world.end();
  }
}

/** A group of the first half, which the others are added to. */
async function begin(world: World): Promise<string> {
  const [founder, ...others] = world.devices.slice(0, Math.ceil(world.devices.length / 2));
  if (founder === undefined) throw new Error("a crowd needs somebody");
  const accounts = others.map(({ account }) => account);
  world.typist.startGroup(founder, accounts, "Everybody");
  const isKnown = (device: Device) => device.owner?.engine.conversations.get().conversations.length === 1;
  await world.until(() => isKnown(founder) && others.every(isKnown));
  return [...world.truth.ledger.logs.keys()][0] ?? "";
}

/** In one instant, so that what they do meets on the way. What it comes to is seen by a screen of every third. */
async function everybodyActs(world: World, group: string, round: number): Promise<void> {
  const { devices, typist } = world;
  const history = world.truth.ledger.log(group);
  const absent = devices.filter(({ account }) => !history.isPresent(account));
  for (const [index, device] of devices.entries()) {
    if (!history.isPresent(device.account)) continue;
    const turn = index + round * 3;
    const next = devices[(index + 1) % devices.length];
    if (index % 3 === 0) device.owner?.open(group);
    typist.post(device, group, `${device.name} says in round ${round}.`);
    if (turn % 5 === 0) {
      const from = (index * ADDED_AT_ONCE) % Math.max(1, absent.length);
      const coming = absent.slice(from, from + ADDED_AT_ONCE).map(({ account }) => account);
      if (coming.length > 0) typist.addMembers(device, group, coming);
    }
    if (next !== undefined && turn % 4 === 0) typist.setRole(device, group, next.account, "admin");
    if (next !== undefined && turn % 11 === 0) typist.removeMembers(device, group, [next.account]);
    if (turn % 7 === 0) typist.leave(device, group);
    typist.post(device, group, `${device.name} says more in round ${round}.`);
  }
  await world.run(ROUND_MS);
}

async function lookAtEverything(world: World, group: string): Promise<void> {
  await world.inspectEverything(true);
  for (const device of world.devices) {
    throwFirst(world.inspector.atRest(device));
    const screen = device.owner?.screen(group);
    if (screen !== undefined) throwFirst(world.inspector.screenAtRest(device, screen));
  }
}

function reportOf({ devices, truth, trace }: World, group: string): CrowdReport {
  const history = truth.ledger.log(group);
  const count = (kind: string) => history.events.filter(({ body }) => body.case === kind).length;
  return {
    events: history.head,
    present: devices.filter(({ account }) => history.isPresent(account)).length,
    additions: count("membersAdded"),
    departures: count("memberLeft") + count("membersRemoved"),
    hash: trace.hash,
  };
}
