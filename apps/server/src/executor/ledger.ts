import type { LogTransaction } from "../log/log-transaction.ts";
import type { AccountNews, PublishedEvent } from "../log/log-writer.ts";
import type { DeviceStanding, DueRecord } from "../log/records.ts";
import type { EditPolicy } from "./edit-policy.ts";
import { OpenLog } from "./open-log.ts";
import type { PublicationRules } from "./publication.ts";

/** What the server is configured to. */
export interface LedgerRules {
  readonly edits: EditPolicy;
  readonly messageRequests: boolean;
  readonly publication: PublicationRules;
  /** How many follow threads no more in one transaction because they have parted. */
  readonly unfollowedAtOnce: number;
}

/**
 * What one transaction has read and changed so far. It lives exactly as long as the transaction, so nothing in it can be stale: rows are read inside the
 * transaction, and only its own commands change them. Heads and orders are written once, at the end, but for the first row of a new conversation.
 */
export class Ledger {
  readonly transaction: LogTransaction;
  readonly edits: EditPolicy;
  /** Whether what strangers begin waits to be accepted. */
  readonly messageRequests: boolean;
  readonly published: PublishedEvent[] = [];
  readonly written: AccountNews[] = [];
  /** So many more follow threads no more in this transaction, because they have parted from what these belong to. */
  unfollowsLeft: number;
  readonly #rules: PublicationRules;
  readonly #partings = new Map<string, boolean>();
  readonly #logs = new Map<string, OpenLog | undefined>();
  readonly #standings = new Map<string, DeviceStanding | undefined>();
  readonly #advanced = new Map<string, { log: string; device: string; last: string }>();

  constructor(transaction: LogTransaction, { edits, messageRequests, publication, unfollowedAtOnce }: LedgerRules) {
    this.transaction = transaction;
    this.edits = edits;
    this.unfollowsLeft = unfollowedAtOnce;
    this.messageRequests = messageRequests;
    this.#rules = publication;
  }

  async standing(account: string, device: string, log: string): Promise<DeviceStanding | undefined> {
    const key = `${log} ${device}`;
    if (!this.#standings.has(key)) this.#standings.set(key, await this.transaction.standing(account, device, log));
    return this.#standings.get(key);
  }

  /** The command is now the device's last one in this log that has a verdict. A device that is not the account's has no order to advance. */
  advance(log: string, device: string, id: string): void {
    const key = `${log} ${device}`;
    const standing = this.#standings.get(key);
    if (standing === undefined) return;
    this.#standings.set(key, { ...standing, last: id });
    this.#advanced.set(key, { log, device, last: id });
  }

  async log(id: string): Promise<OpenLog | undefined> {
    if (!this.#logs.has(id)) {
      const record = await this.transaction.conversation(id);
      this.#logs.set(id, record === undefined ? undefined : new OpenLog(this.transaction, this.edits, id, record));
    }
    return this.#logs.get(id);
  }

  /** Whether somebody who has parted from a conversation may still follow threads of it. */
  async isParting(conversation: string): Promise<boolean> {
    const known = this.#partings.get(conversation);
    if (known !== undefined) return known;
    const parting = await this.transaction.isDue(partingOf(conversation));
    this.#partings.set(conversation, parting);
    return parting;
  }

  async putParting(conversation: string, at: number): Promise<void> {
    await this.transaction.putDue({ ...partingOf(conversation), at });
    this.#partings.set(conversation, true);
  }

  async forgetParting(conversation: string): Promise<void> {
    await this.transaction.forgetDue(partingOf(conversation));
    this.#partings.set(conversation, false);
  }

  /** The log of a conversation that does not exist yet; its first event must be `created`. */
  begin(id: string): OpenLog {
    const log = new OpenLog(this.transaction, this.edits, id, undefined);
    this.#logs.set(id, log);
    return log;
  }

  publish(event: PublishedEvent): void {
    this.published.push(event);
  }

  /** What was written to an account's log. */
  tell(news: AccountNews): void {
    this.written.push(news);
  }

  async flush(): Promise<void> {
    for (const log of this.#logs.values()) {
      if (log === undefined || !log.changed) continue;
      await log.flush();
      const since = log.firstFollowed(this.#rules.followed);
      if (since !== undefined) await this.transaction.putDirty({ conversation: log.id, since, head: log.head });
    }
    for (const { log, device, last } of this.#advanced.values()) await this.transaction.putOrder(log, device, last);
  }
}

function partingOf(conversation: string): Omit<DueRecord, "at"> {
  return { kind: "parting", account: "", conversation, subject: "" };
}
