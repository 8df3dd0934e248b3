import { createGroup, freshId, type Inhabitant, makeInvite, settle } from "@parley/rig";
import type { Participant } from "../load/settled-group.ts";
import { submitAll, submitted } from "../town/submit-all.ts";
import type { OpenGroup } from "./guest.ts";

/** People of whom one has groups with a link each, and the others are in none. */
export interface OpenHouse {
  /** The host, then the guests. */
  readonly people: readonly Participant[];
  readonly groups: readonly OpenGroup[];
  /** The head of each group. */
  readonly head: number;
  /** People who come to no group. */
  readonly bystanders: readonly Inhabitant[];
}

export interface OpenHouseOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly guests: number;
  readonly groups: number;
  readonly bystanders: number;
}

const SECRET_BYTES = 16;
/** Created, and the link made. */
const HEAD = 2;

export async function foundOpenHouse({ folder, guests, groups, bystanders }: OpenHouseOptions): Promise<OpenHouse> {
  const settlement = await settle({ folder, accounts: 1 + guests + bystanders });
  try {
    const { people, writer } = settlement;
    const [host] = people;
    if (host === undefined) throw new RangeError("Somebody has the groups.");
    const open = Array.from({ length: groups }, (_, number) => {
      return { log: freshId(), secret: crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), number };
    });
    const commands = open.flatMap(({ log, secret }) => [createGroup(log, []), makeInvite(log, secret)]);
    await submitAll(
      writer,
      commands.map((command) => submitted(host.account, command)),
    );
    while ((await writer.follow()).written.length > 0);
    return {
      people: people
        .slice(0, 1 + guests)
        .map((person) => ({ person, log: person === host ? (open[0]?.log ?? "") : "" })),
      groups: open,
      head: HEAD,
      bystanders: people.slice(1 + guests),
    };
  } finally {
    await settlement.close();
  }
}
