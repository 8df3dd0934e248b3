import { create } from "@bufbuild/protobuf";
import { type AccountEvent, MessageScheduledSchema } from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";

const ACCOUNT_EVENTS_PER_READ = 1_000;

/** All of them: a device that lacks one in the middle would never ask for it. */
export async function readAccountEvents(
  snapshot: LogSnapshot,
  account: string,
  after: number,
): Promise<AccountEvent[]> {
  const events: AccountEvent[] = [];
  for (;;) {
    const part = await snapshot.accountEvents(account, events.at(-1)?.seq ?? after, ACCOUNT_EVENTS_PER_READ);
    events.push(...part);
    if (part.length < ACCOUNT_EVENTS_PER_READ) return withContents(snapshot, account, events);
  }
}

/**
 * What a scheduled message says is stored in its row: the last event of each tells it as it is now, and those before it nothing, or what was changed
 * a thousand times would be told a thousand times.
 */
async function withContents(snapshot: LogSnapshot, account: string, events: AccountEvent[]): Promise<AccountEvent[]> {
  const told = new Set<string>();
  for (const [index, event] of [...events.entries()].reverse()) {
    if (event.body.case !== "messageScheduled" || told.has(event.body.value.target)) continue;
    told.add(event.body.value.target);
    events[index] = await withContent(snapshot, account, event);
  }
  return events;
}

async function withContent(snapshot: LogSnapshot, account: string, event: AccountEvent): Promise<AccountEvent> {
  if (event.body.case !== "messageScheduled") return event;
  const scheduled = await snapshot.scheduledMessage(account, event.body.value.target);
  if (scheduled === undefined) return event;
  const { id: target, conversation, at, envelope, content } = scheduled.message;
  const now = { target, conversation, at, ...(envelope && { envelope }), ...(content && { content }) };
  return { ...event, body: { case: "messageScheduled", value: create(MessageScheduledSchema, now) } };
}
