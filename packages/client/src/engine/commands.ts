import { create, toBinary } from "@bufbuild/protobuf";
import { blockedConversation } from "@parley/log";
import {
  CommandSchema,
  ConversationKind,
  directConversationId,
  Encryption,
  limits,
  notesConversationId,
  RejectionCode,
  threadConversationId,
  uuidV7,
  uuidVersion,
} from "@parley/protocol";
import type { ThreadPlace } from "../api/thread-place.ts";
import { isPresent } from "../core/followed.ts";
import { isWaiting, type Pending, targetOfCommand, withState } from "../core/pending.ts";
import { pendingParts } from "../core/pending-parts.ts";
import { keptOf } from "../core/quote.ts";
import type { OutboxEntryState } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Batch } from "./batch.ts";
import {
  type CommandBody,
  createBody,
  editBody,
  followBody,
  type PlainParts,
  postBody,
  threadBody,
} from "./command-body.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { EngineError } from "./engine-error.ts";
import { type EnvelopeInit, Envelopes } from "./envelopes.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** Makes commands of what a person does, and puts them into the outbox. */
export class Commands {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #account: string;
  readonly #time: CorrectedTime;
  readonly #envelopes: Envelopes;

  constructor(model: Model, outbox: Outbox, clock: Clock, random: Random, account: string, time: CorrectedTime) {
    this.#model = model;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#random = random;
    this.#account = account;
    this.#time = time;
    this.#envelopes = new Envelopes(model, outbox, account);
  }

  /** Of a message that is to be posted later. */
  envelopeOf(conversation: string, text: string): EnvelopeInit {
    return this.#envelopes.ofPost(conversation, text, 0);
  }

  newId(): string {
    return uuidV7(this.#clock.now(), this.#random.bytes(10));
  }

  /** Queues a command. An id that the device knows already changes nothing. */
  enqueue(id: string, log: string, body: CommandBody, batch: Batch, sentAt = this.#time.now()): void {
    if (this.#outbox.get(id) !== undefined) return;
    this.#followFirst(log, body, batch);
    const pending = this.#pending(id, log, body, sentAt, this.#outbox.nextPosition(), this.#stateOf(log, body));
    this.#outbox.add(this.#changesRejected(pending) ? withState(pending, rejectedWithMessage) : pending, batch);
  }

  /** Whoever does something in a thread follows it. */
  #followFirst(log: string, body: CommandBody, batch: Batch): void {
    const { state } = this.#model.conversations.get(log)?.stored ?? {};
    if (state?.kind !== ConversationKind.THREAD || body.case === "create" || body.case === "setFollowing") return;
    this.followThread(this.newId(), { conversation: state.parent, root: state.root }, batch);
  }

  /** Ensures a conversation whose id is derived. Without a command if the device knows it. */
  startDirect(id: string, account: string, batch: Batch): string {
    const notes = account === this.#account;
    const log = notes ? notesConversationId(account) : directConversationId(account, this.#account, Encryption.NONE);
    if (this.#model.conversations.get(log)?.stored.state !== undefined) return log;
    const creation = this.#outbox.creationOf(log);
    if (creation?.entry.state.kind === "rejected") this.#drop(creation.entry.id, batch);
    else if (creation !== undefined) return log;
    const kind = notes ? ConversationKind.NOTES : ConversationKind.DIRECT;
    this.enqueue(id, log, createBody(kind, "", notes ? [] : [account]), batch);
    return log;
  }

  startGroup(id: string, accounts: readonly string[], title: string, batch: Batch): string {
    const known = this.#outbox.get(id);
    if (known !== undefined) return known.entry.log;
    const log = this.newId();
    this.enqueue(id, log, createBody(ConversationKind.GROUP, title, accounts), batch);
    return log;
  }

  /** Has the person follow a thread, which is begun where this device does not know that it exists; its id. Without a command where it is followed. */
  followThread(id: string, { conversation, root }: ThreadPlace, batch: Batch): string {
    const log = threadConversationId(conversation, root);
    const stored = this.#model.conversations.get(log)?.stored;
    if (stored?.state !== undefined) {
      const { state } = pendingParts(stored, this.#outbox.inLog(log), this.#account);
      if (!isPresent(state, this.#account)) this.enqueue(id, log, followBody(true), batch);
      return log;
    }
    // One that was accepted says nothing: the membership that it made may have ended since.
    const creation = this.#outbox.creationOf(log);
    if (creation?.entry.state.kind === "rejected") this.#drop(creation.entry.id, batch);
    else if (creation !== undefined) return log;
    this.enqueue(id, log, threadBody(conversation, root), batch);
    return log;
  }

  /** @param clearsDraft the version of the draft that it was; 0 if none */
  post(id: string, conversation: string, plain: PlainParts, clearsDraft: number, batch: Batch, sentAt: number): void {
    // Whom a forwarded message names its writer has named, elsewhere.
    const envelope = plain.forwarded ? {} : this.#envelopes.ofPost(conversation, plain.text, clearsDraft);
    this.enqueue(id, conversation, postBody(plain, envelope), batch, sentAt);
  }

  /** Posts what is written in a thread in its conversation, too: held until the thread has it, and falling with it. */
  postAlso(
    {
      id,
      text,
      after,
      thread,
    }: { readonly id: string; readonly text: string; readonly after: string; readonly thread: string },
    { conversation, root }: ThreadPlace,
    batch: Batch,
    sentAt: number,
  ): void {
    if (this.#outbox.get(id) !== undefined) return;
    const envelope = this.#envelopes.ofPost(conversation, text, 0);
    const body = postBody({ text, replyTo: root, forwarded: false }, envelope);
    this.enqueueHeld(id, conversation, body, { id: after, log: thread }, batch, sentAt);
  }

  /** Queues a command that waits until one in another log is accepted, and falls with it. */
  enqueueHeld(
    id: string,
    log: string,
    body: CommandBody,
    after: { readonly id: string; readonly log: string },
    batch: Batch,
    sentAt = this.#time.now(),
  ): void {
    const held = { kind: "held", ...after } as const;
    this.#outbox.add(this.#pending(id, log, body, sentAt, this.#outbox.nextPosition(), held), batch);
  }

  /** Edits a message, which goes on answering what it answers, or being forwarded. One that was never sent is simply rewritten; else the edit follows it. */
  async edit(id: string, conversation: string, target: string, text: string, batch: Batch): Promise<void> {
    const pending = this.#outbox.get(target);
    if (pending !== undefined && isWaiting(pending) && !pending.entry.possiblySent) {
      const { sentAt } = pending.command;
      const { position, state } = pending.entry;
      const { body: before } = pending.command;
      const kept = keptOf(before.case === "post" ? before.value.content : undefined);
      const body = postBody({ text, ...kept }, this.#envelopes.ofRewritten(pending, text));
      this.#outbox.rewrite(this.#pending(target, conversation, body, sentAt, position, state), batch);
      return;
    }
    const message = await this.#envelopes.messageNow(conversation, target, batch);
    // An edit is the whole content anew: what it has to keep must be known.
    if (message === undefined || message.state.case === "withheld") {
      throw new EngineError("not-found", "No such message on this device.");
    }
    const envelope = this.#envelopes.ofEdit(conversation, message, text);
    const kept = keptOf(message.state.case === "content" ? message.state.value : undefined);
    this.enqueue(id, conversation, editBody(target, { text, ...kept }, envelope), batch);
  }

  /**
   * Gives up a command, the failed edit of a message (by the message's id), or a conversation that could not be created (by its id). What may
   * have been sent is withdrawn.
   */
  discard(id: string, batch: Batch): void {
    const edits = this.failedEditsOf(id);
    for (const edit of edits) this.#drop(edit.entry.id, batch);
    const pending = this.#outbox.get(id) ?? this.failedCreationOf(id);
    if (pending === undefined && edits.length === 0)
      throw new EngineError("not-found", "No such command on this device.");
    if (pending !== undefined) this.#giveUp(pending, batch);
  }

  #giveUp(pending: Pending, batch: Batch): void {
    const { state, log, position, possiblySent } = pending.entry;
    if (state.kind === "accepted") return;
    for (const dependant of this.#dependantsOf(pending)) this.#drop(dependant.entry.id, batch);
    if (!possiblySent || state.kind === "rejected") {
      this.#drop(pending.entry.id, batch);
      return;
    }
    if (pending.command.body.case === "withdraw") return;
    const body: CommandBody = { case: "withdraw", value: { target: pending.entry.id } };
    const withdraw = this.#pending(this.newId(), log, body, this.#time.now(), position, { kind: "queued" });
    this.#outbox.replace(pending.entry.id, withdraw, batch);
  }

  #drop(id: string, batch: Batch): void {
    this.#outbox.forget(id, batch);
  }

  #pending(
    id: string,
    log: string,
    body: CommandBody,
    sentAt: number,
    position: number,
    state: OutboxEntryState,
  ): Pending {
    if (uuidVersion(id) !== 7) throw new EngineError("invalid", "The id of a command must be a UUIDv7.");
    const command = create(CommandSchema, { id, log, sentAt, body });
    const bytes = toBinary(CommandSchema, command);
    if (bytes.length > limits.commandBytes) throw new EngineError("invalid", "The command is too large.");
    return { command, entry: { id, log, position, command: bytes, possiblySent: false, state } };
  }

  /** What a new command waits for: nothing, or the creation of the conversation that it is about. */
  #stateOf(own: string, body: CommandBody): OutboxEntryState {
    const log = conversationOf(body) ?? own;
    const creation = this.#outbox.creationOf(log);
    if (creation === undefined) return this.#awaitingUnblock(log, body);
    if (isWaiting(creation)) return { kind: "held", id: creation.entry.id, log };
    return { kind: "rejected", code: RejectionCode.DEPENDENCY, reason: "The conversation could not be created." };
  }

  /** What is written to somebody who is blocked no more goes after that is known: the two are commands of different logs. */
  #awaitingUnblock(log: string, body: CommandBody): OutboxEntryState {
    if (body.case !== "post") return { kind: "queued" };
    const last = this.#outbox.inLog(this.#account).findLast(({ command }) => {
      const set = command.body;
      return set.case === "setBlocked" && blockedConversation(this.#account, set.value.account) === log;
    });
    const waits = last?.command.body.case === "setBlocked" && !last.command.body.value.blocked && isWaiting(last);
    if (!waits) return { kind: "queued" };
    return { kind: "held", id: last.entry.id, log: this.#account };
  }

  failedCreationOf(log: string): Pending | undefined {
    const creation = this.#outbox.creationOf(log);
    return creation?.entry.state.kind === "rejected" ? creation : undefined;
  }

  failedEditsOf(message: string): readonly Pending[] {
    return this.#outbox
      .dependantsOf(message)
      .filter(({ command, entry }) => command.body.case === "edit" && entry.state.kind === "rejected");
  }

  /** Whether it changes a message that was rejected. */
  #changesRejected({ command }: Pending): boolean {
    const target = targetOfCommand(command);
    return target !== undefined && this.#outbox.get(target)?.entry.state.kind === "rejected";
  }

  /** What makes no sense without this command and can be given up with it. */
  #dependantsOf({ entry, command }: Pending): readonly Pending[] {
    // Of other logs: what is held for a creation.
    const elsewhere = this.#outbox.dependantsOf(entry.id).filter((other) => other.entry.log !== entry.log);
    return [...this.#outbox.inLog(entry.log), ...elsewhere].filter((other) => {
      if (other.entry.id === entry.id || other.entry.state.kind === "accepted") return false;
      if (command.body.case === "create") return !other.entry.possiblySent;
      if (other.entry.state.kind === "held" && other.entry.state.id === entry.id) return true;
      const { body } = other.command;
      const changes = body.case !== undefined && "target" in body.value && body.value.target === entry.id;
      return changes && (!other.entry.possiblySent || other.entry.state.kind === "rejected");
    });
  }
}

const rejectedWithMessage: OutboxEntryState = {
  kind: "rejected",
  code: RejectionCode.DEPENDENCY,
  reason: "The message was not accepted.",
};

/** The conversation that a command to the account's own log is about. */
function conversationOf(body: CommandBody): string | undefined {
  switch (body.case) {
    case "setPreference":
    case "setSaved":
    case "hideMessages":
    case "scheduleMessage":
    case "reportMessage":
    case "setReminder":
    case "clearReminder":
      return body.value.conversation;
    default:
      return undefined;
  }
}
