import type { Marks, Ranges } from "@parley/log";
import type { ConnectionView } from "./connection-view.ts";

/** What a developer sees inside an engine: plain data, as of one moment. Nothing in it is content of a message. */
export interface EngineInspection {
  readonly device: string;
  readonly incarnation: string;
  readonly accountHead: number;
  readonly connection: ConnectionView;
  readonly conversations: readonly InspectedConversation[];
  /** The first of the pending and rejected commands, in queue order within each log. */
  readonly outbox: readonly InspectedCommand[];
  readonly outboxSize: number;
}

export interface InspectedConversation {
  readonly id: string;
  readonly kind: string;
  readonly headSeq: number;
  readonly headTag: number;
  readonly entryHead: number;
  readonly ranges: Ranges;
  readonly staleRanges: Ranges;
  readonly read: Marks;
  /** Own marks that the server has not confirmed yet. */
  readonly wanted: Marks;
  readonly unread: number;
  readonly catchUp: "current" | "expecting" | "asked";
}

export interface InspectedCommand {
  readonly id: string;
  readonly log: string;
  readonly position: number;
  /** The kind of its body, such as `post`. */
  readonly body: string;
  readonly bytes: number;
  readonly possiblySent: boolean;
  /** Its state in words, with what it waits for or why it was rejected. */
  readonly state: string;
}
