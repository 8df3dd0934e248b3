import { Database } from "bun:sqlite";
import { join } from "node:path";
import { create, fromBinary } from "@bufbuild/protobuf";
import { entryOf } from "@parley/log";
import { type Event, EventSchema, uuidVersion } from "@parley/protocol";

interface Row {
  readonly log: string;
  readonly seq: number;
  readonly id: string;
  readonly author: string;
  readonly sent_at: number;
  readonly received_at: number;
  readonly parent_seq: number;
  readonly touched: number;
  readonly facts: Uint8Array;
}

/** Those of which no verdict tells all: what the server did by itself, what happened in threads, and whom somebody brought in: who blocked them then is left out. */
export function untold(events: readonly Event[]): Event[] {
  return events.filter(({ id, parentSeq, body }) => parentSeq > 0 || uuidVersion(id) === 8 || brings(body));
}

function brings({ case: kind }: Event["body"]): boolean {
  return kind === "created" || kind === "membersAdded";
}

/** Every event in a server's file. */
export function storedEvents(folder: string): Event[] {
  const database = new Database(join(folder, "log.db"), { readonly: true });
  try {
    const rows = database.query<Row, []>("SELECT * FROM events ORDER BY log, seq").all();
    return rows.map(eventOf);
  } finally {
    database.close();
  }
}

function eventOf({ log, seq, id, author, sent_at, received_at, parent_seq, touched, facts }: Row): Event {
  const { body } = fromBinary(EventSchema, facts);
  const event = { id, log, seq, author, sentAt: sent_at, receivedAt: received_at, parentSeq: parent_seq, body };
  const made = create(EventSchema, event);
  return entryOf(made) === undefined ? made : create(EventSchema, { ...event, ordinal: touched });
}
