import type { FindPeople } from "./person.ts";

/** The names of people who were found in this tab: of whom one shares nothing with, the engine knows none. */
export class FoundPeople {
  readonly #find: FindPeople;
  readonly #names = new Map<string, string>();

  constructor(find: FindPeople) {
    this.#find = find;
  }

  readonly find: FindPeople = async (query) => {
    const people = await this.#find(query);
    for (const { account, displayName } of people) this.#names.set(account, displayName);
    return people;
  };

  readonly nameOf = (account: string): string | undefined => this.#names.get(account);
}
