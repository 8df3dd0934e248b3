import { decodeServerFrame, type Head } from "@parley/protocol";

/** What a device held before it was away, and what it must hold after. */
export interface Returning {
  readonly earlierHeads: readonly Head[];
  readonly heads: readonly Head[];
}

/** What is wrong with the frames that a device got when it came back; undefined if they bring it up to date. */
export function faultOfReturn({ earlierHeads, heads }: Returning, frames: readonly Uint8Array[]): string | undefined {
  const held = new Map(earlierHeads.map((head) => [head.conversation, head]));
  let welcomed: ReadonlyMap<string, Head> | undefined;
  for (const bytes of frames) {
    const frame = decodeServerFrame("proto", bytes)?.frame;
    if (frame?.case === "welcome") {
      welcomed = new Map(
        frame.value.conversations.flatMap(({ head }) => (head ? [[head.conversation, head] as const] : [])),
      );
    } else if (frame?.case === "changes") {
      const { to, from, conversation, entries } = frame.value;
      const brought = held.get(conversation)?.seq === from && entries.length === (to?.seq ?? 0) - from;
      if (to !== undefined && brought) held.set(conversation, to);
    } else if (frame?.case === "reset") {
      const { head } = frame.value.status ?? {};
      if (head !== undefined) held.set(head.conversation, head);
    }
  }
  if (welcomed === undefined) return "It got no Welcome.";
  for (const head of heads) {
    if (!same(welcomed.get(head.conversation), head)) return `Welcome tells another head of ${head.conversation}.`;
    if (!same(held.get(head.conversation), head)) return `It was not brought up to date in ${head.conversation}.`;
  }
  return undefined;
}

function same(one: Head | undefined, other: Head): boolean {
  return one?.seq === other.seq && one.tag === other.tag;
}
