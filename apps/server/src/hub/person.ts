import type { Presence, Profile } from "@parley/protocol";
import type { Attendance } from "./attendance.ts";
import type { Device } from "./device.ts";

/** An account as the hub knows it: one object for each, however many rooms it has a seat in. */
export class Person {
  readonly account: string;
  /** Undefined until it was needed. */
  profile: Profile | undefined;
  /** Where it takes part; undefined while that is not known here. */
  attendance: Attendance | undefined;
  /** Grows with everything that may change its attendance: what was read before does not count after. */
  moves = 0;
  /** Its devices that have their Welcome. */
  devices: readonly Device[] = [];
  /** What others are told of its being there, ready to be sent; undefined while nobody was told. */
  presence: Presence | undefined;
  /** Which arrival of all arrivals its last one was. */
  arrival = 0;
  /** Stops the announcement that it has gone. */
  cancelLeaving: (() => void) | undefined;

  constructor(account: string) {
    this.account = account;
  }

  /** Takes in a profile; an older one changes nothing. */
  learn(profile: Profile): void {
    if (profile.rev > (this.profile?.rev ?? 0)) this.profile = profile;
  }
}
