import { directConversationId, Encryption } from "@parley/protocol";
import { createDirect, type Inhabitant, post, type Settlement, settle } from "@parley/rig";
import { submitAll, submitted } from "../town/submit-all.ts";
import type { Home, Place } from "./home.ts";

/** Somebody who has a direct conversation with the one whose browser is measured. */
export interface Neighbour extends Place {
  readonly person: Inhabitant;
}

/** Directs alone, for rows that measure what is written while they watch. */
export interface Village extends Home {
  readonly neighbours: readonly Neighbour[];
}

export interface VillageOptions {
  readonly neighbours: number;
  /** That each neighbour has written, and that the one whose browser is measured has read. */
  readonly messages: number;
}

/** Fills an empty folder through the executor: one person with direct conversations. */
export function villageOf({ neighbours: count, messages }: VillageOptions): (folder: string) => Promise<Village> {
  return async (folder) => {
    const settlement = await settle({ folder, accounts: count + 1 });
    try {
      const [me, ...others] = settlement.people;
      if (me === undefined) throw new RangeError("A village needs somebody.");
      const neighbours: Neighbour[] = [];
      for (const person of others) neighbours.push(await befriend(settlement, me, person, messages));
      while ((await settlement.writer.follow()).written.length > 0);
      for (const { log: conversation } of neighbours)
        await settlement.writer.mark(me.account, { conversation, delivered: messages, read: messages });
      return { me, neighbours, places: neighbours };
    } finally {
      await settlement.close();
    }
  };
}

async function befriend(
  { writer }: Settlement,
  me: Inhabitant,
  person: Inhabitant,
  messages: number,
): Promise<Neighbour> {
  const log = directConversationId(me.account, person.account, Encryption.NONE);
  const posts = Array.from({ length: messages }, (_, index) =>
    post(log, `message ${index} of ${person.userName}, as long as people write`),
  );
  await submitAll(writer, [
    submitted(me.account, createDirect(log, person.account)),
    ...posts.map((command) => submitted(person.account, command)),
  ]);
  return { person, log, landmark: posts.at(-1)?.id ?? "" };
}
