import { create } from "@bufbuild/protobuf";
import { type Event, type Verdict, VerdictSchema } from "@parley/protocol";
import type { LogSnapshot } from "@parley/server/parts";
import { checkBrought } from "./check-brought.ts";
import { checkThreads } from "./check-threads.ts";
import { checkShown } from "./check-told.ts";
import type { Ledger } from "./ledger.ts";
import type { MarkLedger } from "./mark-ledger.ts";
import { Secrets } from "./secrets.ts";
import type { Violation } from "./violation.ts";

/** Where each log of the store stands. */
export type StoredHeads = ReadonlyMap<string, number>;

const ALL = 0xffff_ffff;

/** Keeps the truth in step with the store: what was committed is true, whoever has heard of it. */
export class TruthKeeper {
  readonly ledger: Ledger;
  readonly marks: MarkLedger;
  readonly secrets = new Secrets();
  /** Grows whenever the data set is set back. */
  era = 0;
  /** The incarnation of the data set. */
  incarnation = "";
  /** Commands of which a device was told that they were accepted. */
  readonly #acknowledged = new Set<string>();
  /** How far the logs of accounts were read. */
  #accountHeads: ReadonlyMap<string, number> = new Map();
  readonly #messageRequests: boolean;

  /** @param messageRequests whether what strangers begin waits to be accepted */
  constructor(ledger: Ledger, marks: MarkLedger, messageRequests: boolean) {
    this.ledger = ledger;
    this.marks = marks;
    this.#messageRequests = messageRequests;
  }

  acknowledge(id: string): void {
    this.#acknowledged.add(id);
  }

  /** After a commit: takes in the events and verdicts that are new. */
  async follow(snapshot: LogSnapshot, heads: StoredHeads): Promise<Violation[]> {
    const violations: Violation[] = [];
    const events: Event[] = [];
    const logsBefore = this.ledger.heads();
    const accountsBefore = this.#accountHeads;
    for (const [log, head] of heads) {
      const known = this.ledger.log(log).head;
      if (head <= known) continue;
      for (const { event } of await snapshot.events(log, known, head, ALL)) events.push(event);
    }
    // What happens in a thread is judged by who is a member of its parent then.
    for (const event of events.toSorted((one, other) => Number(one.parentSeq > 0) - Number(other.parentSeq > 0))) {
      violations.push(...this.ledger.apply(event));
    }
    if (events.length > 0) violations.push(...checkThreads(this.ledger.logs));
    await this.#readAccounts(snapshot);
    const accountsNow = this.#accountHeads;
    const commit = { logsBefore, accountsBefore, accountsNow, messageRequests: this.#messageRequests };
    violations.push(...checkBrought(this.ledger, events, commit));
    for (const { id, log, account } of this.ledger.unjudged()) {
      const verdict = await verdictIn(snapshot, log, id);
      if (verdict !== undefined) violations.push(...this.ledger.record(id, account, verdict));
    }
    return violations;
  }

  /**
   * After a start: what was acknowledged must be there. What was committed and never acknowledged may be lost with its disk; then it was
   * never true.
   */
  async verify(snapshot: LogSnapshot, heads: StoredHeads): Promise<Violation[]> {
    const lost: Violation[] = [];
    for (const [log, history] of this.ledger.logs) {
      for (const event of history.events.slice(heads.get(log) ?? 0)) {
        if (!this.#acknowledged.has(event.id)) continue;
        lost.push({ rule: "CMD9", detail: `event ${event.seq} of ${log} was acknowledged and is lost` });
      }
    }
    for (const { id, log } of this.ledger.acceptedByAccounts()) {
      if ((await snapshot.verdict(log, id)) !== undefined) continue;
      if (this.#acknowledged.has(id))
        lost.push({ rule: "CMD9", detail: `${id} of ${log} was acknowledged and is lost` });
      else this.ledger.forget(id, log);
    }
    if (lost.length > 0) return lost;
    this.incarnation = await snapshot.incarnation();
    this.ledger.truncate(heads);
    const violations = await this.follow(snapshot, heads);
    return [...violations, ...(await this.#readMarks(snapshot))];
  }

  /** The store was set back to an earlier moment on purpose. */
  async rewind(snapshot: LogSnapshot, heads: StoredHeads, commits: number): Promise<void> {
    this.era += 1;
    this.incarnation = await snapshot.incarnation();
    this.ledger.rewind(commits, heads);
    this.marks.clear();
    this.secrets.clear();
    // What stands at the same place may be something else now.
    this.#accountHeads = new Map();
    await this.#readAccounts(snapshot);
    await this.#readMarks(snapshot, true);
    for (const id of [...this.#acknowledged])
      if (this.ledger.verdictOf(id) === undefined) this.#acknowledged.delete(id);
  }

  /** Whom accounts block, and which requests they accepted. */
  async #readAccounts(snapshot: LogSnapshot): Promise<void> {
    const { blocks, acceptances } = this.ledger;
    const heads = new Map<string, number>();
    for (const account of new Set([...blocks.accounts, ...acceptances.accounts])) {
      const head = await snapshot.accountHead(account);
      heads.set(account, head);
      if (head === this.#accountHeads.get(account)) continue;
      const events = await snapshot.accountEvents(account, 0, ALL);
      blocks.take(account, events);
      acceptances.take(account, events);
    }
    this.#accountHeads = heads;
  }

  /**
   * Of all members, past and present, and what they keep to themselves.
   *
   * @param believed whether this is how it is, whatever was known before
   */
  async #readMarks(snapshot: LogSnapshot, believed = false): Promise<Violation[]> {
    const violations: Violation[] = [];
    const accounts = new Set(this.secrets.accounts);
    for (const [conversation, { state }] of this.ledger.logs) {
      for (const { account } of state?.members ?? []) {
        accounts.add(account);
        const stored = await snapshot.membership(account, conversation);
        if (stored === undefined) continue;
        this.marks.reach(account, conversation, stored);
        if (!believed) violations.push(...checkShown(this.secrets, account, conversation, stored.shown));
        this.secrets.tell(account, conversation, stored.shown);
      }
    }
    for (const account of accounts) this.secrets.begin(account, await snapshot.privacy(account));
    this.secrets.begun();
    return violations;
  }
}

async function verdictIn(snapshot: LogSnapshot, log: string, id: string): Promise<Verdict | undefined> {
  const record = await snapshot.verdict(log, id);
  if (record === undefined) return undefined;
  const outcome: Verdict["outcome"] =
    record.kind === "accepted"
      ? { case: "accepted", value: { $typeName: "parley.v1.Accepted", seq: record.seq, receivedAt: record.receivedAt } }
      : { case: "rejected", value: { $typeName: "parley.v1.Rejected", code: record.code, reason: record.reason } };
  return create(VerdictSchema, { log, outcome });
}
