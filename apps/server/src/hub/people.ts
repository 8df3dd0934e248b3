import type { Profile } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import { Person } from "./person.ts";

/** Everybody whom the rooms of this node know. */
export class People {
  readonly #reader: LogReader;
  readonly #known = new Map<string, Person>();

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  /** The person of an account, made if it is not known. */
  of(account: string): Person {
    const known = this.#known.get(account);
    if (known !== undefined) return known;
    const person = new Person(account);
    this.#known.set(account, person);
    return person;
  }

  get(account: string): Person | undefined {
    return this.#known.get(account);
  }

  /** To be told of every change of a profile. */
  learn(profile: Profile): void {
    this.#known.get(profile.account)?.learn(profile);
  }

  /** Reads the profiles of those whose are not known yet. */
  async meet(people: readonly Person[]): Promise<void> {
    const profiles = await this.#reader.profiles(people.map(({ account }) => account));
    for (const profile of profiles) this.learn(profile);
  }
}
