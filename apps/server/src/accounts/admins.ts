import type { AccountsDatabase } from "./accounts-database.ts";

/**
 * The accounts that the configuration names as admins of the server, as they were at the start: who signs up under such a name later is none until the next one, so that a name that was
 * written down too early is of no use to who takes it first and unseen.
 */
export class Admins {
  readonly #accounts: ReadonlySet<string>;
  /** Names that no account has. */
  readonly unknown: readonly string[];

  constructor(database: AccountsDatabase, names: readonly string[]) {
    const find = database.prepare<{ id: string }, [string]>("SELECT id FROM user WHERE username = ?");
    const found = names.map((name) => ({ name, id: find.get(name)?.id }));
    find.finalize();
    this.#accounts = new Set(found.flatMap(({ id }) => id ?? []));
    this.unknown = found.filter(({ id }) => id === undefined).map(({ name }) => name);
  }

  has(account: string): boolean {
    return this.#accounts.has(account);
  }
}
