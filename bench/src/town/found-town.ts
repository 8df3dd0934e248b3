import { create } from "@bufbuild/protobuf";
import { type Command, directConversationId, Encryption, type Head, HeadSchema } from "@parley/protocol";
import { createDirect, createGroup, freshId, type Inhabitant, post, type Settlement, settle } from "@parley/rig";
import type { LogWriter, Submitted } from "@parley/server/core";
import { SeededRandom } from "@parley/simulation";
import { submitAll, submitted } from "./submit-all.ts";
import { type PlannedConversation, planTown } from "./town-plan.ts";

/** What one account's devices hold. */
export interface Citizen {
  readonly person: Inhabitant;
  readonly accountHead: number;
  /** The heads as they are now. */
  readonly heads: readonly Head[];
  /** The heads before the posts that came last, in as many conversations as `missed` says. */
  readonly earlierHeads: readonly Head[];
  readonly missed: number;
}

export interface Town {
  readonly incarnation: string;
  readonly citizens: readonly Citizen[];
  /** More people, who talk in pairs and are in no other conversation. */
  readonly talkers: readonly (readonly [Inhabitant, Inhabitant])[];
  readonly conversations: number;
}

export interface TownOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly citizens: number;
  /** Pairs of people who talk. */
  readonly pairs: number;
  readonly seed: string;
}

const MARKS_AT_ONCE = 2_000;

/** A conversation with its id and the heads that the executor gave it. */
interface Founded extends PlannedConversation {
  readonly log: string;
  earlier: Head;
  head: Head;
}

/** Fills a folder through the executor: a crowd in which everybody is a member of 20 conversations, with marks, and a few more who talk. */
export async function foundTown({ folder, citizens, pairs, seed }: TownOptions): Promise<Town> {
  const settlement = await settle({ folder, accounts: citizens + 2 * pairs });
  try {
    const { people, reader } = settlement;
    const founded = planTown(citizens, new SeededRandom(seed)).map((planned) => named(planned, people));
    const builder = new Builder(settlement, founded);
    await builder.begin();
    const accountHeads = await builder.follow();
    await builder.mark();
    await builder.postMeanwhile();
    await builder.follow();
    const talkers = await builder.befriend(people.slice(citizens));
    const held = heldBy(founded, citizens);
    return {
      incarnation: await reader.incarnation(),
      citizens: people.slice(0, citizens).map((person, index) => ({
        person,
        accountHead: accountHeads.get(person.account) ?? 0,
        ...headsOf(held[index] ?? []),
      })),
      talkers,
      conversations: founded.length,
    };
  } finally {
    await settlement.close();
  }
}

function named(planned: PlannedConversation, people: readonly Inhabitant[]): Founded {
  const [one = 0, other = 0] = planned.members;
  const direct = () => directConversationId(accountOf(people, one), accountOf(people, other), Encryption.NONE);
  const log = planned.kind === "direct" ? direct() : freshId();
  const nothing = create(HeadSchema, { conversation: log });
  return { ...planned, log, earlier: nothing, head: nothing };
}

function accountOf(people: readonly Inhabitant[], index: number): string {
  return people[index]?.account ?? "";
}

function heldBy(founded: readonly Founded[], citizens: number): readonly (readonly Founded[])[] {
  const held: Founded[][] = Array.from({ length: citizens }, () => []);
  for (const conversation of founded) for (const member of conversation.members) held[member]?.push(conversation);
  return held;
}

function headsOf(held: readonly Founded[]): Pick<Citizen, "heads" | "earlierHeads" | "missed"> {
  return {
    heads: held.map(({ head }) => head),
    earlierHeads: held.map(({ earlier }) => earlier),
    missed: held.filter(({ earlier, head }) => earlier.seq !== head.seq).length,
  };
}

class Builder {
  readonly #writer: LogWriter;
  readonly #people: readonly Inhabitant[];
  readonly #founded: readonly Founded[];
  readonly #heads = new Map<string, Head>();

  constructor({ writer, people }: Settlement, founded: readonly Founded[]) {
    this.#writer = writer;
    this.#people = people;
    this.#founded = founded;
  }

  /** Creates all conversations, with two messages each. */
  async begin(): Promise<void> {
    await this.#execute(this.#founded.map((each) => this.#by(each, 0, this.#creation(each))));
    await this.#execute(
      this.#founded.map((each) => this.#by(each, 0, post(each.log, "Does Thursday at six suit you?"))),
    );
    await this.#execute(
      this.#founded.map((each) => this.#by(each, 1, post(each.log, "Thursday is fine, see you then."))),
    );
    this.#note((conversation, head) => Object.assign(conversation, { earlier: head, head }));
  }

  async postMeanwhile(): Promise<void> {
    const changing = this.#founded.filter(({ changes }) => changes);
    await this.#execute(changing.map((each) => this.#by(each, 0, post(each.log, "Could we make that half past six?"))));
    this.#note((conversation, head) => Object.assign(conversation, { head }));
  }

  /** Lets the followers work; the heads of the account logs that they wrote to. */
  async follow(): Promise<ReadonlyMap<string, number>> {
    const heads = new Map<string, number>();
    for (;;) {
      const { written } = await this.#writer.follow();
      if (written.length === 0) return heads;
      for (const { account, event } of written) heads.set(account, event.seq);
    }
  }

  /** Everybody has read everything, but for the newest message where something is to be unread. */
  async mark(): Promise<void> {
    const marks = this.#founded.flatMap(({ log, members, unread }) =>
      members.map((member) => ({ account: accountOf(this.#people, member), conversation: log, read: unread ? 2 : 3 })),
    );
    for (let at = 0; at < marks.length; at += MARKS_AT_ONCE) {
      const some = marks.slice(at, at + MARKS_AT_ONCE);
      await Promise.all(
        some.map(({ account, conversation, read }) => this.#writer.mark(account, { conversation, delivered: 3, read })),
      );
    }
  }

  /** Gives each two of them a direct conversation. */
  async befriend(people: readonly Inhabitant[]): Promise<(readonly [Inhabitant, Inhabitant])[]> {
    const pairs: (readonly [Inhabitant, Inhabitant])[] = [];
    const creations: Submitted[] = [];
    for (let at = 0; at < people.length; at += 2) {
      const [one, other] = people.slice(at, at + 2);
      if (one === undefined || other === undefined) break;
      const log = directConversationId(one.account, other.account, Encryption.NONE);
      creations.push(submitted(one.account, createDirect(log, other.account)));
      pairs.push([one, other]);
    }
    await this.#execute(creations);
    await this.follow();
    return pairs;
  }

  #creation({ kind, log, members }: Founded): Command {
    const others = members.slice(1).map((member) => accountOf(this.#people, member));
    return kind === "direct" ? createDirect(log, others[0] ?? "") : createGroup(log, others);
  }

  #by({ members }: Founded, place: number, command: Command): Submitted {
    return submitted(accountOf(this.#people, members[place] ?? 0), command);
  }

  #note(note: (conversation: Founded, head: Head) => void): void {
    for (const conversation of this.#founded) {
      const head = this.#heads.get(conversation.log);
      if (head !== undefined) note(conversation, head);
    }
  }

  #execute(commands: readonly Submitted[]): Promise<void> {
    return submitAll(this.#writer, commands, (published) => {
      for (const { event } of published) {
        this.#heads.set(event.log, create(HeadSchema, { conversation: event.log, seq: event.seq, tag: event.tag }));
      }
    });
  }
}
