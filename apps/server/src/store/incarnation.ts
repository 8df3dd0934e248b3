import type { Transactor } from "../log/log-store.ts";

/** Makes a fresh UUIDv7. */
export type MintId = () => string;

/** A new store begins its first history. */
export function ensureIncarnation(transactor: Transactor, mintId: MintId): Promise<void> {
  return transactor.write(async (transaction) => {
    if ((await transaction.incarnation()) === "") await transaction.putIncarnation(mintId());
  });
}

/** To be called on a store that was restored from a backup: from here on it is another history. */
export function beginIncarnation(transactor: Transactor, mintId: MintId): Promise<string> {
  return transactor.write(async (transaction) => {
    const incarnation = mintId();
    await transaction.putIncarnation(incarnation);
    return incarnation;
  });
}
