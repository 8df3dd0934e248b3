import { create, toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema, directConversationId, Encryption, OrderSchema } from "@parley/protocol";
import { createDirect, createGroup, freshId, type Inhabitant, type Settlement, settle } from "@parley/rig";
import type { Submitted } from "@parley/server/core";

const unordered = create(OrderSchema, { link: { case: "none", value: {} } });
const BATCH = 128;

/** Somebody who takes part in one conversation. */
export interface Participant {
  readonly person: Inhabitant;
  readonly log: string;
}

/** People who are all in one group, in a fresh data folder. */
export async function settleGroup(folder: string, members: number): Promise<Participant[]> {
  return settled(folder, members, (people) => {
    const log = freshId();
    const [owner, ...others] = people;
    if (owner === undefined) throw new RangeError("A group has members.");
    const command = createGroup(
      log,
      others.map(({ account }) => account),
    );
    return { creations: [submitted(owner.account, command)], logs: people.map(() => log) };
  });
}

/** People in direct conversations: an even one and the next. */
export async function settlePairs(folder: string, pairs: number): Promise<Participant[]> {
  return settled(folder, 2 * pairs, (people) => {
    const creations: Submitted[] = [];
    const logs: string[] = [];
    for (let at = 0; at < people.length; at += 2) {
      const [one, other] = people.slice(at, at + 2);
      if (one === undefined || other === undefined) break;
      const log = directConversationId(one.account, other.account, Encryption.NONE);
      creations.push(submitted(one.account, createDirect(log, other.account)));
      logs.push(log, log);
    }
    return { creations, logs };
  });
}

interface Plan {
  readonly creations: readonly Submitted[];
  /** Conversation of each person. */
  readonly logs: readonly string[];
}

async function settled(
  folder: string,
  accounts: number,
  plan: (people: readonly Inhabitant[]) => Plan,
): Promise<Participant[]> {
  const settlement = await settle({ folder, accounts });
  try {
    const { creations, logs } = plan(settlement.people);
    await execute(settlement, creations);
    return settlement.people.map((person, index) => ({ person, log: logs[index] ?? "" }));
  } finally {
    await settlement.close();
  }
}

async function execute({ writer }: Settlement, commands: readonly Submitted[]): Promise<void> {
  for (let at = 0; at < commands.length; at += BATCH) {
    const { answers } = await writer.execute(commands.slice(at, at + BATCH));
    for (const { outcome } of answers) {
      const accepted = outcome.case === "verdict" && outcome.value.outcome.case === "accepted";
      if (!accepted) throw new Error(`A conversation could not be made: ${JSON.stringify(outcome)}`);
    }
  }
  while ((await writer.follow()).written.length > 0);
}

function submitted(account: string, command: Command): Submitted {
  return { account, device: undefined, order: unordered, command: toBinary(CommandSchema, command) };
}
