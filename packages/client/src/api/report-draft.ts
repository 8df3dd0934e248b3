export type ReportReasonName = "spam" | "harassment" | "illegal" | "other";

/** What is told to the admins of the server. */
export interface ReportDraft {
  readonly conversation: string;
  /** Of others, 1 to 20. */
  readonly messages: readonly string[];
  readonly reason: ReportReasonName;
  /** May be empty. */
  readonly note: string;
  /** Some messages before and after are told, too. */
  readonly withContext: boolean;
}
