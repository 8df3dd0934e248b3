import {
  type Command,
  type Content,
  ConversationKind,
  type Entry,
  type HideMessages,
  RequestAnswer,
  type SetPreference,
} from "@parley/protocol";
import type { CommandDeed } from "../api/outbox-view.ts";
import { roleName } from "./role-names.ts";

const LONGEST_TEXT = 200;

export interface DeedBasis {
  readonly nameOf: (account: string) => string;
  /** The text of a message; empty if it is not known. */
  readonly textOf: (message: string) => string;
}

/** What a command does, for people. */
export function commandDeed({ body }: Command, { nameOf, textOf }: DeedBasis): CommandDeed {
  switch (body.case) {
    case "post":
      return { kind: "message", text: contentText(body.value.content) };
    case "edit":
      return { kind: "edit", text: contentText(body.value.content) };
    case "delete":
    case "withdraw":
      return { kind: body.case, of: textOf(body.value.target) };
    case "setReaction":
    case "unsetReaction": {
      const { emoji, target } = body.value;
      return { kind: "reaction", emoji, set: body.case === "setReaction", of: textOf(target) };
    }
    case "pinMessage":
    case "unpinMessage":
      return { kind: "pin", pinned: body.case === "pinMessage", of: textOf(body.value.target) };
    case "create":
      if (body.value.kind === ConversationKind.THREAD) return { kind: "follow", following: true };
      return { kind: "create", title: body.value.title, names: body.value.members.map(nameOf) };
    case "setFollowing":
      return { kind: "follow", following: body.value.following };
    case "addMembers":
      return { kind: "add-members", names: body.value.accounts.map(nameOf) };
    case "removeMembers":
      return { kind: "remove-members", names: body.value.accounts.map(nameOf) };
    case "leave":
      return { kind: "leave" };
    case "join":
      return { kind: "join" };
    case "makeInvite":
      return { kind: "invite", label: body.value.label };
    case "revokeInvite":
      return { kind: "revoke-invite" };
    case "cancelJoin":
      return { kind: "cancel-join" };
    case "answerJoin":
      return { kind: "answer-join", accept: body.value.accept };
    case "setTitle":
      return { kind: "title", title: body.value.title };
    case "setRole":
      return { kind: "role", role: roleName(body.value.role), name: nameOf(body.value.account) };
    case "setDescription":
      return { kind: "description", description: shortened(body.value.description) };
    case "setPicture":
      return { kind: "picture", empty: body.value.picture.length === 0 };
    case "setTimer":
      return { kind: "timer", seconds: body.value.seconds };
    case "setPreference":
      return preferenceDeed(body.value);
    case "hideMessages":
      return hidingDeed(body.value);
    case "setSaved":
      return { kind: "preference", of: body.value.conversation, what: body.value.saved ? "save" : "unsave" };
    case "setBlocked":
      return { kind: "block", blocked: body.value.blocked, name: nameOf(body.value.account) };
    case "setReminder":
    case "clearReminder":
      return {
        kind: "preference",
        of: body.value.conversation,
        what: body.case === "setReminder" ? "remind" : "unremind",
      };
    case "scheduleMessage":
      return { kind: "schedule", text: contentText(body.value.content), of: body.value.conversation };
    case "changeScheduled":
      return { kind: "schedule", text: contentText(body.value.content), of: "" };
    case "cancelScheduled":
      return { kind: "unschedule" };
    case "reportMessage":
      return { kind: "report", of: body.value.conversation };
    default:
      return { kind: "other" };
  }
}

function hidingDeed({ conversation: of, upTo, unlists }: HideMessages): CommandDeed {
  return { kind: "preference", of, what: upTo === 0 ? "hide" : unlists ? "unlist" : "clear" };
}

function preferenceDeed({ conversation: of, setting }: SetPreference): CommandDeed {
  switch (setting.case) {
    case "pinned":
      return { kind: "preference", of, what: setting.value ? "pin" : "unpin" };
    case "mutedUntil":
      return { kind: "preference", of, what: setting.value > 0 ? "mute" : "unmute" };
    case "archivedUpTo":
      return { kind: "preference", of, what: setting.value > 0 ? "archive" : "unarchive" };
    case "markedUnread":
      return { kind: "preference", of, what: setting.value ? "mark-unread" : "mark-read" };
    case "requestAnswer": {
      const accepts = setting.value === RequestAnswer.ACCEPTED;
      return { kind: "preference", of, what: accepts ? "accept-request" : "decline-request" };
    }
    default:
      return { kind: "other" };
  }
}

/** The text of content that this device can read, shortened. */
export function contentText(content: Content | undefined): string {
  return shortened(content?.form.case === "plain" ? content.form.value.text : "");
}

function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  // By code points, so that none is cut in two.
  return `${[...text.slice(0, LONGEST_TEXT)].slice(0, -1).join("")}…`;
}

/** The text of a message as it is shown, shortened; empty for what has none. */
export function entryText({ body }: Entry): string {
  return body.case === "message" && body.value.state.case === "content" ? contentText(body.value.state.value) : "";
}
