import type { Clock, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import type { OpenReport, ReportDesk } from "./open-report.ts";

export interface ReportsSnapshot {
  readonly state: "loading" | "failed" | "loaded";
  readonly reports: readonly ReportItem[];
}

/** A report, ready to draw. */
export interface ReportItem {
  readonly id: string;
  /** Why, and by whom. */
  readonly title: string;
  readonly place: string;
  readonly erased: string;
  readonly note: string;
  readonly messages: readonly ReportedItem[];
}

export interface ReportedItem {
  readonly id: string;
  readonly author: string;
  readonly time: string;
  readonly text: string;
  /** The text is said about it, not by it. */
  readonly quiet: boolean;
  readonly reported: boolean;
}

export interface ReportsPorts {
  readonly desk: ReportDesk;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Pick<Notices, "show" | "attempt">;
}

/** What people have reported, for an admin of the server. */
export class ReportsViewModel implements Observable<ReportsSnapshot> {
  readonly #ports: ReportsPorts;
  readonly #snapshot = new ObservedValue<ReportsSnapshot>({ state: "loading", reports: [] });
  #open: readonly OpenReport[] = [];

  constructor(ports: ReportsPorts) {
    this.#ports = ports;
    void this.load();
  }

  get = (): ReportsSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => undefined;

  load = async (): Promise<void> => {
    try {
      this.#open = await this.#ports.desk.reports();
      this.#snapshot.set({ state: "loaded", reports: this.#open.map((report) => this.#item(report)) });
    } catch {
      this.#snapshot.change({ state: "failed" });
    }
  };

  close = async (id: string): Promise<void> => {
    const { desk, notices, texts } = this.#ports;
    const report = this.#open.find((one) => one.id === id);
    if (report === undefined) return;
    if (!(await notices.attempt(desk.closeReport(report), texts.reports.failed))) return;
    notices.show(texts.reports.closed);
    await this.load();
  };

  #item({ id, reporterName, title, at, keptUntil, reason, note, messages }: OpenReport): ReportItem {
    const { texts, format, clock } = this.#ports;
    const { reports } = texts;
    const when = format.moment(at, clock.now());
    const nameOf = (name: string) => name || texts.common.unknownPerson;
    return {
      id,
      title: reports.by(texts.report.reasons[reason], nameOf(reporterName)),
      place: title === "" ? reports.inDirect(when) : reports.in(title, when),
      erased: reports.erased(format.full(keptUntil)),
      note,
      messages: messages.map(({ authorName, at: then, text, ...message }) => ({
        ...message,
        author: nameOf(authorName),
        time: format.full(then),
        text: text ?? reports.noText,
        quiet: text === undefined,
      })),
    };
  }
}
