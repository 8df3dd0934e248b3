import { ConversationKind, type ConversationStatus, type Event, threadConversationId } from "@parley/protocol";
import { isOnlyLookedAt, isPresent } from "../core/followed.ts";
import type { Batch } from "./batch.ts";
import type { Conversations } from "./conversations.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Wire } from "./wire.ts";

/** So many threads that are only looked at are kept: those that were opened last. */
const LOOKED_AT_KEPT = 50;

export interface ThreadLookerParts {
  readonly model: Model;
  readonly wire: Wire;
  readonly outbox: Outbox;
  readonly conversations: Conversations;
  readonly viewer: string;
  /** Whether a window shows a conversation. */
  readonly isShown: (id: string) => boolean;
}

/** Asks for threads that somebody looks at and does not follow: the server says nothing of them by itself. */
export class ThreadLooker {
  readonly #model: Model;
  readonly #wire: Wire;
  readonly #outbox: Outbox;
  readonly #conversations: Conversations;
  readonly #viewer: string;
  readonly #isShown: (id: string) => boolean;
  /** Asked for on this socket, and not changed since as far as is known. */
  readonly #asked = new Set<string>();

  constructor({ model, wire, outbox, conversations, viewer, isShown }: ThreadLookerParts) {
    this.#model = model;
    this.#wire = wire;
    this.#outbox = outbox;
    this.#conversations = conversations;
    this.#viewer = viewer;
    this.#isShown = isShown;
  }

  /** A thread that the device believes to follow and the server does not list is followed no more, or gone. */
  welcome(listed: readonly ConversationStatus[], batch: Batch): void {
    const ids = new Set(listed.map(({ head }) => head?.conversation));
    const unlisted = this.#threads().filter(({ id }) => !ids.has(id));
    const lookedAt = unlisted.filter(({ stored }) => isOnlyLookedAt(stored.state, this.#viewer));
    for (const { id, stored } of unlisted) if (isPresent(stored.state, this.#viewer)) this.#ask(id, batch);
    const byUse = lookedAt.toSorted((one, other) => other.stored.openedAt - one.stored.openedAt);
    for (const { id } of byUse.slice(LOOKED_AT_KEPT)) this.#conversations.forget(id, batch);
  }

  /** A window shows this conversation. */
  look(id: string, batch: Batch): void {
    if (!this.#wire.ready || this.#asked.has(id) || this.#outbox.creationOf(id) !== undefined) return;
    const known = this.#model.conversations.get(id);
    // What is on its way by itself is not asked for.
    if (known?.stored.state === undefined ? known?.catchUp.kind !== "expecting" : this.#isLookedAt(id))
      this.#ask(id, batch);
  }

  /** What happened in a conversation may have happened in one of its threads, or end that they may be read. */
  happened({ log, author, body }: Event, batch: Batch): void {
    switch (body.case) {
      case "threadChanged": {
        const id = threadConversationId(log, body.value.root);
        this.#asked.delete(id);
        batch.touched.add(id);
        // What a window shows is asked for by it. The rest may hold what was just deleted.
        if (this.#isCache(id)) this.#conversations.forget(id, batch);
        break;
      }
      case "memberLeft":
        if (author === this.#viewer) this.#forget(log, batch);
        break;
      case "membersRemoved":
        if (body.value.accounts.includes(this.#viewer)) this.#forget(log, batch);
        break;
    }
  }

  lost(): void {
    this.#asked.clear();
  }

  /** Whether nothing but convenience holds it. */
  #isCache(id: string): boolean {
    return this.#isLookedAt(id) && !this.#isShown(id) && this.#outbox.inLog(id).length === 0;
  }

  #isLookedAt(id: string): boolean {
    return isOnlyLookedAt(this.#model.conversations.get(id)?.stored.state, this.#viewer);
  }

  /** While an answer is on its way it is not asked again: what comes makes the window look once more. */
  #ask(id: string, batch: Batch): void {
    if (this.#conversations.ask(id, batch)) this.#asked.add(id);
  }

  /** Of a conversation that is left only the threads stay that one followed then. */
  #forget(parent: string, batch: Batch): void {
    for (const { id, stored } of this.#threads()) {
      const isOwn = stored.state?.parent === parent && isOnlyLookedAt(stored.state, this.#viewer);
      if (isOwn) this.#conversations.forget(id, batch);
    }
  }

  #threads(): ConversationModel[] {
    return [...this.#model.conversations.values()].filter(
      ({ stored }) => stored.state?.kind === ConversationKind.THREAD,
    );
  }
}
