import { asSeenBy } from "@parley/log";
import type { Entry } from "@parley/protocol";
import type { Membership, PlacedInterval } from "./records.ts";
import { type Viewpoint, viewpointOf } from "./viewpoint.ts";

/** What a viewer is shown; a simulation may exchange it to see that its checker notices. */
export interface Sight {
  readonly viewpointOf: (membership: Membership) => Viewpoint;
  readonly asSeenBy: (intervals: readonly PlacedInterval[], entry: Entry) => Entry | undefined;
  /** The id of the picture that a viewer sees a group have; empty for none. */
  readonly pictureSeenBy: (membership: Membership) => string;
}

export const sight: Sight = {
  viewpointOf,
  asSeenBy,
  // As it was when it parted.
  pictureSeenBy: ({ conversation, member }) => (member.parting?.state ?? conversation).picture,
};
