import type { MessageInitShape } from "@bufbuild/protobuf";
import { presentMembers } from "@parley/log";
import type { Envelope, EnvelopeSchema, Message } from "@parley/protocol";
import { entryOfPending, foldOntoEntry } from "../core/fold-pending.ts";
import { nothingHeld } from "../core/held-conversation.ts";
import { mentionedIn } from "../core/mentions.ts";
import type { Pending } from "../core/pending.ts";
import { type PendingParts, pendingParts } from "../core/pending-parts.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** What a command carries of an envelope. */
export type EnvelopeInit = MessageInitShape<typeof EnvelopeSchema>;

/** What the server is told of a message beside its content: whom it names, and what it refers to. */
export class Envelopes {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #viewer: string;

  constructor(model: Model, outbox: Outbox, viewer: string) {
    this.#model = model;
    this.#outbox = outbox;
    this.#viewer = viewer;
  }

  /** @param clearsDraft the version of the draft that it was; 0 if none */
  ofPost(conversation: string, text: string, clearsDraft: number): EnvelopeInit {
    return { mentions: this.#mentions(conversation, text), clearsDraft };
  }

  /** A post that nobody has seen, with another text. */
  ofRewritten({ command }: Pending, text: string): EnvelopeInit {
    const { body, log } = command;
    const envelope = body.case === "post" ? body.value.envelope : undefined;
    return { ...(envelope && kept(envelope)), mentions: this.#mentions(log, text) };
  }

  /** Undefined where the message goes on with the one it has, because it names the same people. */
  ofEdit(conversation: string, message: Message, text: string): EnvelopeInit | undefined {
    const known = message.envelope ?? nothing;
    const mentions = this.#mentions(conversation, text);
    return sameInOrder(mentions, known.mentions) ? undefined : { attachments: [...known.attachments], mentions };
  }

  /** A message as it will be when everything that waits was done. Undefined for what is no message, or not on this device. */
  async messageNow(conversation: string, target: string, batch: Batch): Promise<Message | undefined> {
    const [entry] = await batch.entriesById(conversation, [target]);
    const pending = this.#outbox.get(target);
    const row = entry ?? (pending && entryOfPending(pending, this.#viewer));
    if (row === undefined) return undefined;
    const { body } = foldOntoEntry(row, this.#parts(conversation).changes.get(target) ?? [], this.#viewer);
    return body.case === "message" ? body.value : undefined;
  }

  /** Members as they will be when everything that waits was done. */
  #mentions(conversation: string, text: string): string[] {
    if (!text.includes("@")) return [];
    const { state } = this.#parts(conversation);
    if (state === undefined) return [];
    const people = presentMembers(state).map(({ account }) => ({
      account,
      userName: this.#model.profiles.get(account)?.userName ?? "",
    }));
    return [...mentionedIn(text, people)];
  }

  #parts(conversation: string): PendingParts {
    const stored = this.#model.conversations.get(conversation)?.stored ?? nothingHeld(conversation);
    return pendingParts(stored, this.#outbox.inLog(conversation), this.#viewer);
  }
}

const nothing = { attachments: [], mentions: [] };

function kept({ attachments, clearsDraft }: Envelope): EnvelopeInit {
  return { attachments, clearsDraft };
}

function sameInOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((account, index) => account === other[index]);
}
