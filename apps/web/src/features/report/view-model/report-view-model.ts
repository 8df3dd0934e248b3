import type { Engine, Observable, ReportReasonName } from "@parley/client";
import { limits } from "@parley/protocol";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

export interface ReportSnapshot {
  readonly reason: ReportReasonName;
  readonly note: string;
  readonly withContext: boolean;
  /** Who wrote it is to be blocked, too. */
  readonly blocks: boolean;
  readonly sending: boolean;
}

/** In the order in which they are offered. */
export const reportReasons: readonly ReportReasonName[] = ["spam", "harassment", "illegal", "other"];

/** Of a note. */
export const mostCharacters = limits.reportNoteCharacters;

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface ReportPorts {
  readonly engine: Pick<Engine, "report" | "block" | "connection" | "account">;
  readonly conversation: string;
  readonly message: string;
  readonly author: { readonly account: string; readonly name: string };
  readonly texts: Texts;
  readonly notices: Pick<Notices, "show">;
  readonly newId: () => string;
  /** It is on its way. */
  readonly done: () => void;
}

/** What is told to the admins of the server about a message. */
export class ReportViewModel implements Observable<ReportSnapshot> {
  readonly #ports: ReportPorts;
  readonly #snapshot = new ObservedValue<ReportSnapshot>({
    reason: "spam",
    note: "",
    withContext: false,
    blocks: false,
    sending: false,
  });

  constructor(ports: ReportPorts) {
    this.#ports = ports;
  }

  get = (): ReportSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => undefined;

  /** What the admins get, for how long, and what becomes of it. */
  get explanations(): readonly string[] {
    const { texts, author } = this.#ports;
    const days = Math.round(limits.reportKeptMs / DAY_MS);
    return [texts.report.whatTheyGet(author.name), texts.report.kept(days)];
  }

  get contextLabel(): string {
    return this.#ports.texts.report.context(limits.reportContext);
  }

  /** Undefined where they are blocked already. */
  get blockLabel(): string | undefined {
    const { engine, texts, author } = this.#ports;
    const isBlocked = engine.account.get().blocked?.some(({ account }) => account === author.account) === true;
    return isBlocked ? undefined : texts.report.alsoBlock(author.name);
  }

  setReason = (reason: ReportReasonName): void => this.#snapshot.change({ reason });
  setNote = (note: string): void => this.#snapshot.change({ note });
  setContext = (withContext: boolean): void => this.#snapshot.change({ withContext });

  setBlocks = (blocks: boolean): void => this.#snapshot.change({ blocks });

  send = async (): Promise<void> => {
    const { reason, note, withContext, blocks, sending } = this.get();
    if (sending) return;
    const { engine, conversation, message, author, texts, notices, newId, done } = this.#ports;
    this.#snapshot.change({ sending: true });
    try {
      const report = { conversation, messages: [message], reason, note: note.trim(), withContext };
      await engine.report(newId(), report);
      if (blocks) await engine.block(newId(), author.account, true);
      notices.show(engine.connection.get().kind === "online" ? texts.report.sent : texts.report.waits);
      done();
    } catch {
      notices.show(texts.conversation.actionFailed, "problem");
      this.#snapshot.change({ sending: false });
    }
  };
}
