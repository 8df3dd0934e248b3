import { directConversationId, Encryption, limits } from "@parley/protocol";
import { createDirect, post } from "./commands.ts";
import { type Inhabitant, settle } from "./population.ts";
import { RawDevice } from "./raw-device.ts";

/** Somebody with whom the one who is away has a direct conversation. */
export interface Fellow {
  readonly person: Inhabitant;
  readonly log: string;
}

export interface Fellowship {
  readonly me: Inhabitant;
  readonly fellows: readonly Fellow[];
}

/** Fills an empty data folder with somebody who has two sessions, and so many people around them. */
export async function foundFellowship(folder: string, count: number): Promise<Fellowship> {
  const settlement = await settle({ folder, accounts: count + 1, sessionsPerAccount: 2 });
  await settlement.close();
  const [me, ...others] = settlement.people;
  if (me === undefined) throw new RangeError("Nobody is there.");
  const fellows = others.map((person) => ({
    person,
    log: directConversationId(me.account, person.account, Encryption.NONE),
  }));
  return { me, fellows };
}

/** The fellow writes so many messages, numbered from `from`: the first time into a conversation that begins with it. */
export async function writeAsFellow(
  address: string,
  { person, log }: Fellow,
  to: Inhabitant,
  from: number,
  count: number,
) {
  const device = new RawDevice(address, person.tokens[0] ?? "");
  await device.hello();
  if (from === 1) await device.submit([createDirect(log, to.account)]);
  const posts = Array.from({ length: count }, (_, index) => post(log, fellowText(person, from + index)));
  for (let at = 0; at < posts.length; at += limits.submissionsPerFrame) {
    await device.submit(posts.slice(at, at + limits.submissionsPerFrame));
  }
  device.close();
}

export function fellowText({ userName }: Inhabitant, number: number): string {
  return `${number} of ${userName}`;
}
