import type { Engine, MessageStatus, TimelineView } from "@parley/client";
import { CliError } from "../cli-error.ts";
import { newId } from "../find-conversation.ts";
import { until } from "../until.ts";

const VERDICT_WITHIN_MS = 20_000;

/** Sends a message and waits for the server's verdict on it. */
export async function send(engine: Engine, conversation: string, text: string): Promise<string> {
  const timeline = engine.openTimeline(conversation);
  const id = newId();
  await engine.post({ id, conversation, text, sentAt: Date.now() });
  const isDecided = (view: TimelineView) => {
    const status = statusOf(view, id);
    return status !== undefined && status.kind !== "sending";
  };
  const view = await until(timeline, isDecided, VERDICT_WITHIN_MS);
  timeline.close();
  const status = view === undefined ? undefined : statusOf(view, id);
  if (status === undefined) {
    throw new CliError(
      "The server has not answered in time. The message may or may not have arrived: look before you send it again.",
    );
  }
  if (status.kind === "failed") throw new CliError(`Not sent: ${status.reason}`);
  return "Sent.";
}

function statusOf({ rows }: TimelineView, id: string): MessageStatus | undefined {
  const row = rows.find((candidate) => candidate.id === id);
  return row?.kind === "message" ? row.status : undefined;
}
