import { directConversationId, Encryption } from "@parley/protocol";
import { createDirect, type Inhabitant, post, type Settlement, settle } from "@parley/rig";
import { submitAll, submitted } from "../town/submit-all.ts";

/** Somebody who has a direct conversation with the one whose browser is measured. */
export interface Neighbour {
  readonly person: Inhabitant;
  readonly log: string;
}

export interface Village {
  /** Whose browser is measured. */
  readonly me: Inhabitant;
  readonly neighbours: readonly Neighbour[];
}

export interface VillageOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly neighbours: number;
  /** That each neighbour has written, and that the one whose browser is measured has read. */
  readonly messages: number;
  /** That the first one has written instead; of these only half are read. */
  readonly longHistory?: number;
}

/** Fills a folder through the executor: one person with direct conversations. */
export async function foundVillage(options: VillageOptions): Promise<Village> {
  const { folder, neighbours, messages, longHistory = messages } = options;
  const settlement = await settle({ folder, accounts: neighbours + 1 });
  try {
    const [me, ...others] = settlement.people;
    if (me === undefined) throw new RangeError("A village needs somebody.");
    const [first, ...rest] = others;
    const long = first === undefined ? [] : await befriend(settlement, me, [first], longHistory);
    for (const { log } of long) await read(settlement, me, log, longHistory > messages ? longHistory / 2 : messages);
    const short = await befriend(settlement, me, rest, messages);
    for (const { log } of short) await read(settlement, me, log, messages);
    return { me, neighbours: [...long, ...short] };
  } finally {
    await settlement.close();
  }
}

async function befriend(
  { writer }: Settlement,
  me: Inhabitant,
  others: readonly Inhabitant[],
  messages: number,
): Promise<Neighbour[]> {
  const neighbours = others.map((person) => ({
    person,
    log: directConversationId(me.account, person.account, Encryption.NONE),
  }));
  for (const { person, log } of neighbours) {
    const posts = Array.from({ length: messages }, (_, index) =>
      submitted(person.account, post(log, `message ${index} of ${person.userName}, as long as people write`)),
    );
    await submitAll(writer, [submitted(me.account, createDirect(log, person.account)), ...posts]);
  }
  while ((await writer.follow()).written.length > 0);
  return neighbours;
}

async function read({ writer }: Settlement, me: Inhabitant, conversation: string, messages: number): Promise<void> {
  await writer.mark(me.account, { conversation, delivered: messages, read: messages });
}
