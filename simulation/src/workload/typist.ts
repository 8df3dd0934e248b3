import { fromBinary } from "@bufbuild/protobuf";
import type { InviteDraft, PreferenceChange, RoleName, ThreadPlace } from "@parley/client";
import { CommandSchema, threadConversationId } from "@parley/protocol";
import type { Coverage } from "../coverage.ts";
import type { Device } from "../device/device.ts";
import type { Owner } from "../device/owner.ts";
import { checkPictureGiven } from "../oracle/check-pictures.ts";
import { checkQueued } from "../oracle/check-queued.ts";
import { DraftLines } from "../oracle/draft-lines.ts";
import type { Ledger } from "../oracle/ledger.ts";
import type { TypedCommand } from "../oracle/typed.ts";
import type { Violation } from "../oracle/violation.ts";
import type { Trace } from "../trace.ts";

type Draft = Omit<TypedCommand, "durable" | "discarded">;

/** Does on a device what a person does, and remembers it, so that nothing typed can get lost unnoticed. */
export class Typist {
  readonly drafts = new DraftLines();
  readonly #trace: Trace;
  readonly #coverage: Coverage;
  readonly #ledger: Ledger;
  readonly #report: (violations: readonly Violation[]) => void;

  constructor(trace: Trace, coverage: Coverage, ledger: Ledger, report: (violations: readonly Violation[]) => void) {
    this.#trace = trace;
    this.#coverage = coverage;
    this.#ledger = ledger;
    this.#report = report;
  }

  /** @param draft what the draft says that it was, if it was one */
  post(device: Device, conversation: string, text: string, draft?: string, replyTo?: string): string {
    const id = device.newId();
    if (draft !== undefined) this.drafts.posted(device, conversation, id, draft);
    this.#enter(
      device,
      { id, log: conversation, kind: "post", text, target: undefined, replyTo },
      ({ engine, clock }) => engine.post({ id, conversation, text, sentAt: clock.now(), draft, replyTo }),
    );
    if (replyTo !== undefined) this.#coverage.add("reply");
    return id;
  }

  /** Replies in the thread below a message. */
  postInThread(device: Device, thread: ThreadPlace, text: string): string {
    const id = device.newId();
    const conversation = threadConversationId(thread.conversation, thread.root);
    const draft: Draft = { id, log: conversation, kind: "post", text, target: undefined };
    this.#enter(device, draft, ({ engine, clock }) =>
      engine.post({ id, conversation, text, sentAt: clock.now(), thread }),
    );
    this.#coverage.add("reply in thread");
    return id;
  }

  follow(device: Device, thread: ThreadPlace, following: boolean): void {
    const log = threadConversationId(thread.conversation, thread.root);
    const kind = following ? "follow" : "unfollow";
    this.#change(device, log, kind, (id, { engine }) => engine.followThread(id, thread, following));
  }

  /** Posts a message anew in other conversations. */
  forward(device: Device, from: string, message: string, text: string, to: readonly string[]): void {
    const { owner } = device;
    if (owner === undefined) return;
    const posts = to.map((conversation) => ({ id: device.newId(), conversation, message }));
    const commands = posts.map(({ id, conversation: log }): TypedCommand => {
      const lane = owner.handsOff ? { lane: `${owner.lane} false` } : {};
      return { id, log, kind: "post", text, target: undefined, ...lane, durable: false, discarded: false };
    });
    for (const command of commands) device.typed.add(command);
    this.#note(device, "forward", `${message} to ${to.join()}`);
    const forwarded = owner.engine.forward({ from, sentAt: owner.clock.now(), posts }).then((left) => {
      for (const command of commands) {
        // What was deleted meanwhile is forwarded nowhere.
        if (left > 0) command.discarded = true;
        else command.durable = true;
      }
      if (left === 0) this.#report(commands.flatMap((command) => checkQueued(device, command, this.#ledger)));
    });
    this.#watch(forwarded, "forward");
  }

  draft(device: Device, conversation: string, text: string, from: string): void {
    const owner = device.owner;
    if (owner === undefined) return;
    this.#trace.add(`${device.name} writes a draft in ${conversation}: ${JSON.stringify(text)}`);
    this.#coverage.add("draft");
    const written = this.drafts.wrote(device, conversation, text, from);
    this.#watch(owner.engine.saveDraft(conversation, text, from).then(written.kept), "draft");
  }

  edit(device: Device, conversation: string, target: string, text: string): string {
    const id = device.newId();
    this.#enter(device, { id, log: conversation, kind: "edit", text, target }, ({ engine }) =>
      engine.edit(id, conversation, target, text),
    );
    return id;
  }

  remove(device: Device, conversation: string, target: string): string {
    const id = device.newId();
    this.#enter(device, { id, log: conversation, kind: "delete", text: undefined, target }, ({ engine }) =>
      engine.deleteMessage(id, conversation, target),
    );
    return id;
  }

  react(device: Device, conversation: string, target: string, emoji: string, set: boolean): void {
    const id = device.newId();
    const draft: Draft = { id, log: conversation, kind: set ? "react" : "unreact", text: undefined, target };
    this.#enter(device, draft, ({ engine }) => engine.react(id, conversation, target, emoji, set));
  }

  pin(device: Device, conversation: string, target: string, pinned: boolean): void {
    const id = device.newId();
    const draft: Draft = { id, log: conversation, kind: pinned ? "pin" : "unpin", text: undefined, target };
    this.#enter(device, draft, ({ engine }) => engine.pinMessage(id, conversation, target, pinned));
  }

  startDirect(device: Device, account: string): string {
    const id = device.newId();
    const kind = account === device.account ? "notes" : "direct";
    this.#start(device, id, kind, ({ engine }) => engine.startDirect(id, account));
    return id;
  }

  startGroup(device: Device, accounts: readonly string[], title: string): string {
    const id = device.newId();
    this.#start(device, id, "group", ({ engine }) => engine.startGroup(id, accounts, title));
    return id;
  }

  addMembers(device: Device, conversation: string, accounts: readonly string[]): void {
    this.#change(device, conversation, "add", (id, { engine }) => engine.addMembers(id, conversation, accounts));
  }

  removeMembers(device: Device, conversation: string, accounts: readonly string[]): void {
    this.#change(device, conversation, "remove", (id, { engine }) => engine.removeMembers(id, conversation, accounts));
  }

  leave(device: Device, conversation: string): void {
    this.#change(device, conversation, "leave", (id, { engine }) => engine.leave(id, conversation));
  }

  setTitle(device: Device, conversation: string, title: string): void {
    this.#change(device, conversation, "title", (id, { engine }) => engine.setTitle(id, conversation, title));
  }

  setRole(device: Device, conversation: string, account: string, role: RoleName): void {
    this.#change(device, conversation, "role", (id, { engine }) => engine.setRole(id, conversation, account, role));
  }

  setDescription(device: Device, conversation: string, text: string): void {
    this.#change(device, conversation, "description", (id, { engine }) =>
      engine.setDescription(id, conversation, text),
    );
  }

  setPicture(device: Device, conversation: string, picture: Uint8Array): string {
    return this.#change(device, conversation, "picture", (id, { engine }) =>
      engine.setPicture(id, conversation, picture),
    );
  }

  /** Looks at the picture of a group as it is listed. */
  lookAtPicture(device: Device, owner: Owner, conversation: string, picture: string): void {
    this.#coverage.add("picture looked at");
    const looked = owner.engine.picture(conversation, picture).then((bytes) => {
      this.#report(checkPictureGiven(device.name, conversation, picture, bytes));
    });
    this.#watch(looked, "picture");
  }

  /** After how long messages disappear from now on. */
  setTimer(device: Device, conversation: string, seconds: number): string {
    return this.#change(device, conversation, "timer", (id, { engine }) => engine.setTimer(id, conversation, seconds));
  }

  makeInvite(device: Device, conversation: string, invite: InviteDraft): string {
    return this.#change(device, conversation, "invite", (id, { engine }) =>
      engine.makeInvite(id, conversation, invite),
    );
  }

  revokeInvite(device: Device, conversation: string, invite: string): void {
    this.#change(device, conversation, "revoke", (id, { engine }) => engine.revokeInvite(id, conversation, invite));
  }

  /** Joins by a link that somebody was given. */
  join(device: Device, conversation: string, code: string): string {
    return this.#change(device, conversation, "join", (id, { engine }) => engine.join(id, code));
  }

  cancelJoin(device: Device, conversation: string): string {
    return this.#change(device, conversation, "cancel", (id, { engine }) => engine.cancelJoin(id, conversation));
  }

  answerJoin(device: Device, conversation: string, account: string, accept: boolean): void {
    const kind = accept ? "let in" : "decline";
    this.#change(device, conversation, kind, (id, { engine }) => engine.answerJoin(id, conversation, account, accept));
  }

  /** How the person treats a conversation: a command to the log of the account. */
  prefer(device: Device, conversation: string, change: PreferenceChange): void {
    this.#change(device, device.account, "prefer", (id, { engine }) => engine.prefer(id, conversation, change));
  }

  /** A message that the person wants to find again, or no more. */
  save(device: Device, conversation: string, message: string, saved: boolean): void {
    const kind = saved ? "save" : "unsave";
    this.#change(device, device.account, kind, (id, { engine }) => engine.save(id, conversation, message, saved));
  }

  /** Messages that the person wants to see no more. */
  hide(device: Device, conversation: string, messages: readonly string[]): void {
    const id = device.newId();
    const draft: Draft = { id, log: device.account, kind: "hide", text: undefined, target: undefined, messages };
    this.#enter(device, draft, ({ engine }) => engine.hide(id, conversation, messages));
  }

  /** Messages of which the admins of the server are to be told. */
  report(device: Device, conversation: string, messages: readonly string[], withContext: boolean): string {
    const report = { conversation, messages, reason: "other", note: "", withContext } as const;
    return this.#change(device, device.account, "report", (id, { engine }) => engine.report(id, report));
  }

  /** A conversation of which the person wants to see nothing any more of what is in it. */
  clear(device: Device, conversation: string, unlists: boolean): void {
    this.#change(device, device.account, "clear", (id, { engine }) => engine.clear(id, conversation, unlists));
  }

  /** Somebody from whom the person wants to hear nothing, or no more so. */
  block(device: Device, account: string, blocked: boolean): void {
    const id = device.newId();
    const kind = blocked ? "block" : "unblock";
    const draft: Draft = { id, log: device.account, kind, text: undefined, target: account };
    this.#enter(device, draft, ({ engine }) => engine.block(id, account, blocked));
  }

  /** A message that the server is to post later. */
  schedule(device: Device, conversation: string, text: string, at: number): string {
    const id = device.newId();
    const draft: Draft = { id, log: device.account, kind: "schedule", text, target: undefined };
    this.#enter(device, draft, ({ engine }) => engine.schedule({ id, conversation, text, at }));
    return id;
  }

  changeScheduled(device: Device, target: string, text: string, at: number): void {
    const id = device.newId();
    const draft: Draft = { id, log: device.account, kind: "reschedule", text, target };
    this.#enter(device, draft, ({ engine }) => engine.changeScheduled(id, target, text, at));
  }

  cancelScheduled(device: Device, target: string): void {
    const id = device.newId();
    const draft: Draft = { id, log: device.account, kind: "unschedule", text: undefined, target };
    this.#enter(device, draft, ({ engine }) => engine.cancelScheduled(id, target));
  }

  /** A message that the person wants to be reminded of; the id of the command. */
  remind(device: Device, conversation: string, message: string, at: number): string {
    return this.#change(device, device.account, "remind", (id, { engine }) =>
      engine.remind(id, conversation, message, at),
    );
  }

  clearReminder(device: Device, conversation: string, message: string): string {
    return this.#change(device, device.account, "end reminder", (id, { engine }) =>
      engine.clearReminder(id, conversation, message),
    );
  }

  discard(device: Device, id: string): void {
    const owner = device.owner;
    if (owner === undefined) return;
    this.#giveUp(device, id);
    this.#note(device, "discard", id);
    this.#watch(owner.engine.discard(id), "discard");
  }

  retry(device: Device, id: string): void {
    const owner = device.owner;
    if (owner === undefined) return;
    this.#giveUp(device, id);
    this.#note(device, "retry", id);
    this.#watch(
      owner.engine.retry(id).then((newId) => device.typed.add(retyped(device, newId))),
      "retry",
    );
  }

  /** A message is named also when it is only an edit of it that is given up. */
  #giveUp(device: Device, id: string): void {
    for (const command of [device.typed.get(id), ...device.typed.changesOf(id)]) {
      if (command !== undefined) command.discarded = true;
    }
  }

  /** Waits for something that may be refused; that is no fault of the simulation. */
  #watch(done: Promise<unknown>, kind: string): void {
    done.catch(() => this.#coverage.add(`refused ${kind}`));
  }

  #change(device: Device, log: string, kind: string, act: (id: string, owner: Owner) => Promise<unknown>): string {
    const id = device.newId();
    this.#enter(device, { id, log, kind, text: undefined, target: undefined }, (owner) => act(id, owner));
    return id;
  }

  #enter(device: Device, draft: Draft, act: (owner: Owner) => Promise<unknown>): void {
    const owner = device.owner;
    if (owner === undefined) return;
    const handedOff = owner.handsOff && draft.kind === "post";
    // A message may be posted by another tab, and so overtake what else was done in its own.
    const lane = owner.handsOff ? `${owner.lane} ${draft.kind === "post"}` : undefined;
    const command: TypedCommand = { ...draft, ...(lane && { lane }), handedOff, durable: false, discarded: false };
    device.typed.add(command);
    this.#note(device, draft.kind, `${draft.id} in ${draft.log} of ${draft.target} ${draft.text}`);
    const done = act(owner).then(
      () => {
        command.durable = true;
        this.#report(checkQueued(device, command, this.#ledger));
      },
      (refused: unknown) => {
        // Where it was handed off it waits for another time, and those behind it do not wait for it.
        if (handedOff) command.lane = command.id;
        throw refused;
      },
    );
    this.#watch(done, draft.kind);
  }

  /** The engine says which conversation a new one is. */
  #start(device: Device, id: string, kind: string, act: (owner: Owner) => Promise<string>): void {
    const owner = device.owner;
    if (owner === undefined) return;
    this.#note(device, kind, id);
    const started = act(owner).then((log) => {
      const lane = owner.handsOff ? { lane: id } : {};
      device.typed.add({ id, log, kind, text: undefined, target: undefined, ...lane, durable: true, discarded: false });
    });
    this.#watch(started, kind);
  }

  #note(device: Device, kind: string, id: string): void {
    this.#trace.add(`${device.name} types ${kind} ${id}`);
    this.#coverage.add(`command ${kind}`);
  }
}

/** The engine made this command of an older one; its outbox says what it is. */
function retyped(device: Device, id: string): TypedCommand {
  const entry = device.disk.image.state().outbox.find((candidate) => candidate.id === id);
  const command = entry === undefined ? undefined : fromBinary(CommandSchema, entry.command);
  const body = command?.body;
  const content = body?.case === "post" || body?.case === "edit" ? body.value.content : undefined;
  return {
    id,
    log: command?.log ?? "",
    kind: body?.case ?? "unknown",
    text: content?.form.case === "plain" ? content.form.value.text : undefined,
    replyTo: content?.form.case === "plain" ? content.form.value.replyTo : undefined,
    target: body?.case === "edit" ? body.value.target : undefined,
    ...(device.browser === undefined ? {} : { lane: id }),
    durable: entry !== undefined,
    discarded: false,
  };
}
