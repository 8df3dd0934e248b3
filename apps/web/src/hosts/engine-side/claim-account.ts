/** The Web Lock of whoever has the account's one engine in this browser. */
export function ownerLock(account: string): string {
  return `parley-owner-${account}`;
}

/**
 * The place of the account's one engine, by a Web Lock that whoever comes takes from its holder.
 *
 * @param lost called when it is taken; for a holder that is frozen, when it thaws
 * @returns how to give it back
 */
export function claimAccount(locks: Pick<LockManager, "request">, account: string, lost: () => void): () => void {
  let giveBack: () => void = () => undefined;
  let over = false;
  const held = new Promise<void>((release) => {
    giveBack = () => {
      over = true;
      release();
    };
  });
  locks
    .request(ownerLock(account), { steal: true }, () => held)
    .catch(() => {
      if (!over) lost();
    });
  return giveBack;
}
