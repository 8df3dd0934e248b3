/** What waits below this is not counted: it is on its way. */
const BEHIND_FROM_BYTES = 64 * 1024;
/** More than this is not kept for all devices of an account together. */
const WAITING_PER_ACCOUNT_BYTES = 32 * 1024 * 1024;

interface Behind<Reader> {
  readonly reader: Reader;
  readonly bytes: number;
}

/** What waits for those who read slowly, by account: one account could else have the server keep hundreds of times what it keeps for one device. */
export class Backlogs<Reader> {
  readonly #byAccount = new Map<string, Behind<Reader>[]>();

  /** @param account undefined without one: such a reader has no company */
  add(account: string | undefined, reader: Reader, bytes: number): void {
    if (bytes < BEHIND_FROM_BYTES || account === undefined) return;
    const behind = this.#byAccount.get(account) ?? [];
    behind.push({ reader, bytes });
    this.#byAccount.set(account, behind);
  }

  /** Those for whom most waits, as many of each account as have to go. */
  tooMuch(): Reader[] {
    return [...this.#byAccount.values()].flatMap(slowest);
  }
}

function slowest<Reader>(behind: readonly Behind<Reader>[]): Reader[] {
  let excess = behind.reduce((sum, { bytes }) => sum + bytes, -WAITING_PER_ACCOUNT_BYTES);
  const going: Reader[] = [];
  for (const { reader, bytes } of behind.toSorted((one, other) => other.bytes - one.bytes)) {
    if (excess <= 0) break;
    going.push(reader);
    excess -= bytes;
  }
  return going;
}
