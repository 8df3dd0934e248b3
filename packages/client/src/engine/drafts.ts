import { type Draft, limits } from "@parley/protocol";
import { hasLines, withoutLines } from "../core/draft-text.ts";
import type { ConfirmedDraft, Durability } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import { FlushPace } from "./flush-pace.ts";
import type { Model } from "./model.ts";
import type { EngineRules } from "./rules.ts";
import type { Wire } from "./wire.ts";

/** A post empties its draft by itself: only if that did not happen is it emptied without. */
const EMPTY_AFTER_MS = 2_000;
/** Not answered: the server could not store it then. */
const REPEAT_AFTER_MS = 30_000;
/** No frame carries more characters than this, unless of one draft. */
const CHARACTERS_PER_FRAME = 64_000;

/** Keeps what is being written, sends it until the server has it, and takes what other devices write. */
export class DraftKeeper {
  readonly #model: Model;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #rules: EngineRules;
  readonly #viewer: string;
  readonly #pace: FlushPace;
  /** When updates were sent that are not answered: one of a conversation at a time. */
  readonly #sent = new Map<string, number>();
  readonly #emptiedAt = new Map<string, number>();

  /** @param again makes the engine flush once more */
  constructor(model: Model, wire: Wire, clock: Clock, rules: EngineRules, viewer: string, again: () => void) {
    this.#model = model;
    this.#wire = wire;
    this.#clock = clock;
    this.#rules = rules;
    this.#viewer = viewer;
    this.#pace = new FlushPace(clock, again);
  }

  /** The greatest version that the server has told: it tells them in their order. */
  get known(): number {
    let known = 0;
    for (const { version } of this.#model.confirmedDrafts.values()) known = Math.max(known, version);
    return known;
  }

  /** The person wrote. @param from absent to replace whatever is there */
  write(conversation: string, text: string, from: string | undefined, batch: Batch): void {
    const current = this.#text(conversation);
    this.#put(conversation, from === undefined ? text : this.#rules.carryOver(from, text, current), batch);
  }

  /** The version that ends with what was posted; 0 if something else is being written there. */
  versionEndedBy(conversation: string, draft: string): number {
    return this.#rules.carryOver(draft, "", this.#text(conversation)) === ""
      ? this.#confirmed(conversation).version
      : 0;
  }

  /** The person posted what was the draft. */
  posted(conversation: string, draft: string, batch: Batch): void {
    this.write(conversation, "", draft, batch);
    this.#emptiedAt.set(conversation, this.#clock.elapsed());
  }

  /** The server tells a draft: of another device, or the answer to one's own. */
  told({ conversation, version, text, writers }: Draft, batch: Batch): void {
    const before = this.#confirmed(conversation);
    if (version < before.version) return;
    this.#sent.delete(conversation);
    if (version === before.version) return;
    this.#confirm({ conversation, version, text, sent: [] }, batch);
    const { device } = this.#model.meta;
    // A store that was rebuilt knows what it has sent, but is another device.
    const isOwn = before.sent.includes(text);
    const stored = isOwn || writers.some((writer) => writer.device === device && writer.base === before.version);
    const from = stored ? partOf(text, before) : before.text;
    this.#put(conversation, this.#join(from, text, this.#text(conversation)), batch);
  }

  /** What was written elsewhere and here since both said the same. */
  #join(from: string, told: string, own: string): string {
    // What was only added to has no share in what became of it elsewhere, such as that it was posted.
    const isPart = hasLines(own, from) || (told === "" && withoutLines(own, from) !== undefined);
    const onlyAdded = isPart && !hasLines(told, from);
    return onlyAdded ? this.#rules.carryOver(from, told, own) : this.#rules.carryOver(from, own, told);
  }

  lost(): void {
    this.#sent.clear();
    this.#pace.lost();
  }

  /** Sends what the server does not have, some conversations in one frame, at most once a second. */
  flush(batch: Batch): void {
    if (!this.#wire.ready) return;
    const now = this.#clock.elapsed();
    const open = this.#open().map((conversation) => ({ conversation, dueAt: this.#dueAt(conversation) }));
    if (open.length === 0) return;
    if (!this.#pace.isTimeFor(Math.min(...open.map(({ dueAt }) => dueAt)), batch)) return;
    const updates = this.#updates(open.filter(({ dueAt }) => dueAt <= now).map(({ conversation }) => conversation));
    for (const { conversation, text } of updates) {
      this.#sent.set(conversation, now);
      const confirmed = this.#confirmed(conversation);
      const sent = [...confirmed.sent.filter((other) => other !== text), text];
      // As with commands, what leaves is stored for good before: else it could be sent again from the same version, as something else.
      this.#confirm({ ...confirmed, sent }, batch, "strict");
      this.#emptiedAt.delete(conversation);
    }
    batch.after(() => this.#wire.send({ case: "drafts", value: { updates } }));
    this.#pace.flushed(batch);
  }

  /** Conversations whose draft the server does not have as it is, and may have. */
  #open(): string[] {
    const { drafts, confirmedDrafts } = this.#model;
    const open: string[] = [];
    for (const [conversation, text] of drafts) {
      const confirmed = this.#confirmed(conversation);
      const isTold = confirmed.version > 0 && text === confirmed.text;
      if (!isTold && this.#maySend(conversation, text)) open.push(conversation);
    }
    for (const { conversation, text } of confirmedDrafts.values()) {
      if (text !== "" && !drafts.has(conversation) && this.#maySend(conversation, "")) open.push(conversation);
    }
    return open;
  }

  #maySend(conversation: string, text: string): boolean {
    const state = this.#model.conversations.get(conversation)?.stored.state;
    const member = state?.members.some(({ account, present }) => account === this.#viewer && present);
    return member === true && text.length <= limits.textCharacters && text.isWellFormed();
  }

  #dueAt(conversation: string): number {
    const sentAt = this.#sent.get(conversation);
    if (sentAt !== undefined) return sentAt + REPEAT_AFTER_MS;
    const emptiedAt = this.#text(conversation) === "" ? this.#emptiedAt.get(conversation) : undefined;
    return emptiedAt === undefined ? 0 : emptiedAt + EMPTY_AFTER_MS;
  }

  #updates(conversations: readonly string[]) {
    const updates: { conversation: string; text: string; base: number }[] = [];
    let characters = 0;
    for (const conversation of conversations.slice(0, limits.draftsPerFrame)) {
      const text = this.#text(conversation);
      characters += text.length;
      if (updates.length > 0 && characters > CHARACTERS_PER_FRAME) break;
      updates.push({ conversation, text, base: this.#confirmed(conversation).version });
    }
    return updates;
  }

  #text(conversation: string): string {
    return this.#model.drafts.get(conversation) ?? "";
  }

  #confirmed(conversation: string): ConfirmedDraft {
    return this.#model.confirmedDrafts.get(conversation) ?? { conversation, version: 0, text: "", sent: [] };
  }

  #confirm(draft: ConfirmedDraft, batch: Batch, durability: Durability = "relaxed"): void {
    this.#model.confirmedDrafts.set(draft.conversation, draft);
    batch.put({ kind: "confirmed-draft", draft }, durability);
  }

  #put(conversation: string, text: string, batch: Batch): void {
    if (text === this.#text(conversation)) return;
    if (text === "") this.#model.drafts.delete(conversation);
    else this.#model.drafts.set(conversation, text);
    batch.put({ kind: "draft", conversation, text });
    batch.touched.add(conversation);
  }
}

/** Which of one's own updates a draft was made from, where it was one of them: itself, or the first, which nothing that was sent later can have preceded. */
function partOf(text: string, { text: before, sent }: ConfirmedDraft): string {
  return sent.includes(text) ? text : (sent[0] ?? before);
}
