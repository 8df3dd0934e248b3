import type { ReportReasonName } from "@parley/client";

/** What somebody told the admins of the server, and no admin is done with. */
export interface OpenReport {
  readonly id: string;
  /** Whose report it is. */
  readonly reporter: string;
  readonly reporterName: string;
  /** Of the group; empty in other conversations. */
  readonly title: string;
  readonly at: number;
  readonly keptUntil: number;
  readonly reason: ReportReasonName;
  readonly note: string;
  readonly messages: readonly ReportedLine[];
}

export interface ReportedLine {
  readonly id: string;
  readonly authorName: string;
  readonly at: number;
  /** Undefined where it was deleted, or out of the reporter's sight. */
  readonly text: string | undefined;
  /** Else it stands around what was reported. */
  readonly reported: boolean;
}

/** What admins of the server ask of it. */
export interface ReportDesk {
  /** The oldest first. */
  reports(): Promise<readonly OpenReport[]>;
  closeReport(report: Pick<OpenReport, "reporter" | "id">): Promise<void>;
}
