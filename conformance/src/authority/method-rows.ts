import type { DescMessage } from "@bufbuild/protobuf";
import { AccountService, ConversationService, type ProblemCode } from "@parley/protocol";
import type { Caller, CallOutcome } from "../kit/caller.ts";
import { encodeCommand, post } from "../kit/commands.ts";
import { unordered } from "../kit/orders.ts";
import type { Session } from "../kit/session.ts";
import type { Place } from "./cast.ts";
import type { Row } from "./standings.ts";

export type MethodName =
  | `AccountService.${keyof typeof AccountService.method}`
  | `ConversationService.${keyof typeof ConversationService.method}`;

export type MethodOutcome = "done" | keyof typeof ProblemCode;

export interface Attempt {
  readonly session: Session;
  /** Calls as who tries it. */
  readonly caller: Caller;
  readonly place: Place;
  /** For what ends a session: another one of who tries it; without a session, none. */
  readonly further: () => Promise<Caller>;
  /** A device of the owner's, of which nobody else should know. */
  readonly device: string;
}

interface MethodUse {
  readonly call: (attempt: Attempt) => Promise<CallOutcome<DescMessage>>;
  readonly comes: Row<MethodOutcome>;
}

const OK = "done";
const NONE = "UNAUTHENTICATED";
const UNKNOWN = "NOT_FOUND";

const account = AccountService.method;
const conversation = ConversationService.method;

/** Who may call what: every method of the schema. */
export const methodRows: Readonly<Record<MethodName, MethodUse>> = {
  // Open to everybody: it gets as far as the name.
  "AccountService.signUp": {
    call: ({ caller, place: { people } }) =>
      caller.outcome(account.signUp, { userName: people.owner.userName, password: "correct horse" }),
    comes: ["NAME_TAKEN", "NAME_TAKEN", "NAME_TAKEN", "NAME_TAKEN", "NAME_TAKEN", "NAME_TAKEN"],
  },
  "AccountService.signIn": {
    call: ({ caller, place: { self } }) =>
      caller.outcome(account.signIn, { userName: self.userName, password: self.password }),
    comes: [OK, OK, OK, OK, OK, OK],
  },
  "AccountService.signOut": {
    call: async ({ further }) => (await further()).outcome(account.signOut, {}),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "AccountService.getSession": {
    call: ({ caller }) => caller.outcome(account.getSession, {}),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "AccountService.setDisplayName": {
    call: ({ caller, place: { self } }) => caller.outcome(account.setDisplayName, { displayName: self.displayName }),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "AccountService.setPrivacy": {
    call: ({ caller }) => caller.outcome(account.setPrivacy, {}),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "AccountService.listDevices": {
    call: ({ caller }) => caller.outcome(account.listDevices, {}),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "AccountService.revokeDevice": {
    call: ({ caller, device }) => caller.outcome(account.revokeDevice, { id: device }),
    comes: [NONE, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, OK],
  },
  "AccountService.findPeople": {
    call: ({ caller }) => caller.outcome(account.findPeople, { query: "conf", limit: 1 }),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  // None of them is an admin of the server: that is for its configuration to say.
  "AccountService.listReports": {
    call: ({ caller }) => caller.outcome(account.listReports, {}),
    comes: [NONE, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
  },
  "AccountService.closeReport": {
    call: ({ caller, place: { self, own } }) =>
      caller.outcome(account.closeReport, { reporter: self.account, id: own }),
    comes: [NONE, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
  },
  "ConversationService.listConversations": {
    call: ({ caller }) => caller.outcome(conversation.listConversations, { limit: 1 }),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "ConversationService.getPage": {
    call: ({ caller, place: { group } }) =>
      caller.outcome(conversation.getPage, { conversation: group, cursor: { case: "newest", value: {} }, limit: 10 }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  "ConversationService.getChanges": {
    call: ({ caller, place: { group } }) => caller.outcome(conversation.getChanges, { conversation: group }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  "ConversationService.getPicture": {
    call: ({ caller, place: { group, picture } }) =>
      caller.outcome(conversation.getPicture, { conversation: group, picture }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  // Whoever is signed in gets an answer; which one is the table of commands.
  "ConversationService.execute": {
    call: ({ caller, place: { group } }) => caller.outcome(conversation.execute, { command: post(group, "tried") }),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "ConversationService.submitCommands": {
    call: ({ caller, session: { coverage, encoding }, place: { group } }) => {
      const command = encodeCommand(post(group, "tried"), coverage, encoding);
      return caller.outcome(conversation.submitCommands, { submissions: [{ order: unordered, command }] });
    },
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  "ConversationService.setMark": {
    call: ({ caller, place: { group } }) => caller.outcome(conversation.setMark, { conversation: group, read: 1 }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
};
