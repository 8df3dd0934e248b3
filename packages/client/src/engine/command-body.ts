import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type CommandSchema,
  type ContentSchema,
  type ConversationKind,
  Encryption,
  HistoryPolicy,
  limits,
} from "@parley/protocol";
import type { Pending } from "../core/pending.ts";
import { EngineError } from "./engine-error.ts";

/** What a command does, as it is written down. */
export type CommandBody = NonNullable<MessageInitShape<typeof CommandSchema>["body"]>;

/** @param clearsDraft the version of the draft that it was; 0 if none */
export function postBody(text: string, clearsDraft: number): CommandBody {
  return { case: "post", value: { envelope: { clearsDraft }, content: plainContent(text) } };
}

/** The version of the draft that a pending post was. */
export function clearsDraft({ command: { body } }: Pending): number {
  return body.case === "post" ? (body.value.envelope?.clearsDraft ?? 0) : 0;
}

export function plainContent(text: string): MessageInitShape<typeof ContentSchema> {
  const characters = [...text].length;
  if (characters < 1 || characters > limits.textCharacters) {
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
export function editedPost({ command }: Pending): CommandBody {
  const { body } = command;
  if (body.case !== "edit") throw new EngineError("invalid", "Not an edit.");
  const { envelope, content } = body.value;
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
