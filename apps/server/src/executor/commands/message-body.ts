import { type Content, type Envelope, limits, type Plain, RejectionCode, uuidVersion } from "@parley/protocol";
import type { Refusal } from "../ruling.ts";

/** Whether content and envelope of a post or an edit keep the bounds. */
export function validateMessage(envelope: Envelope | undefined, content: Content | undefined): Refusal | undefined {
  return validateContent(content) ?? (envelope === undefined ? undefined : validateEnvelope(envelope));
}

/** What rows and events keep of an envelope: which draft a post clears is its author's own affair. */
export function keptEnvelope(envelope: Envelope): Envelope {
  return envelope.clearsDraft === 0 ? envelope : { ...envelope, clearsDraft: 0 };
}

function validateContent(content: Content | undefined): Refusal | undefined {
  switch (content?.form.case) {
    case "plain":
      return validatePlain(content.form.value);
    case "sealed":
      return { code: RejectionCode.NOT_SUPPORTED, reason: "This server does not keep encrypted conversations." };
    default:
      return invalid("content is missing.");
  }
}

/** Whether what it answers is there is for its readers to find out, as it has to be where content is sealed. */
function validatePlain({ text, replyTo }: Plain): Refusal | undefined {
  if (replyTo !== "" && uuidVersion(replyTo) === undefined) return invalid("reply_to is not an id.");
  return validateText(text);
}

function validateText(text: string): Refusal | undefined {
  if (text.length === 0) return invalid("text is empty.");
  if (!text.isWellFormed()) return invalid("text is not Unicode.");
  if (text.length > limits.textCharacters) return invalid(`text has more than ${limits.textCharacters} characters.`);
  return undefined;
}

function validateEnvelope({ attachments, mentions }: Envelope): Refusal | undefined {
  if (attachments.length > limits.attachmentsPerMessage) return invalid("There are too many attachments.");
  if (mentions.length > limits.mentionsPerMessage) return invalid("There are too many mentions.");
  if (![...attachments, ...mentions].every((id) => uuidVersion(id) !== undefined)) {
    return invalid("An attachment or mention is not an id.");
  }
  return undefined;
}

function invalid(reason: string): Refusal {
  return { code: RejectionCode.INVALID, reason };
}
