import { create, fromBinary } from "@bufbuild/protobuf";
import { disappearsAt } from "@parley/log";
import {
  type Command,
  CommandSchema,
  EditedSchema,
  type Envelope,
  type Event,
  EventSchema,
  type HideMessages,
  PostedSchema,
  type Verdict,
} from "@parley/protocol";
import type { Submitted } from "@parley/server/parts";
import { Acceptances } from "./acceptances.ts";
import { BlockLedger } from "./block-ledger.ts";
import { checkEvent } from "./check-event.ts";
import { checkOfExpiry, checkStamped, isOfExpiry } from "./check-expiry.ts";
import { checkConsequence, checkMentioned, isConsequence } from "./check-threads.ts";
import { LogHistory } from "./log-history.ts";
import type { Received } from "./received.ts";
import { ScheduledPlans } from "./scheduled-plans.ts";
import { sameVerdict, verdictText } from "./verdict-text.ts";
import type { Violation } from "./violation.ts";

interface Unjudged {
  readonly id: string;
  readonly log: string;
  readonly account: string;
}

interface Recorded {
  readonly verdict: Verdict;
  readonly account: string;
  /** The moment of its commit. */
  readonly commit: number;
}

/**
 * The truth: what was committed, with the content that devices submitted. Everything that the server tells and devices show is compared
 * with it.
 */
export class Ledger {
  readonly logs = new Map<string, LogHistory>();
  readonly blocks = new BlockLedger();
  readonly acceptances = new Acceptances();
  readonly scheduled = new ScheduledPlans((id) => this.verdictOf(id));
  readonly #verdicts = new Map<string, Recorded>();
  readonly #received = new Map<string, Received>();
  readonly #texts = new Set<string>();
  /** Messages that disappear, in a history that was given up since, too. */
  readonly #timed = new Set<string>();
  /** By account and conversation. */
  readonly #hides = new Map<
    string,
    ({ readonly id: string } & Pick<HideMessages, "messages" | "upTo" | "unlists">)[]
  >();
  /** In a history that was given up since. */
  readonly #rejected = new Set<string>();
  readonly #unjudged = new Map<string, Unjudged>();
  #commits = 0;

  /** A name for this moment, for `rewind`. */
  get commits(): number {
    return this.#commits;
  }

  verdictOf(id: string): Verdict | undefined {
    return this.#verdicts.get(id)?.verdict;
  }

  receivedOf(id: string): Received | undefined {
    return this.#received.get(id);
  }

  /** Whether a command was rejected in a history that is no more. Who was told so has ended it, and does not send it again. */
  wasRejectedBefore(id: string): boolean {
    return this.#rejected.has(id);
  }

  /** Whether a message was ever one that disappears: then a device may have forgotten what wrote it. */
  wasTimed(id: string): boolean {
    return this.#timed.has(id);
  }

  /** Whether this text reached the executor, in whatever command. */
  wasReceived(text: string | undefined): boolean {
    return text !== undefined && this.#texts.has(text);
  }

  /** Every recorded verdict, in the order of their commits. */
  verdicts(): IterableIterator<[id: string, recorded: Recorded]> {
    return this.#verdicts.entries();
  }

  log(id: string): LogHistory {
    const known = this.logs.get(id);
    if (known !== undefined) return known;
    const history = new LogHistory((other) => this.log(other));
    this.logs.set(id, history);
    return history;
  }

  /** Commands have reached the executor. */
  receive(batch: readonly Submitted[]): void {
    for (const { account, device, command: bytes } of batch) {
      const command = fromBinary(CommandSchema, bytes);
      const { id, log, body } = command;
      if (!this.#received.has(id)) {
        this.#received.set(id, { command, account, device });
        this.scheduled.note({ command, account, device });
        if (body.case === "setBlocked") this.blocks.expect(account);
        if (body.case === "setPreference" && body.value.setting.case === "requestAnswer") {
          this.acceptances.expect(account);
        }
        if (body.case === "hideMessages") this.#noteHide(account, id, body.value);
      }
      this.#expect(id, log, account);
      const text = textOfCommand(command);
      if (text !== undefined) this.#texts.add(text);
      // Withdrawing gives a verdict to the command that is withdrawn.
      if (body.case === "withdraw") this.#expect(body.value.target, log, account);
    }
  }

  /** Commands that may get a verdict and have none yet. */
  unjudged(): Unjudged[] {
    return [...this.#unjudged.values()];
  }

  /** An event was committed. Says what should not have been. */
  apply(stored: Event): Violation[] {
    this.#commits += 1;
    const received = this.#received.get(stored.id) ?? this.scheduled.commandOf(stored);
    if (received === undefined && isOfExpiry(stored)) {
      const ofExpiry = checkOfExpiry(this.log(stored.log), stored);
      this.log(stored.log).append(stored);
      return ofExpiry;
    }
    if (received === undefined && isConsequence(stored)) {
      const consequences = checkConsequence(this.log(stored.log), stored);
      this.log(stored.log).append(stored);
      return consequences;
    }
    if (received === undefined) return [{ rule: "CMD4", detail: `event ${stored.seq} comes from no command` }];
    const event = withContent(stored, received.command);
    const history = this.log(event.log);
    const violations = [
      ...checkEvent(history, event, received),
      ...checkStamped(history, event),
      ...checkMentioned(history, event, this.blocks),
      ...this.scheduled.check(event, history.events),
    ];
    if (event.body.case === "posted" && event.body.value.expiry !== undefined) this.#timed.add(event.id);
    history.append(event);
    return violations;
  }

  /** A verdict was given: it must be the recorded one. Another account's command is no business of the asker. */
  answered(id: string, account: string, verdict: Verdict): Violation[] {
    const recorded = this.#verdicts.get(id);
    if (recorded !== undefined) return recorded.account === account ? this.record(id, account, verdict) : [];
    return [{ rule: "CMD5", detail: `${id} is answered ${verdictText(verdict)}, which is not stored` }];
  }

  /** A verdict was committed. */
  record(id: string, account: string, verdict: Verdict): Violation[] {
    const recorded = this.#verdicts.get(id);
    if (recorded !== undefined) {
      if (recorded.account !== account || sameVerdict(recorded.verdict, verdict)) return [];
      const detail = `${id} had ${verdictText(recorded.verdict)} and now has ${verdictText(verdict)}`;
      return [{ rule: "CMD1", detail }];
    }
    this.#commits += 1;
    this.#unjudged.delete(id);
    this.#verdicts.set(id, { verdict, account, commit: this.#commits });
    // The events of account logs are not kept here.
    if (verdict.outcome.case !== "accepted" || verdict.log === account) return [];
    const { seq } = verdict.outcome.value;
    if (this.log(verdict.log).events[seq - 1]?.id === id) return [];
    return [{ rule: "CMD4", detail: `${id} was accepted as ${seq} of ${verdict.log} without an event` }];
  }

  /** Forgets everything after a moment: the server's data set was set back to it. */
  rewind(commits: number, heads: ReadonlyMap<string, number>): void {
    this.#commits = commits;
    for (const [id, recorded] of this.#verdicts) {
      if (recorded.commit <= commits) continue;
      if (recorded.verdict.outcome.case === "rejected") this.#rejected.add(id);
      this.#verdicts.delete(id);
      this.#expect(id, recorded.verdict.log, recorded.account);
    }
    this.truncate(heads);
  }

  /** Forgets events beyond these heads, and that they were accepted. */
  truncate(heads: ReadonlyMap<string, number>): void {
    for (const [id, history] of [...this.logs]) {
      const head = heads.get(id) ?? 0;
      if (head >= history.head) continue;
      const rebuilt = new LogHistory((other) => this.log(other));
      for (const event of history.events.slice(0, head)) rebuilt.append(event);
      for (const event of history.events.slice(head)) {
        if (isConsequence(event) || isOfExpiry(event)) continue;
        this.#verdicts.delete(event.id);
        this.#expect(event.id, event.log, event.author);
      }
      this.logs.set(id, rebuilt);
    }
  }

  #noteHide(account: string, id: string, { conversation, messages, upTo, unlists }: HideMessages): void {
    const key = `${account} ${conversation}`;
    this.#hides.set(key, [...(this.#hides.get(key) ?? []), { id, messages, upTo, unlists }]);
  }

  /** What a command hides of a conversation as it is now. */
  #hiddenOf(conversation: string, { messages, upTo }: Pick<HideMessages, "messages" | "upTo">): readonly string[] {
    if (upTo === 0) return messages;
    const history = this.log(conversation);
    const last = history.historyOf(messages[0] ?? "")?.[0]?.ordinal ?? 0;
    return Array.from({ length: last }, (_, index) => history.historyAt(index + 1)?.[0]?.id ?? "");
  }

  #expect(id: string, log: string, account: string): void {
    if (!this.#verdicts.has(id)) this.#unjudged.set(id, { id, log, account });
  }

  /** What accounts have set themselves, as of a commit that may have been lost. */
  acceptedByAccounts(): { readonly id: string; readonly log: string }[] {
    return [...this.#verdicts]
      .filter(([, { verdict, account }]) => verdict.log === account && verdict.outcome.case === "accepted")
      .map(([id, { account }]) => ({ id, log: account }));
  }

  /** It was accepted by a commit that is lost. */
  forget(id: string, account: string): void {
    this.#verdicts.delete(id);
    this.#expect(id, account, account);
  }

  /** The messages of a conversation that an account has hidden from itself, as of a seq of its log. */
  hiddenBy(account: string, conversation: string, asOf = Number.POSITIVE_INFINITY): ReadonlySet<string> {
    const hidden = new Set<string>();
    for (const hide of this.#hides.get(`${account} ${conversation}`) ?? []) {
      const outcome = this.verdictOf(hide.id)?.outcome;
      if (outcome?.case !== "accepted" || outcome.value.seq > asOf) continue;
      for (const message of this.#hiddenOf(conversation, hide)) hidden.add(message);
    }
    return hidden;
  }

  /** Those of which blocks leave nothing to be seen in a direct conversation, as of a seq of the account's log. */
  cutOffFrom(account: string, conversation: string, asOf = Number.POSITIVE_INFINITY): ReadonlySet<string> {
    const history = this.log(conversation);
    const ids = new Set<string>();
    for (const { from, to } of this.blocks.hiddenIn(account, conversation, asOf).runs) {
      for (let ordinal = from; ordinal <= Math.min(to, history.entryHead); ordinal++) {
        ids.add(history.historyAt(ordinal)?.[0]?.id ?? "");
      }
    }
    return ids;
  }

  /** Those that count for nothing: hidden, cut off, or by somebody who is blocked. */
  uncountedBy(account: string, conversation: string, asOf = Number.POSITIVE_INFINITY): ReadonlySet<string> {
    const blocked = this.blocks.blockedBy(account, asOf);
    const ids = new Set([
      ...this.hiddenBy(account, conversation, asOf),
      ...this.cutOffFrom(account, conversation, asOf),
    ]);
    const { events } = this.log(conversation);
    for (const { id, author } of blocked.size === 0 ? [] : events) if (blocked.has(author)) ids.add(id);
    return ids;
  }

  /** The last ordinal up to which an account took a conversation out of its list, also as a block kept it out; 0 if it never did. */
  unlistedBy(account: string, conversation: string): number {
    const cleared = (this.#hides.get(`${account} ${conversation}`) ?? []).flatMap((hide) => {
      const outcome = this.verdictOf(hide.id)?.outcome;
      if (!hide.unlists || outcome?.case !== "accepted") return [];
      return [{ seq: outcome.value.seq, from: 1, to: this.#hiddenOf(conversation, hide).length }];
    });
    const steps = [...cleared, ...this.blocks.leftIn(account, conversation)];
    return steps
      .toSorted((one, other) => one.seq - other.seq)
      .reduce((unlisted, { from, to }) => (unlisted >= from - 1 ? Math.max(unlisted, to) : unlisted), 0);
  }

  /** Those that it wanted hidden, whatever became of that. */
  wishedHidden(account: string, conversation: string): ReadonlySet<string> {
    return new Set(
      (this.#hides.get(`${account} ${conversation}`) ?? []).flatMap((hide) => this.#hiddenOf(conversation, hide)),
    );
  }

  /** When messages disappear that are there, as far as it is known. */
  expiries(): number[] {
    return [...this.logs.values()].flatMap((history) =>
      Array.from({ length: history.entryHead }, (_, index) => history.historyAt(index + 1)?.at(-1)).flatMap((entry) => {
        const at = entry && disappearsAt(entry);
        return at === undefined ? [] : [at];
      }),
    );
  }

  heads(): Map<string, number> {
    return new Map([...this.logs].map(([id, history]) => [id, history.head]));
  }
}

/** Events travel without content where not everybody may see it; the truth needs it. */
function withContent(event: Event, command: Command): Event {
  if (event.body.case === "posted" && command.body.case === "post") {
    const { envelope, content } = command.body.value;
    const { expiry } = event.body.value;
    const posted = create(PostedSchema, {
      ...(envelope && { envelope: kept(envelope) }),
      ...(content && { content }),
      ...(expiry && { expiry }),
    });
    return create(EventSchema, { ...event, body: { case: "posted", value: posted } });
  }
  if (event.body.case === "edited" && command.body.case === "edit") {
    const { envelope, content } = command.body.value;
    const { target } = event.body.value;
    const edited = create(EditedSchema, {
      target,
      ...(envelope && { envelope: kept(envelope) }),
      ...(content && { content }),
    });
    return create(EventSchema, { ...event, body: { case: "edited", value: edited } });
  }
  return event;
}

function textOfCommand({ body }: Command): string | undefined {
  if (body.case !== "post" && body.case !== "edit") return undefined;
  const { form } = body.value.content ?? {};
  return form?.case === "plain" ? form.value.text : undefined;
}

/** Which draft a post clears is its author's own affair. */
function kept(envelope: Envelope): Envelope {
  return { ...envelope, clearsDraft: 0 };
}
