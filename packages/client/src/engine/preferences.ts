import { isArchived, isMuted, noPreferences, type Preferences } from "@parley/log";
import { limits, RequestAnswer } from "@parley/protocol";
import type { PreferencesView } from "../api/conversation-list-view.ts";
import type { PreferenceChange } from "../api/preference-change.ts";
import { preferencesWith } from "../core/account-preferences.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { PreferenceSettingInit } from "./command-body.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** Timers of devices that sleep come late, and none runs for longer than some weeks: so it is looked again by then. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** How the account treats its conversations, as the device knows it, with what the outbox is to change. Mutes end by themselves. */
export class PreferenceKeeper {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #time: CorrectedTime;
  readonly #again: () => void;
  #known: { readonly stored: StoredMeta["preferences"]; readonly all: ReadonlyMap<string, Preferences> } | undefined;
  /** When it is looked next whether a mute has ended; undefined while none will. */
  #lookAt: number | undefined;

  /** @param again makes all views be made anew */
  constructor(model: Model, outbox: Outbox, clock: Clock, time: CorrectedTime, again: () => void) {
    this.#model = model;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#time = time;
    this.#again = again;
  }

  /** To be called before views are made: after a change of the outbox, what is known is not as it was. */
  refresh(batch: Batch): void {
    const { meta } = this.#model;
    const changed = this.#known?.stored !== meta.preferences || batch.touched.has(meta.account);
    if (!changed && !batch.touchedAll && this.#known !== undefined) return;
    this.#known = {
      stored: meta.preferences,
      all: preferencesWith(meta.preferences, meta.accountHead, this.#outbox.inLog(meta.account)),
    };
    batch.touchedAll ||= changed;
    this.#wait();
  }

  /** @param entryHead the greatest ordinal, with what waits to be posted */
  shown(conversation: string, entryHead: number): PreferencesView {
    const preferences = this.#known?.all.get(conversation) ?? noPreferences;
    const now = this.#time.now();
    return {
      pinned: preferences.pinned,
      mutedUntil: isMuted(preferences, now) ? this.#byDevice(preferences.mutedUntil) : 0,
      archived: isArchived(preferences, entryHead, now),
      ...(preferences.markedUnread && { markedUnread: true }),
    };
  }

  /** What one says to the message request that a conversation is. */
  answerTo(conversation: string): RequestAnswer {
    return this.#known?.all.get(conversation)?.requestAnswer ?? RequestAnswer.UNSPECIFIED;
  }

  /** @param entryHead as above */
  settingOf(change: PreferenceChange, entryHead: number): PreferenceSettingInit {
    switch (change.kind) {
      case "pin":
        return { case: "pinned", value: change.pinned };
      case "mute":
        return { case: "mutedUntil", value: this.#byServer(change.until) };
      case "archive":
        return { case: "archivedUpTo", value: change.archived ? Math.max(1, entryHead) : 0 };
      case "mark-unread":
        return { case: "markedUnread", value: change.unread };
      case "answer-request":
        return { case: "requestAnswer", value: change.accept ? RequestAnswer.ACCEPTED : RequestAnswer.DECLINED };
    }
  }

  #byDevice(until: number): number {
    return until >= limits.mutedForGood ? Number.POSITIVE_INFINITY : until - this.#time.of(0);
  }

  #byServer(until: number): number {
    return until === 0 ? 0 : Math.min(limits.mutedForGood, Math.max(0, Math.round(this.#time.of(until))));
  }

  #wait(): void {
    const now = this.#time.now();
    const ends = [...(this.#known?.all.values() ?? [])].map(({ mutedUntil }) => mutedUntil);
    const next = Math.min(...ends.filter((end) => end > now && end < limits.mutedForGood));
    if (!Number.isFinite(next)) return;
    const waitMs = Math.min(next - now, LONGEST_WAIT_MS);
    const lookAt = this.#clock.elapsed() + waitMs;
    if (this.#lookAt !== undefined && this.#lookAt <= lookAt) return;
    this.#lookAt = lookAt;
    this.#clock.after(waitMs, () => {
      if (this.#lookAt === lookAt) this.#lookAt = undefined;
      this.#again();
    });
  }
}
