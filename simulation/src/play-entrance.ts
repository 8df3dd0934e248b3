import type { Statements } from "@parley/server/parts";
import type { Mutant } from "./mutants/mutant.ts";
import { throwFirst } from "./oracle/violation.ts";
import { World } from "./world.ts";

/** Until everybody has everything, however late their network was. */
const REST_MS = 60_000;
const MOST_MS = 300_000;
/** So many of them have the group on a screen. */
const LOOKING_EVERY = 8;

export interface EntranceReport {
  readonly events: number;
  /** Who was there when all had come. */
  readonly present: number;
  readonly left: number;
  /** Of all that happened. */
  readonly hash: string;
}

/**
 * Somebody makes a link, and everybody joins by it in one instant, writes in one instant as soon as all are in, and leaves in one instant but for who made it. Networks are
 * as they are. Throws at the first thing that should not be.
 */
export async function playEntrance(people: number, statements: Statements, mutant?: Mutant): Promise<EntranceReport> {
  const devices = Array.from({ length: people }, () => 1);
  const world = new World({ seed: `entrance of ${people}`, devices, mutant, keepLines: 60, statements });
  try {
    await world.begin();
    const { group, code } = await invite(world);
    const history = world.truth.ledger.log(group);
    const [, ...others] = world.devices;
    const isListed = (device: (typeof others)[number]) =>
      device.owner?.engine.conversations.get().conversations.some(({ id }) => id === group) === true;
    for (const device of others) world.typist.join(device, group, code);
    await world.until(() => others.every(isListed), MOST_MS);
    const present = world.devices.filter(({ account }) => history.isPresent(account)).length;
    for (const [index, device] of world.devices.entries()) {
      if (index % LOOKING_EVERY === 0) device.owner?.open(group);
      world.typist.post(device, group, `${device.name} says hello.`);
    }
    await world.run(REST_MS);
    await lookAtEverything(world);
    for (const device of others) world.typist.leave(device, group);
    await world.run(REST_MS);
    await lookAtEverything(world);
    const left = history.events.filter(({ body }) => body.case === "memberLeft").length;
    return { events: history.head, present, left, hash: world.trace.hash };
  } finally {
    world.end();
  }
}

async function invite(world: World): Promise<{ readonly group: string; readonly code: string }> {
  const [founder] = world.devices;
  if (founder === undefined) throw new Error("an entrance needs somebody");
  world.typist.startGroup(founder, [], "Everybody");
  await world.until(() => world.truth.ledger.logs.size > 0);
  const group = [...world.truth.ledger.logs.keys()][0] ?? "";
  const screen = founder.owner?.open(group);
  world.typist.makeInvite(founder, group, { label: "", lifetimeMs: 0, maxUses: 0 });
  const code = () => screen?.view.invites.find(({ waiting }) => !waiting)?.code;
  await world.until(() => code() !== undefined);
  return { group, code: code() ?? "" };
}

async function lookAtEverything(world: World): Promise<void> {
  await world.inspectEverything(true);
  for (const device of world.devices) {
    throwFirst(world.inspector.atRest(device));
    for (const screen of device.owner?.screens ?? []) throwFirst(world.inspector.screenAtRest(device, screen));
  }
}
