import {
  type Command,
  ConversationKind,
  Encryption,
  HistoryPolicy,
  hashOfSecret,
  type RejectionCode,
  ReportReason,
  Role,
  threadConversationId,
} from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import type { CommandInit } from "../kit/commands.ts";
import { freshId, freshSecret } from "../kit/ids.ts";
import type { Place } from "./cast.ts";
import type { Row } from "./standings.ts";

export type CommandBodyCase = NonNullable<Command["body"]["case"]>;

export type CommandOutcome = "accepted" | "UNAUTHENTICATED" | keyof typeof RejectionCode;

/** One use of a command. A command has several where it depends on what it is about who may. */
interface CommandUse {
  readonly what: string;
  /** The group where it is not said. */
  readonly log?: (place: Place) => string;
  readonly body: (place: Place) => NonNullable<CommandInit["body"]>;
  readonly comes: Row<CommandOutcome>;
}

const OK = "accepted";
const NONE = "UNAUTHENTICATED";
const UNKNOWN = "NOT_FOUND";
const LEFT = "NOT_MEMBER";
const NO = "NOT_ALLOWED";
const NOTHING = "TARGET_NOT_FOUND";

const content = { form: { case: "plain", value: { text: "tried" } } } as const;

/**
 * Who may do what: every command of the schema. Everybody tries each use in one group, in the order of the columns, so that a use may take something away from
 * those who come later only where that is meant.
 */
export const commandRows: Readonly<Record<CommandBodyCase, readonly CommandUse[]>> = {
  create: [
    {
      what: "a group of one's own",
      log: freshId,
      body: () => ({
        case: "create",
        value: { kind: ConversationKind.GROUP, encryption: Encryption.NONE, history: HistoryPolicy.ALL, title: "Own" },
      }),
      comes: [NONE, OK, OK, OK, OK, OK],
    },
    {
      what: "the thread below a message",
      log: ({ group, others }) => threadConversationId(group, others),
      body: ({ group: parent, others: root }) => ({
        case: "create",
        value: { kind: ConversationKind.THREAD, encryption: Encryption.NONE, parent, root },
      }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  setFollowing: [
    {
      what: "the group, which is no thread",
      body: () => ({ case: "setFollowing", value: { following: true } }),
      comes: [NONE, UNKNOWN, LEFT, NO, NO, NO],
    },
  ],
  post: [
    { what: "a message", body: () => ({ case: "post", value: { content } }), comes: [NONE, UNKNOWN, LEFT, OK, OK, OK] },
    {
      what: "a message to everyone",
      body: () => ({ case: "post", value: { content, envelope: { everyone: true } } }),
      comes: [NONE, UNKNOWN, LEFT, NO, OK, OK],
    },
  ],
  edit: [
    {
      what: "one's own message",
      body: ({ own: target }) => ({ case: "edit", value: { target, content } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
    {
      what: "another's message",
      body: ({ others: target }) => ({ case: "edit", value: { target, content } }),
      comes: [NONE, UNKNOWN, LEFT, NO, NO, NO],
    },
  ],
  withdraw: [
    {
      what: "one's own message",
      body: ({ own: target }) => ({ case: "withdraw", value: { target } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
    {
      what: "another's message",
      body: ({ others: target }) => ({ case: "withdraw", value: { target } }),
      comes: [NONE, UNKNOWN, LEFT, NO, NO, NO],
    },
  ],
  delete: [
    {
      what: "one's own message",
      body: ({ own: target }) => ({ case: "delete", value: { target } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
    {
      what: "another's message",
      body: ({ others: target }) => ({ case: "delete", value: { target } }),
      comes: [NONE, UNKNOWN, LEFT, NO, OK, OK],
    },
  ],
  setReaction: [
    {
      what: "on a message",
      body: ({ others: target }) => ({ case: "setReaction", value: { target, emoji: "👍" } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  unsetReaction: [
    {
      what: "on a message",
      body: ({ others: target }) => ({ case: "unsetReaction", value: { target, emoji: "👍" } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  pinMessage: [
    {
      what: "a message",
      body: ({ others: target }) => ({ case: "pinMessage", value: { target } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  unpinMessage: [
    {
      what: "a message",
      body: ({ others: target }) => ({ case: "unpinMessage", value: { target } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  addMembers: [
    {
      what: "somebody, oneself among them",
      body: ({ people: { stranger }, self }) => ({
        case: "addMembers",
        value: { accounts: [stranger.account, self.account] },
      }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  removeMembers: [
    { what: "a member", body: removing("bystander"), comes: [NONE, UNKNOWN, LEFT, NO, OK, OK] },
    { what: "an admin", body: removing("admin"), comes: [NONE, UNKNOWN, LEFT, NO, OK, OK] },
    { what: "the owner", body: removing("owner"), comes: [NONE, UNKNOWN, LEFT, NO, NO, OK] },
  ],
  leave: [{ what: "the group", body: () => ({ case: "leave", value: {} }), comes: [NONE, UNKNOWN, LEFT, OK, OK, OK] }],
  setTitle: [
    {
      what: "of the group",
      body: () => ({ case: "setTitle", value: { title: "Tried" } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  setDescription: [
    {
      what: "of the group",
      body: () => ({ case: "setDescription", value: { description: "Tried" } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  setPicture: [
    {
      what: "of the group",
      body: () => ({ case: "setPicture", value: { picture: samplePicture({ said: "tried" }) } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  setRole: [
    {
      what: "a member becomes an admin",
      body: role("bystander", Role.ADMIN),
      comes: [NONE, UNKNOWN, LEFT, NO, OK, OK],
    },
    {
      what: "a member becomes an owner",
      body: role("bystander", Role.OWNER),
      comes: [NONE, UNKNOWN, LEFT, NO, NO, OK],
    },
    { what: "an admin becomes a member", body: role("admin", Role.MEMBER), comes: [NONE, UNKNOWN, LEFT, NO, OK, OK] },
    {
      what: "the last owner becomes a member",
      body: role("owner", Role.MEMBER),
      comes: [NONE, UNKNOWN, LEFT, NO, NO, "LAST_OWNER"],
    },
    { what: "oneself an owner", body: ownRole(Role.OWNER), comes: [NONE, UNKNOWN, LEFT, NO, NO, OK] },
  ],
  makeInvite: [
    {
      what: "a link",
      body: () => ({ case: "makeInvite", value: { secretHash: hashOfSecret(freshSecret()) } }),
      comes: [NONE, UNKNOWN, LEFT, NO, OK, OK],
    },
  ],
  revokeInvite: [
    {
      what: "a link",
      body: () => ({ case: "revokeInvite", value: { invite: freshId() } }),
      comes: [NONE, UNKNOWN, LEFT, NO, OK, OK],
    },
  ],
  join: [
    {
      what: "by a link",
      body: ({ secret }) => ({ case: "join", value: { secret } }),
      comes: [NONE, OK, OK, OK, OK, OK],
    },
    {
      what: "without its secret",
      body: () => ({ case: "join", value: { secret: freshSecret() } }),
      comes: [NONE, UNKNOWN, UNKNOWN, OK, OK, OK],
    },
  ],
  cancelJoin: [
    {
      what: "of who asked nothing",
      body: () => ({ case: "cancelJoin", value: {} }),
      comes: [NONE, UNKNOWN, UNKNOWN, OK, OK, OK],
    },
  ],
  answerJoin: [
    {
      what: "of anybody",
      body: ({ people: { stranger } }) => ({ case: "answerJoin", value: { account: stranger.account, accept: true } }),
      comes: [NONE, UNKNOWN, LEFT, NO, OK, OK],
    },
  ],
  setTimer: [
    {
      what: "of the group",
      body: () => ({ case: "setTimer", value: { seconds: 0 } }),
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
  ],
  setPreference: [
    {
      what: "in one's own log, of the group",
      log: ({ self }) => self.account,
      body: ({ group }) => unmute(group),
      comes: [NONE, UNKNOWN, OK, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: ({ group }) => unmute(group),
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: ({ group }) => unmute(group), comes: [NONE, NO, NO, NO, NO, NO] },
  ],
  setSaved: [
    {
      what: "in one's own log, a message of the group",
      log: ({ self }) => self.account,
      body: saving,
      comes: [NONE, UNKNOWN, OK, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: saving,
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: saving, comes: [NONE, NO, NO, NO, NO, NO] },
  ],
  setBlocked: [
    {
      what: "in one's own log, of somebody whom one does not block",
      log: ({ self }) => self.account,
      body: unblocking,
      comes: [NONE, OK, OK, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: unblocking,
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: unblocking, comes: [NONE, NO, NO, NO, NO, NO] },
  ],
  scheduleMessage: [
    {
      what: "in one's own log, to be posted in the group",
      log: ({ self }) => self.account,
      body: scheduling,
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: scheduling,
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: scheduling, comes: [NONE, NO, NO, NO, NO, NO] },
  ],
  reportMessage: [
    {
      what: "another's message, in one's own log",
      log: ({ self }) => self.account,
      body: reporting("others"),
      comes: [NONE, UNKNOWN, OK, OK, OK, OK],
    },
    {
      what: "another's message, in another's log",
      log: ({ people }) => people.bystander.account,
      body: reporting("others"),
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    {
      what: "one's own message",
      log: ({ self }) => self.account,
      body: reporting("own"),
      comes: [NONE, UNKNOWN, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: reporting("others"), comes: [NONE, NO, NO, NO, NO, NO] },
  ],
  changeScheduled: [
    {
      what: "in one's own log, what is not there",
      log: ({ self }) => self.account,
      body: () => ({ case: "changeScheduled", value: { target: freshId(), at: inADay(), content } }),
      comes: [NONE, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: () => ({ case: "changeScheduled", value: { target: freshId(), at: inADay(), content } }),
      comes: [NONE, NO, NO, NO, NO, NO],
    },
  ],
  cancelScheduled: [
    {
      what: "in one's own log, what is not there",
      log: ({ self }) => self.account,
      body: () => ({ case: "cancelScheduled", value: { target: freshId() } }),
      comes: [NONE, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: () => ({ case: "cancelScheduled", value: { target: freshId() } }),
      comes: [NONE, NO, NO, NO, NO, NO],
    },
  ],
  setReminder: [
    {
      what: "in one's own log, of a message of the group",
      log: ({ self }) => self.account,
      body: reminding,
      comes: [NONE, UNKNOWN, LEFT, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: reminding,
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: reminding, comes: [NONE, NO, NO, NO, NO, NO] },
  ],
  clearReminder: [
    {
      what: "in one's own log, what is not there",
      log: ({ self }) => self.account,
      body: ({ group: conversation }) => ({ case: "clearReminder", value: { conversation, message: freshId() } }),
      comes: [NONE, OK, OK, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: ({ group: conversation }) => ({ case: "clearReminder", value: { conversation, message: freshId() } }),
      comes: [NONE, NO, NO, NO, NO, NO],
    },
  ],
  hideMessages: [
    {
      what: "in one's own log, a message of the group",
      log: ({ self }) => self.account,
      body: hiding,
      comes: [NONE, UNKNOWN, OK, OK, OK, OK],
    },
    {
      what: "in another's log",
      log: ({ people }) => people.bystander.account,
      body: hiding,
      comes: [NONE, NO, NO, NO, NO, NO],
    },
    { what: "in the log of the group", body: hiding, comes: [NONE, NO, NO, NO, NO, NO] },
  ],
};

function scheduling({ group: conversation }: Place): NonNullable<CommandInit["body"]> {
  return { case: "scheduleMessage", value: { conversation, at: inADay(), content } };
}

function reporting(whose: "own" | "others"): CommandUse["body"] {
  return ({ group: conversation, [whose]: message }) => {
    return { case: "reportMessage", value: { conversation, messages: [message], reason: ReportReason.OTHER } };
  };
}

function inADay(): number {
  return Date.now() + 24 * 60 * 60 * 1_000;
}

function reminding({ group: conversation, own: message }: Place): NonNullable<CommandInit["body"]> {
  return { case: "setReminder", value: { conversation, message, at: inADay() } };
}

function hiding({ group: conversation, own: message }: Place): NonNullable<CommandInit["body"]> {
  return { case: "hideMessages", value: { conversation, messages: [message] } };
}

function saving({ group: conversation, own: message }: Place): NonNullable<CommandInit["body"]> {
  return { case: "setSaved", value: { conversation, message, saved: true } };
}

/** It leaves nothing behind. */
function unblocking({ people }: Place): NonNullable<CommandInit["body"]> {
  return { case: "setBlocked", value: { account: people.bystander.account, blocked: false } };
}

function removing(part: "bystander" | "admin" | "owner"): CommandUse["body"] {
  return ({ people }) => ({ case: "removeMembers", value: { accounts: [people[part].account] } });
}

function role(part: "bystander" | "admin" | "owner", to: Role): CommandUse["body"] {
  return ({ people }) => ({ case: "setRole", value: { account: people[part].account, role: to } });
}

function ownRole(to: Role): CommandUse["body"] {
  return ({ self }) => ({ case: "setRole", value: { account: self.account, role: to } });
}

/** Of what is not muted: it leaves nothing behind. */
function unmute(conversation: string): NonNullable<CommandInit["body"]> {
  return { case: "setPreference", value: { conversation, setting: { case: "mutedUntil", value: 0 } } };
}
