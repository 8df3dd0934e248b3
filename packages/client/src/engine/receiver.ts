import { ProblemCode, type ServerFrame, type Welcome } from "@parley/protocol";
import { takeAccount } from "../core/account-log.ts";
import type { Batch } from "./batch.ts";
import type { Connector } from "./connector.ts";
import type { Conversations } from "./conversations.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import type { DraftKeeper } from "./drafts.ts";
import type { MarkKeeper } from "./marks.ts";
import type { Model } from "./model.ts";
import type { PrivacyKeeper } from "./privacy.ts";
import type { Requests } from "./requests.ts";
import type { Restoration } from "./restoration.ts";
import type { SignalKeeper } from "./signals.ts";
import type { Submitter } from "./submitter.ts";
import type { ThreadLooker } from "./thread-looker.ts";

export interface ReceiverParts {
  readonly model: Model;
  readonly conversations: Conversations;
  readonly submitter: Submitter;
  readonly requests: Requests;
  readonly restoration: Restoration;
  readonly marks: MarkKeeper;
  readonly drafts: DraftKeeper;
  readonly signals: SignalKeeper;
  readonly privacy: PrivacyKeeper;
  readonly looker: ThreadLooker;
  readonly time: CorrectedTime;
  /** Connects anew and has the server tell all that the account keeps. False if it was asked that already. */
  readonly askForAccount: (batch: Batch) => boolean;
}

/** Takes each frame of the server to whom it concerns. */
export class Receiver {
  readonly #parts: ReceiverParts;

  constructor(parts: ReceiverParts) {
    this.#parts = parts;
  }

  async receive({ frame }: ServerFrame, connector: Connector, batch: Batch): Promise<void> {
    const { conversations, submitter, requests, signals } = this.#parts;
    switch (frame.case) {
      case "welcome":
        return this.#welcome(frame.value, connector, batch);
      case "changes":
        return conversations.changes(frame.value, batch);
      case "reset":
        return conversations.reset(frame.value, batch);
      case "event": {
        const { event } = frame.value;
        if (event !== undefined) this.#parts.looker.happened(event, batch);
        if (event?.body.case === "posted") signals.posted(event.log, event.author, batch);
        return conversations.event(frame.value, batch);
      }
      case "accountEvent":
        return conversations.accountEvent(frame.value, batch);
      case "answers":
        for (const answer of frame.value.answers) submitter.answered(answer, batch);
        return;
      case "response":
        return requests.answered(frame.value, batch);
      case "registers":
        return this.#registers(frame.value, batch);
      case "signals":
        return signals.received(frame.value, batch);
      case "pong":
        return connector.step({ kind: "pong", nonce: frame.value.nonce }, batch);
      case "goodbye":
        return connector.step(
          { kind: "goodbye", code: frame.value.code, retryAfterMs: frame.value.retryAfterMs },
          batch,
        );
      case "problem":
        // Without a time the close code that follows says the same.
        if (frame.value.retryAfterMs === 0) return;
        return connector.step(
          { kind: "goodbye", code: frame.value.code, retryAfterMs: frame.value.retryAfterMs },
          batch,
        );
      case undefined:
        return;
    }
  }

  #welcome(welcome: Welcome, connector: Connector, batch: Batch): void {
    const { model, conversations, submitter, restoration, time, privacy, askForAccount } = this.#parts;
    if (connector.state.kind !== "greeting") return;
    if (welcome.account !== model.meta.account) {
      connector.step({ kind: "goodbye", code: ProblemCode.UNAUTHENTICATED, retryAfterMs: 0 }, batch);
      return;
    }
    if (restoration.doubtsAccount(welcome, batch) && askForAccount(batch)) return;
    connector.step({ kind: "welcomed", heartbeatMs: welcome.heartbeatMs }, batch);
    submitter.credit = welcome.credit;
    time.told(welcome.serverTime);
    if (time.error !== model.meta.clockError) model.putMeta({ ...model.meta, clockError: time.error }, batch);
    batch.touchedAll = true;
    restoration.welcome(welcome, batch);
    if (welcome.preferences !== undefined) {
      model.putMeta(takeAccount(model.meta, welcome.preferences, welcome.accountHead), batch);
    }
    model.putProfiles(welcome.profiles, batch);
    if (welcome.privacy !== undefined) privacy.welcome(welcome.privacy, batch);
    for (const status of welcome.conversations) conversations.welcome(status, batch);
    this.#parts.looker.welcome(welcome.conversations, batch);
  }

  #registers(registers: Extract<ServerFrame["frame"], { case: "registers" }>["value"], batch: Batch): void {
    const { model, marks, drafts, privacy } = this.#parts;
    if (registers.privacy !== undefined) privacy.changed(registers.privacy, batch);
    for (const state of registers.readStates) marks.confirmed(state, batch);
    for (const mark of registers.memberMarks) marks.others(mark, batch);
    for (const summary of registers.markSummaries) marks.summary(summary, batch);
    for (const draft of registers.drafts) drafts.told(draft, batch);
    model.putProfiles(registers.profiles, batch);
  }
}
