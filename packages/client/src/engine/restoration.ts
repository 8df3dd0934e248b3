import { ConversationKind, limits, type Reset, type VerdictsResponse, type Welcome } from "@parley/protocol";
import { nothingHeld } from "../core/held-conversation.ts";
import { type Pending, withState } from "../core/pending.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import { ConversationModel, type Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { EngineRules } from "./rules.ts";

/**
 * Meeting a history that is not the one that the device knows: a restored backup (another incarnation), or a file that was copied back (tags
 * differ, conversations are missing). What was held is dropped, and of one's own acknowledged commands those that the server does not know go back
 * into the outbox with the same ids, before anything else is sent to their logs.
 *
 * Logs in doubt are remembered durably until the server was asked, so that an interruption loses nothing.
 */
export class Restoration {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #requests: Requests;
  readonly #rules: EngineRules;

  constructor(model: Model, outbox: Outbox, requests: Requests, rules: EngineRules) {
    this.#model = model;
    this.#outbox = outbox;
    this.#requests = requests;
    this.#rules = rules;
  }

  /**
   * Whether a Welcome shows a history that was set back without a word, and does not tell what the account keeps: account events have no tags, so
   * that what was held of them may be of the former history, and ordinals in it mean other messages. Nothing of such a Welcome may be taken before
   * the next Hello asks for all that the account keeps: only what is still held tells that the server was set back.
   */
  doubtsAccount({ incarnation, preferences, conversations }: Welcome, batch: Batch): boolean {
    const { meta } = this.#model;
    if (preferences !== undefined || meta.accountHead === 0 || meta.incarnation !== incarnation) return false;
    const heads = new Map(conversations.map(({ head }) => [head?.conversation, head]));
    const isBehind = [...this.#model.conversations.values()].some(({ id, stored }) => {
      return (heads.has(id) || !isThread(stored)) && this.#rules.isSetBack(stored.head, heads.get(id));
    });
    if (isBehind) this.#doubt([meta.account], batch);
    return isBehind;
  }

  /** Compares histories as Welcome tells of them, and asks about every log in doubt, from before too. */
  welcome({ incarnation, accountHead, conversations }: Welcome, batch: Batch): void {
    const { meta } = this.#model;
    if (accountHead < meta.accountHead) this.#doubt([meta.account], batch);
    if (meta.incarnation !== incarnation) {
      // Account events since the device's account head follow by themselves; a new history begins at its end.
      this.#model.putMeta({ ...this.#model.meta, incarnation, accountHead }, batch);
      if (this.#rules.isOtherHistory(meta.incarnation, incarnation)) this.#forgetAll(batch);
    }
    const listed = new Set(conversations.map(({ head }) => head?.conversation));
    for (const { id, stored } of [...this.#model.conversations.values()]) {
      if (listed.has(id)) continue;
      // Of threads only those are listed that are followed: of another one nothing tells whether it was set back.
      if (isThread(stored)) this.#doubt([id], batch);
      else if (this.#rules.mayLackOwn(stored.head, undefined)) this.#drop(id, batch);
    }
    this.#doubt(
      [...this.#outbox.logs].filter((log) => this.#hasUnseen(log)),
      batch,
    );
    for (const log of this.#model.meta.doubted) this.#ask(log, batch);
  }

  /** Acknowledged commands whose events never came: heads that agree say nothing of what lies beyond them. */
  #hasUnseen(log: string): boolean {
    const { account, accountHead } = this.#model.meta;
    const head = log === account ? accountHead : (this.#model.conversations.get(log)?.stored.head.seq ?? 0);
    return this.#acceptedIn(log).some(({ entry: { state } }) => state.kind === "accepted" && state.seq > head);
  }

  /** A Reset says nothing of what became of one's own commands, unless it shows them. */
  reset(id: string, reset: Reset, batch: Batch): void {
    const { head } = this.#model.conversation(id).stored;
    if (!this.#rules.mayLackOwn(head, reset.status?.head)) return;
    const shown = new Set(reset.newest?.entries.map((entry) => entry.id));
    if (!this.#acceptedIn(id).some(({ entry }) => !shown.has(entry.id)) || this.isDoubted(id)) return;
    this.#doubt([id], batch);
    this.#ask(id, batch);
  }

  /** Nothing is sent to a log in doubt. */
  isDoubted(log: string): boolean {
    return this.#model.meta.doubted.includes(log);
  }

  /**
   * Whether nothing may be sent to a log for now. Where the next command is not linked to the newest one that was acknowledged, the server would take it although
   * it has lost that: so it waits for what the server sends of the conversation, which tells whether it has.
   */
  holdsBack(log: string): boolean {
    if (this.isDoubted(log)) return true;
    if (this.#model.conversations.get(log)?.catchUp.kind !== "expecting") return false;
    return !this.#outbox.isNewest(log, this.#outbox.queueOf(log).link?.last ?? "");
  }

  #forgetAll(batch: Batch): void {
    batch.forgetHistory();
    this.#model.confirmedDrafts.clear();
    for (const id of this.#model.conversations.keys()) this.#model.conversations.set(id, emptyModel(id));
    this.#doubt(this.#outbox.logs, batch);
  }

  /** The server does not know it, or not for this viewer. No Welcome comes that would ask what became of one's own commands in it. */
  forget(id: string, batch: Batch): void {
    const isAsked = this.isDoubted(id);
    this.#drop(id, batch);
    if (!isAsked && this.isDoubted(id)) this.#ask(id, batch);
  }

  #drop(id: string, batch: Batch): void {
    batch.forgetConversation(id);
    this.#model.conversations.set(id, emptyModel(id));
    this.#doubt([id], batch);
  }

  #doubt(logs: Iterable<string>, batch: Batch): void {
    const { meta } = this.#model;
    const worthAsking = [...logs].filter((log) => this.#acceptedIn(log).length > 0);
    this.#model.putMeta({ ...meta, doubted: [...new Set([...meta.doubted, ...worthAsking])] }, batch);
  }

  #ask(log: string, batch: Batch): void {
    const commands = this.#acceptedIn(log);
    let open = 0;
    for (let start = 0; start < commands.length; start += limits.idsPerRequest) {
      const part = commands.slice(start, start + limits.idsPerRequest);
      open++;
      this.#requests.ask(
        { case: "verdicts", value: { log, ids: part.map(({ entry }) => entry.id) } },
        {
          answered: (answer, later) => {
            this.#compare(part, answer.case === "verdicts" ? answer.value : undefined, later);
            open--;
            if (open === 0) this.#believe(log, later);
          },
          // The next Welcome asks again.
          lost: () => undefined,
        },
        batch,
      );
    }
    if (open === 0) this.#believe(log, batch);
  }

  #compare(commands: readonly Pending[], known: VerdictsResponse | undefined, batch: Batch): void {
    const verdicts = new Map(known?.answers.map((answer) => [answer.id, answer.outcome]));
    for (const { entry } of commands) {
      const pending = this.#outbox.get(entry.id);
      if (pending?.entry.state.kind !== "accepted") continue;
      const outcome = verdicts.get(entry.id);
      const verdict = outcome?.case === "verdict" ? outcome.value.outcome : undefined;
      if (verdict?.case === "accepted") {
        const { seq, receivedAt } = verdict.value;
        this.#outbox.put(withState(pending, { ...pending.entry.state, seq, receivedAt }), batch);
      } else {
        // Unknown, or rejected in the other history: the server's answer to this copy decides.
        this.#outbox.add(withState(pending, { kind: "queued" }), batch);
      }
    }
  }

  #believe(log: string, batch: Batch): void {
    const { meta } = this.#model;
    this.#outbox.apply(log, { kind: "unlinked" }, batch);
    this.#model.putMeta({ ...meta, doubted: meta.doubted.filter((other) => other !== log) }, batch);
  }

  #acceptedIn(log: string): readonly Pending[] {
    return this.#outbox.inLog(log).filter(({ entry }) => entry.state.kind === "accepted");
  }
}

function isThread({ state }: StoredConversation): boolean {
  return state?.kind === ConversationKind.THREAD;
}

function emptyModel(id: string): ConversationModel {
  return new ConversationModel(nothingHeld(id));
}
