import { directConversationId, Encryption } from "@parley/protocol";
import { createDirect, createGroup, freshId, type Inhabitant, post, type Settlement, settle } from "@parley/rig";
import { SeededRandom } from "@parley/simulation";
import type { Talker } from "../talk/talkers.ts";
import { submitAll, submitted } from "./submit-all.ts";

/** A data folder with one long conversation, and people who write to it and to each other. */
export interface LongConversation {
  readonly log: string;
  /** They write to the long conversation. */
  readonly writers: readonly Talker[];
  /** They write to each other. */
  readonly pairs: readonly Talker[];
  /** A member who only reads. */
  readonly reader: string;
  /** Somebody in no conversation at all. */
  readonly bystander: string;
}

export interface LongConversationOptions {
  readonly folder: string;
  readonly messages: number;
  readonly writers: number;
  readonly pairs: number;
}

export async function foundLongConversation(options: LongConversationOptions): Promise<LongConversation> {
  const { folder, messages, writers, pairs } = options;
  const settlement = await settle({ folder, accounts: writers + 2 * pairs + 2 });
  try {
    const [reader, bystander, ...others] = settlement.people;
    const members = others.slice(0, writers);
    const log = freshId();
    if (reader === undefined) throw new RangeError("A long conversation needs a reader.");
    const group = createGroup(
      log,
      members.map(({ account }) => account),
    );
    const posts = texts(messages).map((text, index) =>
      submitted((members[index % writers] ?? reader).account, post(log, text)),
    );
    await submitAll(settlement.writer, [submitted(reader.account, group), ...posts]);
    const talkers = await befriend(settlement, others.slice(writers));
    while ((await settlement.writer.follow()).written.length > 0);
    return {
      log,
      writers: members.map((person) => ({ token: tokenOf(person), log })),
      pairs: talkers,
      reader: tokenOf(reader),
      bystander: tokenOf(bystander),
    };
  } finally {
    await settlement.close();
  }
}

/** Most messages are short, some are long. */
function texts(count: number): string[] {
  const random = new SeededRandom("long conversation");
  const words = "we could meet on Thursday at the old station and take the last train home ".repeat(12);
  return Array.from({ length: count }, () =>
    words.slice(0, random.chance(0.1) ? random.integer(200, 800) : random.integer(8, 120)),
  );
}

async function befriend({ writer }: Settlement, people: readonly Inhabitant[]): Promise<Talker[]> {
  const talkers: Talker[] = [];
  for (let at = 0; at < people.length; at += 2) {
    const [one, other] = people.slice(at, at + 2);
    if (one === undefined || other === undefined) break;
    const log = directConversationId(one.account, other.account, Encryption.NONE);
    await submitAll(writer, [submitted(one.account, createDirect(log, other.account))]);
    talkers.push({ token: tokenOf(one), log }, { token: tokenOf(other), log });
  }
  return talkers;
}

function tokenOf(person: Inhabitant | undefined): string {
  return person?.tokens[0] ?? "";
}
