import type { Entry } from "@parley/protocol";
import type { ForwardDraft } from "../api/engine.ts";
import { entryOfPending, foldOntoEntry } from "../core/fold-pending.ts";
import { isFresh, nothingHeld } from "../core/held-conversation.ts";
import { everyPost, pendingParts } from "../core/pending-parts.ts";
import { messageBody } from "../core/timeline-rows.ts";
import type { Batch } from "./batch.ts";
import type { Commands } from "./commands.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { EngineError } from "./engine-error.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** More is not queued at once. */
const MOST_POSTS = 2_000;

/** Posts messages anew in other conversations: copies of what they say, which depend on nothing. */
export class Forwarder {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #commands: Commands;
  readonly #time: CorrectedTime;
  readonly #viewer: string;

  constructor(model: Model, outbox: Outbox, commands: Commands, time: CorrectedTime, viewer: string) {
    this.#model = model;
    this.#outbox = outbox;
    this.#commands = commands;
    this.#time = time;
    this.#viewer = viewer;
  }

  /** @returns how many posts were left out */
  async forward({ from, sentAt, posts }: ForwardDraft, batch: Batch): Promise<number> {
    if (posts.length > MOST_POSTS) throw new EngineError("invalid", `At most ${MOST_POSTS} posts are made at once.`);
    const texts = await this.#texts(from, [...new Set(posts.map(({ message }) => message))], batch);
    const at = this.#time.of(sentAt);
    let left = 0;
    for (const { id, conversation, message } of posts) {
      const text = texts.get(message);
      if (text === undefined) left++;
      else this.#commands.post(id, conversation, { text, replyTo: "", forwarded: true }, 0, batch, at);
    }
    return left;
  }

  /** Of the messages that can be read here, with the changes to them that wait. */
  async #texts(id: string, messages: readonly string[], batch: Batch): Promise<ReadonlyMap<string, string>> {
    const conversation = this.#model.conversations.get(id)?.stored ?? nothingHeld(id);
    const { changes } = pendingParts(conversation, this.#outbox.inLog(id), this.#viewer, everyPost);
    const texts = new Map<string, string>();
    const take = (entry: Entry | undefined): void => {
      if (entry === undefined) return;
      const { body } = foldOntoEntry(entry, changes.get(entry.id) ?? [], this.#viewer);
      const shown = body.case === "message" ? messageBody(body.value) : undefined;
      if (shown?.kind === "text") texts.set(entry.id, shown.text);
    };
    const held = (await batch.entriesById(id, messages)).filter((entry) => isFresh(conversation, entry));
    const known = new Set(held.map((entry) => entry.id));
    for (const entry of held) take(entry);
    for (const message of messages) {
      const pending = known.has(message) ? undefined : this.#outbox.get(message);
      if (pending?.entry.log === id) take(entryOfPending(pending, this.#viewer));
    }
    return texts;
  }
}
