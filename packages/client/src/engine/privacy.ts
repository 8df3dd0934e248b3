import type { Privacy } from "@parley/protocol";
import { forgetOthersReads } from "../core/read-marks.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";

/** Keeps what the account keeps to itself, and forgets what it is not told any more. */
export class PrivacyKeeper {
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** As of now, whatever was told before: it may be of another history. */
  welcome(told: Privacy, batch: Batch): void {
    const { meta } = this.#model;
    const { rev, hidesReads, hidesPresence } = told;
    const before = meta.privacy;
    if (before?.rev === rev && before.hidesReads === hidesReads && before.hidesPresence === hidesPresence) return;
    this.#model.putMeta({ ...meta, privacy: { rev, hidesReads, hidesPresence } }, batch);
    batch.touchedAll = true;
    if (!hidesReads) return;
    for (const conversation of this.#model.conversations.values()) {
      this.#model.update(conversation, forgetOthersReads(conversation.stored), batch);
    }
  }

  changed(told: Privacy, batch: Batch): void {
    if (told.rev > (this.#model.meta.privacy?.rev ?? 0)) this.welcome(told, batch);
  }
}
