import { notesConversationId, type Signals } from "@parley/protocol";
import { expireTyping, nextExpiry, nobodyTypes, noteTyping } from "../core/typing-leases.ts";
import { quiet, stepTypingReport, type TypingReport } from "../core/typing-report.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Wire } from "./wire.ts";

/** Typing and presence, in both directions. Nothing of it is stored. */
export class SignalKeeper {
  readonly #model: Model;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #expire: () => void;
  /** Where nobody else is. */
  readonly #notes: string;
  readonly #reports = new Map<string, TypingReport>();
  #cancelTimer: (() => void) | undefined;

  /** @param expire makes the engine call `expire` as an input. */
  constructor(model: Model, wire: Wire, clock: Clock, expire: () => void) {
    this.#notes = notesConversationId(model.meta.account);
    this.#model = model;
    this.#wire = wire;
    this.#clock = clock;
    this.#expire = expire;
  }

  received(signals: Signals, batch: Batch): void {
    for (const { conversation, account, active } of signals.typing) {
      this.#note(conversation, account, active, batch);
    }
    for (const { account, online, lastSeen } of signals.presence) {
      if (this.#model.online.has(account) === online && (this.#model.lastSeen.get(account) ?? 0) === lastSeen) continue;
      if (online) this.#model.online.add(account);
      else this.#model.online.delete(account);
      if (lastSeen > 0) this.#model.lastSeen.set(account, lastSeen);
      else this.#model.lastSeen.delete(account);
      this.#touchThoseWith(account, batch);
    }
  }

  /** Whoever posts is not typing any more. */
  posted(conversation: string, account: string, batch: Batch): void {
    this.#note(conversation, account, false, batch);
  }

  /** This person types, or stopped. */
  report(conversation: string, active: boolean, batch: Batch): void {
    if (conversation === this.#notes) return;
    const step = stepTypingReport(this.#reports.get(conversation) ?? quiet, active, this.#clock.elapsed());
    this.#reports.set(conversation, step.state);
    const { tell } = step;
    if (tell === undefined) return;
    batch.after(() => {
      if (this.#wire.ready) this.#wire.send({ case: "typing", value: { conversation, active: tell } });
    });
  }

  expire(batch: Batch): void {
    const before = this.#model.typing;
    this.#model.typing = expireTyping(before, this.#clock.elapsed());
    for (const conversation of before.keys()) batch.touched.add(conversation);
    batch.after(() => this.#setTimer());
  }

  /** Without a socket nobody is known to be there, or to type. */
  lost(batch: Batch): void {
    this.#reports.clear();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { online, lastSeen, typing } = this.#model;
    if (online.size === 0 && lastSeen.size === 0 && typing.size === 0) return;
    online.clear();
    lastSeen.clear();
    this.#model.typing = nobodyTypes;
    batch.touchedAll = true;
  }

  #note(conversation: string, account: string, active: boolean, batch: Batch): void {
    const typing = noteTyping(this.#model.typing, conversation, account, active, this.#clock.elapsed());
    if (typing === this.#model.typing) return;
    this.#model.typing = typing;
    batch.touched.add(conversation);
    batch.after(() => this.#setTimer());
  }

  #touchThoseWith(account: string, batch: Batch): void {
    for (const { id, stored } of this.#model.conversations.values()) {
      if (stored.state?.members.some((member) => member.account === account)) batch.touched.add(id);
    }
  }

  #setTimer(): void {
    this.#cancelTimer?.();
    const next = nextExpiry(this.#model.typing);
    this.#cancelTimer =
      next === undefined ? undefined : this.#clock.after(Math.max(0, next - this.#clock.elapsed()), this.#expire);
  }
}
