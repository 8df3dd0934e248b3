import type { Engine, MessageStatus, TimelineView } from "@parley/client";
import { CliError } from "../cli-error.ts";
import { newId } from "../find-conversation.ts";
import { until } from "../until.ts";
import { holdUpWords, remarkHoldUps } from "./hold-up-remarks.ts";

const VERDICT_WITHIN_MS = 20_000;
const PATIENCE_MS = 2_000;

/** Sends a message and waits for the server's verdict on it. `remark` is told why that takes long. */
export async function send(
  engine: Engine,
  conversation: string,
  text: string,
  remark: (text: string) => void,
): Promise<string> {
  const timeline = engine.openTimeline(conversation);
  const id = newId();
  await engine.post({ id, conversation, text, sentAt: Date.now() });
  const isDecided = (view: TimelineView) => {
    const status = statusOf(view, id);
    return status !== undefined && status.kind !== "sending";
  };
  const stopRemarks = remarkHoldUps(engine.conversations, PATIENCE_MS, remark);
  const view = await until(timeline, isDecided, VERDICT_WITHIN_MS);
  stopRemarks();
  timeline.close();
  const status = view === undefined ? undefined : statusOf(view, id);
  if (status === undefined) {
    const { holdUp } = engine.conversations.get();
    const why = holdUp === undefined ? "The server has not answered in time" : holdUpWords[holdUp];
    throw new CliError(`${why}. The message may or may not have arrived: look before you send it again.`);
  }
  if (status.kind === "failed") throw new CliError(`Not sent: ${status.reason}`);
  return "Sent.";
}

function statusOf({ rows }: TimelineView, id: string): MessageStatus | undefined {
  const row = rows.find((candidate) => candidate.id === id);
  return row?.kind === "message" ? row.status : undefined;
}
