import { RejectionCode } from "@parley/protocol";
import { type Pending, targetOfCommand } from "../core/pending.ts";
import type { Batch } from "./batch.ts";
import { answering, bodyOf, type CommandBody, changedSchedule, editedPost, onMessage } from "./command-body.ts";
import type { Commands } from "./commands.ts";
import { EngineError } from "./engine-error.ts";
import type { Outbox } from "./outbox.ts";

/** Tries rejected commands again: under new ids, and together with what they depend on and what fell with them. */
export class Retries {
  readonly #commands: Commands;
  readonly #outbox: Outbox;
  /** The new ids of messages that were tried again, for those that answer them. */
  readonly #renamed = new Map<string, string>();

  constructor(commands: Commands, outbox: Outbox) {
    this.#commands = commands;
    this.#outbox = outbox;
  }

  /**
   * Queues a rejected command again; its new id. Named by its id, by the message whose edit failed, or by the conversation that could not be
   * created. What it depends on is tried again first; with a message go the changes to it, with a conversation all that fell with it.
   */
  retry(id: string, batch: Batch): string {
    const named = this.#outbox.get(id) ?? this.#commands.failedCreationOf(id);
    const pending = named !== undefined && isRejected(named) ? named : this.#failedEditsOf(id).at(-1);
    if (pending === undefined) throw new EngineError("not-found", "No such rejected command on this device.");
    const { log } = pending.entry;
    const target = this.#outbox.get(targetOfCommand(pending.command) ?? fellWith(pending) ?? "");
    if (target !== undefined && isRejected(target)) return this.retry(target.entry.id, batch);
    const { body } = pending.command;
    if (body.case === "create") return this.#create(pending, batch);
    const creation = this.#commands.failedCreationOf(log);
    if (creation !== undefined) this.#again(creation, bodyOf(creation), batch);
    if (body.case === "scheduleMessage") return this.#schedule(pending, batch);
    return body.case === "post" ? this.#post(pending, batch) : this.#change(pending, batch);
  }

  #create(creation: Pending, batch: Batch): string {
    const fallen = this.#outbox.inLog(creation.entry.log).filter(({ entry: { state } }) => {
      return state.kind === "rejected" && state.code === RejectionCode.DEPENDENCY;
    });
    const id = this.#again(creation, bodyOf(creation), batch);
    for (const { entry } of fallen) {
      // A change to a message is gone by now, if it was tried again with the message.
      if (this.#outbox.get(entry.id) !== undefined) this.retry(entry.id, batch);
    }
    return id;
  }

  /** A message as it was edited last, the reactions to it, and what goes elsewhere with it. That it was to be deleted is taken back. */
  #post(post: Pending, batch: Batch): string {
    const changes = this.#outbox.dependantsOf(post.entry.id).filter(isRejected);
    const edit = changes.findLast(({ command }) => command.body.case === "edit");
    const body = edit === undefined ? bodyOf(post) : editedPost(post, edit);
    const id = this.#again(post, answering(body, this.#renamed), batch);
    this.#renamed.set(post.entry.id, id);
    for (const change of changes) {
      if (fellWith(change) === post.entry.id) {
        this.#againAfter(change, { id, log: post.entry.log }, batch);
        continue;
      }
      const body = onMessage(change, id);
      if (body === undefined) this.#outbox.forget(change.entry.id, batch);
      else this.#again(change, body, batch);
    }
    return id;
  }

  /** A message that is posted later, as it was changed last. That it was to be cancelled is taken back. */
  #schedule(schedule: Pending, batch: Batch): string {
    const changes = this.#outbox.dependantsOf(schedule.entry.id).filter(isRejected);
    const change = changes.findLast(({ command }) => command.body.case === "changeScheduled");
    const body = change === undefined ? bodyOf(schedule) : changedSchedule(schedule, change);
    const id = this.#again(schedule, body, batch);
    for (const { entry } of changes) this.#outbox.forget(entry.id, batch);
    return id;
  }

  /** Of several failed edits of one message only the last says what was meant. */
  #change(change: Pending, batch: Batch): string {
    const { body } = change.command;
    if (body.case === "edit") {
      for (const edit of this.#failedEditsOf(body.value.target)) {
        if (edit.entry.id !== change.entry.id) this.#outbox.forget(edit.entry.id, batch);
      }
    }
    return this.#again(change, bodyOf(change), batch);
  }

  #again(pending: Pending, body: CommandBody, batch: Batch): string {
    const id = this.#commands.newId();
    this.#outbox.forget(pending.entry.id, batch);
    this.#commands.enqueue(id, pending.entry.log, body, batch);
    return id;
  }

  #againAfter(pending: Pending, after: { readonly id: string; readonly log: string }, batch: Batch): void {
    const body = answering(bodyOf(pending), this.#renamed);
    this.#outbox.forget(pending.entry.id, batch);
    this.#commands.enqueueHeld(this.#commands.newId(), pending.entry.log, body, after, batch);
  }

  #failedEditsOf(message: string): readonly Pending[] {
    return this.#commands.failedEditsOf(message);
  }
}

function fellWith({ entry: { state } }: Pending): string | undefined {
  return state.kind === "rejected" ? state.fellWith : undefined;
}

function isRejected({ entry }: Pending): boolean {
  return entry.state.kind === "rejected";
}
