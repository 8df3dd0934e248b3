import type { Engine } from "../api/engine.ts";
import type { EngineInspection } from "../api/inspection.ts";
import type { MentionItem } from "../api/mentions-view.ts";
import { roleNamed } from "../core/role-names.ts";
import { descriptionBody, pictureBody, pinBody, reportBody } from "./command-body.ts";
import type { EngineConfig } from "./engine-config.ts";
import { EngineCore } from "./engine-core.ts";
import { heldMentions } from "./mention-reader.ts";
import type { Remains } from "./remains.ts";
import { type EngineRules, engineRules } from "./rules.ts";

/** An engine and its life. */
export interface EngineHandle extends Engine {
  /**
   * Resolves when what the local store holds is shown; connecting goes on by itself.
   *
   * @param remains of an engine of this device whose store was lost
   */
  start(remains?: Remains): Promise<void>;
  /** What of the outbox is in memory: for the next engine, if the local store is lost while this one runs. */
  remains(): Remains;
  /** Closes the socket; resolves once everything asked before is stored. Every later call is refused. */
  stop(): Promise<void>;
  /** For developers: what is inside, as of now. */
  inspect(): EngineInspection;
  /** For developers: connects anew as if nothing were held, so that every conversation comes by Reset. The outbox stays. */
  resync(): void;
}

/** @param rules replaced only by tests that break one */
export function createEngine(config: EngineConfig, rules: EngineRules = engineRules): EngineHandle {
  const core = new EngineCore(config, rules);
  const { actor, parts } = core;
  const { commands, model, reporter } = parts;
  return {
    account: reporter.account,
    connection: reporter.connection,
    conversations: reporter.conversations,
    outbox: parts.outboxReporter.view,
    start: (remains) => core.start(remains),
    remains: () => core.remains(),
    stop: () => core.stop(),
    inspect: () => core.inspect(),
    resync: () => core.resync(),
    reconnect: () => core.hurry(),
    openTimeline: (conversation) => parts.windows.open(conversation, actor),

    startDirect: (id, account) => core.deed((batch) => commands.startDirect(id, account, batch)),
    startGroup: (id, accounts, title) => core.deed((batch) => commands.startGroup(id, accounts, title, batch)),
    followThread: (id, thread, following) => core.deed((batch) => parts.followThread(id, thread, following, batch)),
    post: (post) => core.deed((batch) => parts.post(post, batch)),
    forward: (forward) => core.deed((batch) => parts.forwarder.forward(forward, batch)),
    edit: (id, conversation, target, text) =>
      core.deed((batch) => commands.edit(id, conversation, target, text, batch)),
    deleteMessage: (id, conversation, target) =>
      core.deed((batch) => commands.enqueue(id, conversation, { case: "delete", value: { target } }, batch)),
    react: (id, conversation, target, emoji, set) =>
      core.deed((batch) => {
        const value = { target, emoji };
        commands.enqueue(
          id,
          conversation,
          set ? { case: "setReaction", value } : { case: "unsetReaction", value },
          batch,
        );
      }),
    pinMessage: (id, conversation, target, pinned) =>
      core.deed((batch) => commands.enqueue(id, conversation, pinBody(target, pinned), batch)),
    addMembers: (id, conversation, accounts) =>
      core.deed((batch) =>
        commands.enqueue(id, conversation, { case: "addMembers", value: { accounts: [...accounts] } }, batch),
      ),
    removeMembers: (id, conversation, accounts) =>
      core.deed((batch) =>
        commands.enqueue(id, conversation, { case: "removeMembers", value: { accounts: [...accounts] } }, batch),
      ),
    leave: (id, conversation) =>
      core.deed((batch) => commands.enqueue(id, conversation, { case: "leave", value: {} }, batch)),
    setRole: (id, conversation, account, role) =>
      core.deed((batch) => {
        const value = { account, role: roleNamed(role) };
        commands.enqueue(id, conversation, { case: "setRole", value }, batch);
      }),
    setTitle: (id, conversation, title) =>
      core.deed((batch) => commands.enqueue(id, conversation, { case: "setTitle", value: { title } }, batch)),
    setTimer: (id, conversation, seconds) =>
      core.deed((batch) => commands.enqueue(id, conversation, { case: "setTimer", value: { seconds } }, batch)),
    setDescription: (id, conversation, description) =>
      core.deed((batch) => commands.enqueue(id, conversation, descriptionBody(description), batch)),
    setPicture: (id, conversation, picture) =>
      core.deed((batch) => commands.enqueue(id, conversation, pictureBody(picture), batch)),
    makeInvite: (id, conversation, invite) => core.deed((batch) => parts.invites.make(id, conversation, invite, batch)),
    revokeInvite: (id, conversation, invite) =>
      core.deed((batch) => commands.enqueue(id, conversation, { case: "revokeInvite", value: { invite } }, batch)),
    lookUpInvite: async (code) => {
      const asked = await actor.call((batch) => parts.invites.lookUp(code, batch));
      return asked.view;
    },
    join: (id, code) => core.deed((batch) => parts.invites.join(id, code, batch)),
    cancelJoin: (id, conversation) =>
      core.deed((batch) => commands.enqueue(id, conversation, { case: "cancelJoin", value: {} }, batch)),
    answerJoin: (id, conversation, account, accept) =>
      core.deed((batch) =>
        commands.enqueue(id, conversation, { case: "answerJoin", value: { account, accept } }, batch),
      ),
    prefer: (id, conversation, change) => core.deed((batch) => parts.prefer(id, conversation, change, batch)),
    save: (id, conversation, message, saved) =>
      core.deed((batch) => parts.save(id, conversation, message, saved, batch)),
    hide: (id, conversation, messages) => core.deed((batch) => parts.hide(id, conversation, messages, batch)),
    clear: (id, conversation, unlists) => core.deed((batch) => parts.clear(id, conversation, unlists, batch)),
    block: (id, account, blocked) => core.deed((batch) => parts.block(id, account, blocked, batch)),
    schedule: (scheduled) => core.deed((batch) => parts.schedule(scheduled, batch)),
    changeScheduled: (id, target, text, at) =>
      core.deed((batch) => parts.scheduled.change(id, target, text, at, batch)),
    cancelScheduled: (id, target) => core.deed((batch) => parts.scheduled.cancel(id, target, batch)),
    report: (id, report) => core.deed((batch) => commands.enqueue(id, model.meta.account, reportBody(report), batch)),
    remind: (id, conversation, message, at) =>
      core.deed((batch) => parts.reminders.set(id, conversation, message, at, batch)),
    clearReminder: (id, conversation, message) =>
      core.deed((batch) => parts.reminders.clear(id, conversation, message, batch)),
    takeLeftOut: (command) => actor.call((batch) => parts.leftOut.take(command, batch)),
    discard: (id) => core.deed((batch) => commands.discard(id, batch)),
    retry: (id) => core.deed((batch) => parts.retries.retry(id, batch)),

    markRead: (conversation, ordinal) => actor.push({ run: (batch) => parts.marks.read(conversation, ordinal, batch) }),
    typing: (conversation, active) => core.typing(conversation, active),
    saveDraft: (conversation, text, from) => actor.call((batch) => parts.drafts.write(conversation, text, from, batch)),
    draft: (conversation) => actor.call(() => model.drafts.get(conversation) ?? ""),

    receipts: async (conversation, message) => {
      const asked = await actor.call((batch) => parts.receipts.read(conversation, message, batch));
      return asked.view;
    },

    savedMessages: async (most) => {
      const asked = await actor.call((batch) => parts.savedReader.look(most, batch));
      return asked.view;
    },

    messagesAt: async (places) => {
      const asked = await actor.call((batch) => parts.messages.read(places, batch));
      return asked.messages;
    },

    picture: async (conversation, picture) => {
      const asked = await actor.call((batch) => parts.pictures.read(conversation, picture, batch));
      return asked.bytes;
    },

    versions: async (conversation, message, before = 0) => {
      const asked = await actor.call((batch) => parts.versions.read(conversation, message, before, batch));
      return asked.view;
    },

    mentions: async (after) => {
      const asked = await actor.call((batch) => parts.mentions.look(after, batch));
      const told = await asked.view;
      if (told !== undefined) return told;
      const found: MentionItem[] = [];
      // One at a time, so that whoever else asks is answered in between.
      for (const conversation of await actor.call(() => parts.mentions.held())) {
        found.push(...(await actor.call((batch) => parts.mentions.heldIn(conversation, batch))));
      }
      return heldMentions(found);
    },
    nextMention: async (conversation) => {
      const asked = await actor.call((batch) => parts.mentions.next(conversation, batch));
      const found = await asked.found;
      return found && { id: found.id, ordinal: found.ordinal };
    },

    search: (conversation, query, from) =>
      actor.call((batch) => parts.searcher.search(conversation, query, from, batch)),
    searchAgain: (conversation, query, ids) =>
      actor.call((batch) => parts.searcher.again(conversation, query, ids, batch)),
  };
}
