import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type CommandSchema,
  type ContentSchema,
  type ConversationKind,
  Encryption,
  HistoryPolicy,
  limits,
  type SetPreference,
} from "@parley/protocol";
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

export function postBody(text: string, envelope: EnvelopeInit): CommandBody {
  return { case: "post", value: { envelope, content: plainContent(text) } };
}

/** @param envelope undefined for the one that the message has */
export function editBody(target: string, text: string, envelope: EnvelopeInit | undefined): CommandBody {
  return { case: "edit", value: { target, content: plainContent(text), ...(envelope && { envelope }) } };
}

export function descriptionBody(description: string): CommandBody {
  // As the server counts them.
  if (description.length > limits.descriptionCharacters) {
    throw new EngineError("invalid", `A description has at most ${limits.descriptionCharacters} characters.`);
  }
  return { case: "setDescription", value: { description } };
}

function plainContent(text: string): MessageInitShape<typeof ContentSchema> {
  // As the server counts them.
  if (text.length < 1 || text.length > limits.textCharacters) {
    throw new EngineError("invalid", `A message has 1 to ${limits.textCharacters} characters.`);
  }
  return { form: { case: "plain", value: { text } } };
}

export function createBody(kind: ConversationKind, title: string, members: readonly string[]): CommandBody {
  return {
    case: "create",
    value: { kind, encryption: Encryption.NONE, history: HistoryPolicy.SINCE_JOINED, title, members: [...members] },
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

/** A change to a message, made to another message; undefined for what is no reaction. */
export function onMessage({ command: { body } }: Pending, target: string): CommandBody | undefined {
  switch (body.case) {
    case "setReaction":
      return { case: "setReaction", value: { target, emoji: body.value.emoji } };
    case "unsetReaction":
      return { case: "unsetReaction", value: { target, emoji: body.value.emoji } };
    default:
      return undefined;
  }
}
