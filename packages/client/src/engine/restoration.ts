import { limits, type VerdictsResponse } from "@parley/protocol";
import { nothingHeld } from "../core/held-conversation.ts";
import { type Pending, withState } from "../core/pending.ts";
import type { Batch } from "./batch.ts";
import { ConversationModel, type Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { Submitter } from "./submitter.ts";

/**
 * Meeting another incarnation: what was held of the former history is dropped, and of one's own acknowledged commands those that the server does
 * not know go back into the outbox with the same ids, before anything else is sent. The device remembers the new incarnation only when that is
 * done, so that it begins again where it was interrupted.
 */
export class Restoration {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #requests: Requests;
  readonly #submitter: Submitter;
  #open = 0;

  constructor(model: Model, outbox: Outbox, requests: Requests, submitter: Submitter) {
    this.#model = model;
    this.#outbox = outbox;
    this.#requests = requests;
    this.#submitter = submitter;
  }

  begin(incarnation: string, batch: Batch): void {
    batch.forgetHistory();
    for (const id of this.#model.conversations.keys()) {
      this.#model.conversations.set(id, new ConversationModel(nothingHeld(id)));
    }
    this.#submitter.paused = true;
    this.#open = 0;
    for (const log of [...this.#outbox.logs]) {
      const accepted = this.#outbox.inLog(log).filter(({ entry }) => entry.state.kind === "accepted");
      for (let start = 0; start < accepted.length; start += limits.idsPerRequest) {
        this.#ask(log, accepted.slice(start, start + limits.idsPerRequest), incarnation, batch);
      }
    }
    if (this.#open === 0) this.#finish(incarnation, batch);
  }

  #ask(log: string, commands: readonly Pending[], incarnation: string, batch: Batch): void {
    this.#open++;
    const ids = commands.map(({ entry }) => entry.id);
    this.#requests.ask(
      { case: "verdicts", value: { log, ids } },
      {
        answered: (answer, later) => {
          this.#compare(log, commands, answer.case === "verdicts" ? answer.value : undefined, later);
          this.#open--;
          if (this.#open === 0) this.#finish(incarnation, later);
        },
        // The next Welcome begins again.
        lost: () => undefined,
      },
      batch,
    );
  }

  #compare(log: string, commands: readonly Pending[], known: VerdictsResponse | undefined, batch: Batch): void {
    const verdicts = new Map(known?.answers.map((answer) => [answer.id, answer.outcome]));
    this.#outbox.apply(log, { kind: "unlinked" }, batch);
    for (const pending of commands) {
      const outcome = verdicts.get(pending.entry.id);
      const verdict = outcome?.case === "verdict" ? outcome.value.outcome : undefined;
      if (verdict?.case === "accepted") {
        const { seq, receivedAt } = verdict.value;
        this.#outbox.put(withState(pending, { kind: "accepted", seq, receivedAt }), batch);
      } else {
        // Unknown, or rejected in the other history: the server's answer to this copy decides.
        this.#outbox.add(withState(pending, { kind: "queued" }), batch);
      }
    }
  }

  #finish(incarnation: string, batch: Batch): void {
    this.#model.putMeta({ ...this.#model.meta, incarnation }, batch);
    this.#submitter.paused = false;
  }
}
