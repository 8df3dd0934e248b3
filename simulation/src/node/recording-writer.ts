import type { Answer } from "@parley/protocol";
import type { LogWriter, Submitted } from "@parley/server/parts";
import { checkPublished } from "../oracle/check-published.ts";
import type { TruthKeeper } from "../oracle/truth-keeper.ts";
import { verdictText } from "../oracle/verdict-text.ts";
import type { Violation } from "../oracle/violation.ts";
import type { Trace } from "../trace.ts";

function answerText({ id, outcome }: Answer): string {
  const answer =
    outcome.case === "verdict" ? verdictText(outcome.value) : `${outcome.case} ${JSON.stringify(outcome.value)}`;
  return `${id} ${answer}`;
}

/** The writer, with the truth keeper beside it: what comes in, what is answered and what is published. */
export function recordingWriter(
  writer: LogWriter,
  truth: TruthKeeper,
  trace: Trace,
  report: (violations: readonly Violation[]) => void,
): LogWriter {
  return {
    async execute(batch: readonly Submitted[]) {
      truth.ledger.receive(batch);
      const outcome = await writer.execute(batch);
      for (const published of outcome.published) report(checkPublished(truth.ledger, published));
      for (const [index, answer] of outcome.answers.entries()) {
        const account = batch[index]?.account;
        trace.add(answerText(answer));
        if (account === undefined || answer.outcome.case !== "verdict") continue;
        report(truth.ledger.answered(answer.id, account, answer.outcome.value));
      }
      return outcome;
    },
    async mark(account, update) {
      const stored = truth.secrets.mark(account, update.conversation);
      const outcome = await writer.mark(account, update).catch((error: unknown) => {
        stored(undefined);
        throw error;
      });
      stored(outcome?.read);
      if (outcome !== undefined) report(truth.marks.merged(truth.ledger, account, update, outcome));
      return outcome;
    },
    draft: (account, request) => writer.draft(account, request),
    registerDevice: (device) => writer.registerDevice(device),
    closeDevice: (account, device) => writer.closeDevice(account, device),
    seen: (account, device, at) => writer.seen(account, device, at),
    putProfile: (account, userName, displayName) => writer.putProfile(account, userName, displayName),
    putPrivacy: (account, change) => writer.putPrivacy(account, change),
    closeReport: (reporter, id) => writer.closeReport(reporter, id),
    async due() {
      const outcome = await writer.due();
      for (const published of outcome.published) report(checkPublished(truth.ledger, published));
      return outcome;
    },
    follow: () => writer.follow(),
    close: () => writer.close(),
  };
}
