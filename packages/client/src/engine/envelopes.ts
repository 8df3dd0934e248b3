import type { MessageInitShape } from "@bufbuild/protobuf";
import { memberOf, presentMembers, rightsIn } from "@parley/log";
import { type Envelope, type EnvelopeSchema, type Message, Role } from "@parley/protocol";
import { entryOfPending, foldOntoEntry } from "../core/fold-pending.ts";
import { nothingHeld } from "../core/held-conversation.ts";
import { everyone, mentionedIn } from "../core/mentions.ts";
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
    return { ...this.#named(conversation, text), clearsDraft };
  }

  /** A post that nobody has seen, with another text. */
  ofRewritten({ command }: Pending, text: string): EnvelopeInit {
    const { body, log } = command;
    const envelope = body.case === "post" ? body.value.envelope : undefined;
    return { ...(envelope && kept(envelope)), ...this.#named(log, text) };
  }

  /** Undefined where the message goes on with the one it has, because it names the same people. */
  ofEdit(conversation: string, message: Message, text: string): EnvelopeInit | undefined {
    const known = message.envelope ?? nothing;
    const named = this.#named(conversation, text, known.everyone);
    const same = named.everyone === known.everyone && sameInOrder(named.mentions, known.mentions);
    return same ? undefined : { attachments: [...known.attachments], ...named };
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

  /**
   * Members as they will be when everything that waits was done; in a thread those of its parent.
   *
   * @param mayAll whether the message may name everyone, whatever its author's rights are now
   */
  #named(conversation: string, text: string, mayAll = false): Named {
    const { state } = this.#parts(conversation);
    if (!text.includes("@") || state === undefined) return { mentions: [], everyone: false };
    const parent = state.parent === "" ? undefined : this.#parts(state.parent).state;
    const people = presentMembers(parent ?? state).map(({ account }) => ({
      account,
      userName: this.#model.profiles.get(account)?.userName ?? "",
    }));
    const role = memberOf(state, this.#viewer)?.role ?? Role.UNSPECIFIED;
    const allowed = mayAll || rightsIn(state.kind, role).mentionEveryone;
    const accounts = mentionedIn(text, allowed ? [...people, everyone] : people);
    return {
      mentions: accounts.filter((account) => account !== everyone.account),
      everyone: accounts.includes(everyone.account),
    };
  }

  #parts(conversation: string): PendingParts {
    const stored = this.#model.conversations.get(conversation)?.stored ?? nothingHeld(conversation);
    return pendingParts(stored, this.#outbox.inLog(conversation), this.#viewer);
  }
}

interface Named {
  readonly mentions: string[];
  readonly everyone: boolean;
}

const nothing = { attachments: [], mentions: [], everyone: false };

function kept({ attachments, clearsDraft }: Envelope): EnvelopeInit {
  return { attachments, clearsDraft };
}

function sameInOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((account, index) => account === other[index]);
}
