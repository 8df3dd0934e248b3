import type { SeededRandom } from "@parley/simulation";

/** A conversation of the town; members are numbers of accounts, the first one begins it. */
export interface PlannedConversation {
  readonly kind: "direct" | "group";
  readonly members: readonly number[];
  /** Whether something is posted to it while the devices are away. */
  readonly changes: boolean;
  /** Whether its members have not read its newest message. */
  readonly unread: boolean;
}

/** What everybody is a member of, by size: 12 directs, small groups, two of a club, one of a company. 20 in all. */
const DIRECTS = 12;
const GROUP_SIZES = [8, 8, 8, 8, 8, 24, 24, 100];
/** One conversation in so many changes while devices are away, and one in so many has something unread. */
const CHANGES_EVERY = 20;
const UNREAD_EVERY = 5;

export const conversationsPerAccount = DIRECTS + GROUP_SIZES.length;

/**
 * Conversations in which each account is a member of exactly `conversationsPerAccount`.
 *
 * @param accounts how many; even, and more than twice the directs of one
 */
export function planTown(accounts: number, random: SeededRandom): PlannedConversation[] {
  if (accounts % 2 !== 0 || accounts <= 2 * DIRECTS) throw new RangeError("A town needs an even number of accounts.");
  const planned: PlannedConversation[] = [];
  const add = (kind: PlannedConversation["kind"], layer: readonly (readonly number[])[]) => {
    for (const members of layer) {
      const changes = planned.length % CHANGES_EVERY === 0;
      planned.push({ kind, members, changes, unread: planned.length % UNREAD_EVERY === 1 });
    }
  };
  for (let layer = 0; layer < DIRECTS; layer++) add("direct", pairs(accounts, 2 * layer + 1));
  const everybody = Array.from({ length: accounts }, (_, index) => index);
  for (const size of GROUP_SIZES) add("group", groups(random.sample(everybody, accounts), size));
  return planned;
}

/** Each even number with the odd one that lies `distance` further: with other distances other pairs. */
function pairs(accounts: number, distance: number): number[][] {
  return Array.from({ length: accounts / 2 }, (_, index) => [2 * index, (2 * index + distance) % accounts]);
}

/** Cuts a row of members into groups; one who would be left alone joins the last. */
function groups(row: readonly number[], size: number): number[][] {
  const cut: number[][] = [];
  for (let at = 0; at < row.length; at += size) cut.push(row.slice(at, at + size));
  const alone = cut.length > 1 && cut.at(-1)?.length === 1 ? cut.pop() : undefined;
  cut.at(-1)?.push(...(alone ?? []));
  return cut;
}
