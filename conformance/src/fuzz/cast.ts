import type { Person } from "../kit/person.ts";

/** Who and what a session of the fuzzer knows of the server. Its bytes follow from its seed and this. */
export interface Cast {
  /** Whose session it is. Nobody else uses it at the same time. */
  readonly attacker: Person;
  /** Other accounts on the attackers' side. */
  readonly accomplices: readonly string[];
  /** Ids of people who have nothing to do with it: their accounts, devices, conversations and messages. */
  readonly foreign: {
    readonly accounts: readonly string[];
    readonly devices: readonly string[];
    readonly conversations: readonly string[];
    readonly messages: readonly string[];
  };
}
