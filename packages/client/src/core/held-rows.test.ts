import { expect, test } from "bun:test";
import { countMentions, countUnread, holds, targetOf } from "@parley/log";
import type { Entry } from "@parley/protocol";
import fc from "fast-check";
import { group, me } from "../testing/engine-fixture.ts";
import { happenings, RandomLog } from "../testing/random-log.ts";
import { nothingHidden } from "./account-hidden.ts";
import { applyChanges } from "./apply-changes.ts";
import { applyEvent } from "./apply-event.ts";
import { applyReset } from "./apply-reset.ts";
import { type Applied, newestRun, nothingHeld } from "./held-conversation.ts";
import { joinPage } from "./join-page.ts";
import type { Journal } from "./journal.ts";
import { unreadCount } from "./unread-count.ts";

/** A device reduced to its rules: what it holds after each input, with rows in a map. */
class Holder {
  conversation = nothingHeld(group);
  readonly rows = new Map<string, Entry>();
  /** Pages that were asked for: the snapshot is taken somewhere between now and the answer. */
  asked: { readonly journalFrom: number; readonly since: number; readonly from: number; readonly asOf: number }[] = [];
  recount = false;
  readonly #items: Journal["items"][number][] = [];

  constructor(readonly log: RandomLog) {}

  get head(): number {
    return this.conversation.head.seq;
  }

  reset(asOf: number, newest: number): void {
    this.asked = [];
    const unread = countUnread(this.log.rows(asOf), me, 0);
    this.#take(applyReset(this.conversation, this.log.reset(asOf, newest, unread)));
  }

  nextEvent(): void {
    if (this.head >= this.log.head) return;
    const event = this.log.event(this.head + 1);
    const target = this.rows.get(targetOf(event) ?? "");
    const held = target !== undefined && holds(this.conversation.ranges, { from: target.ordinal, to: target.ordinal });
    this.#take(applyEvent(this.conversation, event, held ? target : undefined));
    this.#items.push({ kind: "event", event });
  }

  changes(to: number): void {
    if (to < this.head) return;
    const changes = this.log.changes(this.head, to);
    const held = changes.entries.map(({ id }) => this.rows.get(id)).filter((row) => row !== undefined);
    this.#take(applyChanges(this.conversation, changes, held));
    for (const entry of changes.entries) this.#items.push({ kind: "row", entry });
  }

  ask(from: number, ahead: number): void {
    const asOf = Math.min(this.log.head, this.head + ahead);
    this.asked.push({ journalFrom: this.#items.length, since: this.head, from, asOf });
  }

  answer(): void {
    const asked = this.asked.shift();
    if (asked === undefined) return;
    const page = this.log.page(asked.asOf, asked.from, 7);
    const held = [...this.rows.values()].filter(
      ({ ordinal }) => ordinal >= page.fromOrdinal && ordinal <= page.toOrdinal,
    );
    const journal = { since: asked.since, items: this.#items.slice(asked.journalFrom) };
    this.#take(joinPage(this.conversation, page, journal, held));
  }

  /** Rows that may be shown. */
  shown(): Entry[] {
    return [...this.rows.values()]
      .filter(({ ordinal }) => holds(this.conversation.ranges, { from: ordinal, to: ordinal }))
      .sort((one, other) => one.ordinal - other.ordinal);
  }

  #take({ conversation, entries, recount }: Applied): void {
    this.conversation = conversation;
    this.recount ||= recount;
    for (const entry of entries) this.rows.set(entry.id, entry);
  }
}

interface Input {
  readonly kind: string;
  readonly from: number;
  readonly ahead: number;
}

const inputs: fc.Arbitrary<Input[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...frequent(8, "event"), ...frequent(5, "ask"), ...frequent(5, "answer"), "changes", "reset"),
    from: fc.integer({ min: 1, max: 12 }),
    ahead: fc.nat({ max: 6 }),
  }),
  { minLength: 20, maxLength: 80 },
);

function frequent(times: number, kind: string): string[] {
  return Array.from({ length: times }, () => kind);
}

function run(log: RandomLog, steps: readonly Input[]): Holder {
  const holder = new Holder(log);
  holder.reset(Math.ceil(log.head / 2), 2);
  for (const { kind, from, ahead } of steps) {
    if (kind === "event") holder.nextEvent();
    else if (kind === "ask") holder.ask(from, ahead);
    else if (kind === "answer") holder.answer();
    else if (kind === "changes") holder.changes(Math.min(log.head, holder.head + ahead));
    else holder.reset(Math.min(log.head, holder.head + ahead), 1 + (from % 3));
  }
  return holder;
}

test("[LOG2] [LOG4] [RNG2] [RNG3] however pages, changes, events and Resets mix, what is shown equals the log", () => {
  fc.assert(
    fc.property(happenings, inputs, (happened, steps) => {
      const log = new RandomLog(happened);
      const holder = run(log, steps);
      while (holder.asked.length > 0) holder.answer();
      while (holder.head < log.head) holder.nextEvent();
      const shown = holder.shown();
      const truth = log.rows(log.head);
      for (const { from, to } of holder.conversation.ranges) {
        const expected = truth.filter(({ ordinal }) => ordinal >= from && ordinal <= to);
        expect(expected).toHaveLength(to - from + 1);
        expect(shown.filter(({ ordinal }) => ordinal >= from && ordinal <= to)).toEqual(expected);
      }
      expect(holder.conversation.entryHead).toBe(truth.length);
      expect(holder.conversation.newest).toEqual(truth.at(-1));
    }),
    { numRuns: 200 },
  );
});

test("[MRK3] [MEN2] every count that is certain equals a recomputation, from rows or from the server's count", () => {
  fc.assert(
    fc.property(happenings, inputs, fc.nat({ max: 45 }), (happened, steps, mark) => {
      const log = new RandomLog(happened);
      const holder = run(
        log,
        steps.filter(({ kind }) => kind !== "ask"),
      );
      const { conversation } = holder;
      const held = newestRun(conversation);
      const read = mark > 40 ? 0 : Math.min(mark, conversation.entryHead);
      const run_ = { from: Math.max(held.from, read + 1, conversation.entryHead - 9), to: held.to };
      const { unread, mentions, certain } = unreadCount({
        viewer: me,
        base: conversation.read,
        read,
        head: holder.head,
        entryHead: conversation.entryHead,
        run: run_,
        hidden: nothingHidden,
        rows: holder.shown().filter(({ ordinal }) => ordinal >= run_.from && ordinal <= run_.to),
      });
      if (!certain || holder.recount) return;
      const rows = log.rows(holder.head);
      expect({ unread, mentions }).toEqual({
        unread: countUnread(rows, me, read),
        mentions: countMentions(rows, me, read),
      });
    }),
    { numRuns: 300 },
  );
});
