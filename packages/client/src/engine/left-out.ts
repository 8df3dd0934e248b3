import { withState } from "../core/pending.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { EngineRules } from "./rules.ts";

/** Nobody reads more notices than these at once. */
const MOST_KEPT = 20;

/** Whom commands of this device named and did not bring: found out once the log is held as far as their events, and kept until a person was told. */
export class LeftOutKeeper {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #rules: Pick<EngineRules, "leftOut">;

  constructor(model: Model, outbox: Outbox, rules: Pick<EngineRules, "leftOut">) {
    this.#model = model;
    this.#outbox = outbox;
    this.#rules = rules;
  }

  /** Looks at what was accepted, however this device heard of it: by a verdict, an event, or changes that came after a time without a network. */
  refresh(batch: Batch): void {
    for (const pending of this.#outbox.bringing) {
      const { id, log, state } = pending.entry;
      const held = this.#model.conversations.get(log)?.stored;
      // In doubt, a seq may be that of another history.
      if (state.kind !== "accepted" || held?.state === undefined || this.#model.meta.doubted.includes(log)) continue;
      if (held.head.seq < state.seq) continue;
      // With what is found in one commit: it is found once.
      this.#outbox.put(withState(pending, { ...state, lookedAt: true }), batch);
      const accounts = this.#rules.leftOut(pending.command, state.seq, held.state);
      if (accounts.length === 0) continue;
      const { meta } = this.#model;
      const all = [...(meta.leftOut ?? []), { command: id, conversation: log, accounts }];
      this.#model.putMeta({ ...meta, leftOut: all.slice(-MOST_KEPT) }, batch);
    }
  }

  /** Whether nobody was told yet of those whom a command left out; who asks first tells. */
  take(command: string, batch: Batch): boolean {
    const { meta } = this.#model;
    const { leftOut: all = [] } = meta;
    const others = all.filter((one) => one.command !== command);
    if (others.length === all.length) return false;
    this.#model.putMeta({ ...meta, leftOut: others.length === 0 ? undefined : others }, batch);
    batch.touched.add(meta.account);
    return true;
  }
}
