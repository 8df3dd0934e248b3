import type { Engine, InviteDraft, RoleName, ThreadPlace } from "@parley/client";
import { threadConversationId, uuidV7 } from "@parley/protocol";
import type { Device } from "./device.ts";

interface Draft {
  readonly log: string;
  readonly kind: string;
  readonly text?: string;
  readonly target?: string;
  readonly messages?: readonly string[];
}

/** Does on a device what a person does, and writes down what was typed before anything can become of it. */
export class Typist {
  #refusals = 0;

  /** How often an engine did not take something: a message that is gone, a device that died. */
  get refusals(): number {
    return this.#refusals;
  }

  post(device: Device, log: string, text: string): string {
    return this.#type(device, { log, kind: "post", text }, (engine, id) =>
      engine.post({ id, conversation: log, text, sentAt: Date.now() }),
    );
  }

  /** Replies in the thread below a message. */
  postInThread(device: Device, thread: ThreadPlace, text: string): void {
    const log = threadConversationId(thread.conversation, thread.root);
    this.#type(device, { log, kind: "post", text }, (engine, id) =>
      engine.post({ id, conversation: log, text, sentAt: Date.now(), thread }),
    );
  }

  follow(device: Device, thread: ThreadPlace, following: boolean): void {
    const log = threadConversationId(thread.conversation, thread.root);
    this.#type(device, { log, kind: following ? "follow" : "unfollow" }, (engine, id) =>
      engine.followThread(id, thread, following),
    );
  }

  edit(device: Device, log: string, target: string, text: string): void {
    this.#type(device, { log, kind: "edit", text, target }, (engine, id) => engine.edit(id, log, target, text));
  }

  remove(device: Device, log: string, target: string): void {
    this.#type(device, { log, kind: "delete", target }, (engine, id) => engine.deleteMessage(id, log, target));
  }

  react(device: Device, log: string, target: string, emoji: string, set: boolean): void {
    this.#type(device, { log, kind: "react", target }, (engine, id) => engine.react(id, log, target, emoji, set));
  }

  addMembers(device: Device, log: string, accounts: readonly string[]): void {
    this.#type(device, { log, kind: "add" }, (engine, id) => engine.addMembers(id, log, accounts));
  }

  removeMember(device: Device, log: string, account: string): void {
    this.#type(device, { log, kind: "remove" }, (engine, id) => engine.removeMembers(id, log, [account]));
  }

  leave(device: Device, log: string): void {
    this.#type(device, { log, kind: "leave" }, (engine, id) => engine.leave(id, log));
  }

  setTitle(device: Device, log: string, title: string): void {
    this.#type(device, { log, kind: "title" }, (engine, id) => engine.setTitle(id, log, title));
  }

  setDescription(device: Device, log: string, description: string): void {
    this.#type(device, { log, kind: "description" }, (engine, id) => engine.setDescription(id, log, description));
  }

  setPicture(device: Device, log: string, picture: Uint8Array): void {
    this.#type(device, { log, kind: "picture" }, (engine, id) => engine.setPicture(id, log, picture));
  }

  setRole(device: Device, log: string, account: string, role: RoleName): void {
    this.#type(device, { log, kind: "role" }, (engine, id) => engine.setRole(id, log, account, role));
  }

  pin(device: Device, log: string, target: string, pinned: boolean): void {
    this.#type(device, { log, kind: pinned ? "pin" : "unpin", target }, (engine, id) =>
      engine.pinMessage(id, log, target, pinned),
    );
  }

  makeInvite(device: Device, log: string, maxUses: number, needsApproval: boolean): void {
    const draft: InviteDraft = { label: "Fault", lifetimeMs: 0, maxUses, needsApproval };
    this.#type(device, { log, kind: "invite" }, (engine, id) => engine.makeInvite(id, log, draft));
  }

  revokeInvite(device: Device, log: string, invite: string): void {
    this.#type(device, { log, kind: "revoke" }, (engine, id) => engine.revokeInvite(id, log, invite));
  }

  join(device: Device, log: string, code: string): void {
    this.#type(device, { log, kind: "join" }, (engine, id) => engine.join(id, code));
  }

  cancelJoin(device: Device, log: string): void {
    this.#type(device, { log, kind: "cancel" }, (engine, id) => engine.cancelJoin(id, log));
  }

  answerJoin(device: Device, log: string, account: string, accept: boolean): void {
    this.#type(device, { log, kind: accept ? "accept" : "decline" }, (engine, id) =>
      engine.answerJoin(id, log, account, accept),
    );
  }

  prefer(device: Device, conversation: string, pinned: boolean): void {
    this.#type(device, { log: device.account, kind: "prefer" }, (engine, id) =>
      engine.prefer(id, conversation, { kind: "pin", pinned }),
    );
  }

  save(device: Device, conversation: string, message: string, saved: boolean): void {
    this.#type(device, { log: device.account, kind: saved ? "save" : "unsave" }, (engine, id) =>
      engine.save(id, conversation, message, saved),
    );
  }

  hide(device: Device, conversation: string, message: string): void {
    this.#type(device, { log: device.account, kind: "hide", messages: [message] }, (engine, id) =>
      engine.hide(id, conversation, [message]),
    );
  }

  schedule(device: Device, conversation: string, text: string, at: number): void {
    this.#type(device, { log: device.account, kind: "schedule" }, (engine, id) =>
      engine.schedule({ id, conversation, text, at }),
    );
  }

  changeScheduled(device: Device, scheduled: string, text: string, at: number): void {
    this.#type(device, { log: device.account, kind: "reschedule" }, (engine, id) =>
      engine.changeScheduled(id, scheduled, text, at),
    );
  }

  cancelScheduled(device: Device, scheduled: string): void {
    this.#type(device, { log: device.account, kind: "unschedule" }, (engine, id) =>
      engine.cancelScheduled(id, scheduled),
    );
  }

  block(device: Device, target: string, blocked: boolean): void {
    this.#type(device, { log: device.account, kind: blocked ? "block" : "unblock", target }, (engine, id) =>
      engine.block(id, target, blocked),
    );
  }

  report(device: Device, conversation: string, message: string, withContext: boolean): void {
    const report = { conversation, messages: [message], reason: "other", note: "", withContext } as const;
    this.#type(device, { log: device.account, kind: "report" }, (engine, id) => engine.report(id, report));
  }

  remind(device: Device, conversation: string, message: string, at: number): void {
    this.#type(device, { log: device.account, kind: "remind" }, (engine, id) =>
      engine.remind(id, conversation, message, at),
    );
  }

  clearReminder(device: Device, conversation: string, message: string): void {
    this.#type(device, { log: device.account, kind: "unremind" }, (engine, id) =>
      engine.clearReminder(id, conversation, message),
    );
  }

  startDirect(device: Device, account: string): void {
    this.#watch(device.run?.engine.startDirect(newId(), account));
  }

  startGroup(device: Device, accounts: readonly string[], title: string): void {
    this.#watch(device.run?.engine.startGroup(newId(), accounts, title));
  }

  /** Gives up a pending or rejected command, and with it what was to change its message. */
  discard(device: Device, id: string): void {
    const { typed } = device.recorder;
    for (const command of [typed.get(id), ...typed.changesOf(id)]) {
      if (command !== undefined) command.discarded = true;
    }
    this.#watch(device.run?.engine.discard(id));
  }

  #type(
    device: Device,
    { log, kind, text, target, messages }: Draft,
    act: (engine: Engine, id: string) => Promise<unknown>,
  ): string {
    const engine = device.run?.engine;
    const id = newId();
    if (engine === undefined) return id;
    const hides = messages === undefined ? {} : { messages };
    const command = { id, log, kind, text, target, ...hides, durable: false, discarded: false };
    device.recorder.typed.add(command);
    const stored = act(engine, command.id).then(() => {
      command.durable = true;
    });
    this.#watch(stored);
    return id;
  }

  /** An engine may refuse; what it took is written down. */
  #watch(done: Promise<unknown> | undefined): void {
    done?.catch(() => {
      this.#refusals += 1;
    });
  }
}

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
