import type { Entry } from "@parley/protocol";
import { type EngineFixture, group, type SampleLog } from "./engine-fixture.ts";
import { settled } from "./manual-clock.ts";

/** Answers the oldest open question, which asks for a page of what comes after an entry. */
export async function answerPage(fixture: EngineFixture, log: SampleLog, entries?: readonly Entry[]): Promise<void> {
  const [request] = fixture.server.take("request");
  if (request?.question.case !== "page" || request.question.value.cursor.case !== "after") throw new Error("no page");
  const from = request.question.value.cursor.value + 1;
  const to = Math.min(log.entryHead, from + request.question.value.limit - 1);
  fixture.server.tell({
    case: "response",
    value: {
      id: request.id,
      answer: {
        case: "page",
        value: {
          conversation: group,
          asOf: log.head.seq,
          fromOrdinal: from,
          toOrdinal: to,
          entries: [...(entries ?? log.entries(from, to))],
          entryHead: log.entryHead,
        },
      },
    },
  });
  await settled();
}
