import { ConversationKind, RejectionCode } from "@parley/protocol";
import type { ConnectionView } from "../api/connection-view.ts";
import type { EngineInspection, InspectedCommand, InspectedConversation } from "../api/inspection.ts";
import type { Pending } from "../core/pending.ts";
import type { OutboxEntryState } from "../ports/client-store.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** More commands than this nobody reads. */
const MOST_COMMANDS = 200;

/** A look inside an engine, for developers. */
export function inspect(model: Model, outbox: Outbox, connection: ConnectionView): EngineInspection {
  const { device, incarnation, accountHead } = model.meta;
  const commands = [...outbox.logs]
    .flatMap((log) => outbox.inLog(log))
    .filter(({ entry }) => entry.state.kind !== "accepted");
  return {
    device,
    incarnation,
    accountHead,
    connection,
    conversations: [...model.conversations.values()].map(inspectedConversation),
    outbox: commands.slice(0, MOST_COMMANDS).map(inspectedCommand),
    outboxSize: commands.length,
  };
}

function inspectedConversation({ stored, unread, catchUp }: ConversationModel): InspectedConversation {
  const { id, state, head, entryHead, ranges, staleRanges, read, wanted } = stored;
  return {
    id,
    kind: state === undefined ? "UNKNOWN" : ConversationKind[state.kind],
    headSeq: head.seq,
    headTag: head.tag,
    entryHead,
    ranges,
    staleRanges,
    read: { delivered: read.delivered, read: read.read },
    wanted,
    unread,
    catchUp: catchUp.kind,
  };
}

function inspectedCommand({ entry, command }: Pending): InspectedCommand {
  const { id, log, position, possiblySent, state } = entry;
  const bytes = entry.command.byteLength;
  return { id, log, position, body: command.body.case ?? "unknown", bytes, possiblySent, state: stateText(state) };
}

function stateText(state: OutboxEntryState): string {
  switch (state.kind) {
    case "held":
      return `held until ${state.id}`;
    case "rejected":
      return `rejected: ${RejectionCode[state.code] ?? state.code}`;
    case "accepted":
      return `accepted at ${state.seq}`;
    case "queued":
      return "queued";
  }
}
