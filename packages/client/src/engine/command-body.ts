import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type CommandSchema,
  type ContentSchema,
  ConversationKind,
  Encryption,
  HistoryPolicy,
  limits,
  ReportReason,
  type SetPreference,
} from "@parley/protocol";
import type { ReportDraft, ReportReasonName } from "../api/report-draft.ts";
import type { Pending } from "../core/pending.ts";
import { EngineError } from "./engine-error.ts";
import type { EnvelopeInit } from "./envelopes.ts";

/** What a command does, as it is written down. */
export type CommandBody = NonNullable<MessageInitShape<typeof CommandSchema>["body"]>;

/** What is set of how a conversation is treated. */
export type PreferenceSettingInit = SetPreference["setting"];

export function preferenceBody(conversation: string, setting: PreferenceSettingInit): CommandBody {
  return { case: "setPreference", value: { conversation, setting } };
}

/** What an author writes, as this device can read it. */
export interface PlainParts {
  readonly text: string;
  /** The message that it answers; empty if none. */
  readonly replyTo: string;
  /** It was written elsewhere and passed on. */
  readonly forwarded: boolean;
}

export function postBody(plain: PlainParts, envelope: EnvelopeInit): CommandBody {
  return { case: "post", value: { envelope, content: plainContent(plain) } };
}

/** @param at by the server's clock */
export function scheduleBody(conversation: string, at: number, plain: PlainParts, envelope: EnvelopeInit): CommandBody {
  return { case: "scheduleMessage", value: { conversation, at: wholeMs(at), envelope, content: plainContent(plain) } };
}

/** @param at by the server's clock */
export function changeScheduledBody(
  target: string,
  at: number,
  plain: PlainParts,
  envelope: EnvelopeInit,
): CommandBody {
  return { case: "changeScheduled", value: { target, at: wholeMs(at), envelope, content: plainContent(plain) } };
}

/** What has passed already is as good as now. */
export function wholeMs(at: number): number {
  return Math.max(1, Math.round(at));
}

export function pinBody(target: string, pinned: boolean): CommandBody {
  return { case: pinned ? "pinMessage" : "unpinMessage", value: { target } };
}

/** @param envelope undefined for the one that the message has */
export function editBody(target: string, plain: PlainParts, envelope: EnvelopeInit | undefined): CommandBody {
  return { case: "edit", value: { target, content: plainContent(plain), ...(envelope && { envelope }) } };
}

export function descriptionBody(description: string): CommandBody {
  // As the server counts them.
  if (description.length > limits.descriptionCharacters) {
    throw new EngineError("invalid", `A description has at most ${limits.descriptionCharacters} characters.`);
  }
  return { case: "setDescription", value: { description } };
}

export function pictureBody(picture: Uint8Array): CommandBody {
  if (picture.length > limits.pictureBytes) {
    throw new EngineError("invalid", `A picture has at most ${limits.pictureBytes} bytes.`);
  }
  return { case: "setPicture", value: { picture } };
}

const reasons: Readonly<Record<ReportReasonName, ReportReason>> = {
  spam: ReportReason.SPAM,
  harassment: ReportReason.HARASSMENT,
  illegal: ReportReason.ILLEGAL,
  other: ReportReason.OTHER,
};

export function reportBody({ conversation, messages, reason, note, withContext }: ReportDraft): CommandBody {
  const { reportedAtOnce, reportNoteCharacters } = limits;
  if (messages.length < 1 || messages.length > reportedAtOnce) {
    throw new EngineError("invalid", `A report is about 1 to ${reportedAtOnce} messages.`);
  }
  // As the server counts them.
  if (note.length > reportNoteCharacters) {
    throw new EngineError("invalid", `A note has at most ${reportNoteCharacters} characters.`);
  }
  const value = { conversation, messages: [...messages], reason: reasons[reason], note, withContext };
  return { case: "reportMessage", value };
}

function plainContent({ text, replyTo, forwarded }: PlainParts): MessageInitShape<typeof ContentSchema> {
  // As the server counts them.
  if (text.length < 1 || text.length > limits.textCharacters) {
    throw new EngineError("invalid", `A message has 1 to ${limits.textCharacters} characters.`);
  }
  return { form: { case: "plain", value: { text, replyTo, forwarded } } };
}

export function createBody(kind: ConversationKind, title: string, members: readonly string[]): CommandBody {
  return {
    case: "create",
    value: { kind, encryption: Encryption.NONE, history: HistoryPolicy.SINCE_JOINED, title, members: [...members] },
  };
}

export function followBody(following: boolean): CommandBody {
  return { case: "setFollowing", value: { following } };
}

export function threadBody(parent: string, root: string): CommandBody {
  return {
    case: "create",
    value: { kind: ConversationKind.THREAD, encryption: Encryption.NONE, history: HistoryPolicy.ALL, parent, root },
  };
}

export function bodyOf({ command }: Pending): CommandBody {
  if (command.body.case === undefined) throw new EngineError("invalid", "A command without a body cannot be retried.");
  return command.body;
}

/** A rejected post as it was edited last. */
export function editedPost(post: Pending, edit: Pending): CommandBody {
  const [before, { body }] = [post.command.body, edit.command];
  if (before.case !== "post" || body.case !== "edit") throw new EngineError("invalid", "Not an edited post.");
  const { envelope = before.value.envelope, content } = body.value;
  return { case: "post", value: { ...(envelope && { envelope }), ...(content && { content }) } };
}

/** A rejected scheduled message as it was changed last. */
export function changedSchedule(schedule: Pending, change: Pending): CommandBody {
  const [before, { body }] = [schedule.command.body, change.command];
  if (before.case !== "scheduleMessage" || body.case !== "changeScheduled") {
    throw new EngineError("invalid", "Not a change of a scheduled message.");
  }
  const { conversation } = before.value;
  const { at, envelope, content } = body.value;
  const value = { conversation, at, ...(envelope && { envelope }), ...(content && { content }) };
  return { case: "scheduleMessage", value };
}

/** A post that answers a message under the id that this one has now. */
export function answering(post: CommandBody, renamed: ReadonlyMap<string, string>): CommandBody {
  if (post.case !== "post" || post.value.content?.form?.case !== "plain") return post;
  const { text = "", replyTo: before = "", forwarded = false } = post.value.content.form.value;
  const replyTo = renamed.get(before);
  if (replyTo === undefined) return post;
  const { envelope } = post.value;
  return {
    case: "post",
    value: { ...(envelope && { envelope }), content: plainContent({ text, replyTo, forwarded }) },
  };
}

/** What is said of a message, said of another one; undefined for what would replace or end it. */
export function onMessage({ command: { body } }: Pending, target: string): CommandBody | undefined {
  switch (body.case) {
    case "setReaction":
      return { case: "setReaction", value: { target, emoji: body.value.emoji } };
    case "unsetReaction":
      return { case: "unsetReaction", value: { target, emoji: body.value.emoji } };
    case "pinMessage":
    case "unpinMessage":
      return pinBody(target, body.case === "pinMessage");
    default:
      return undefined;
  }
}
