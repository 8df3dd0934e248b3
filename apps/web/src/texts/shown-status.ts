import type { ConnectionView, MessageStatus } from "@parley/client";

/** What people are told of a message of theirs: without a connection, what is on its way waits for the network. */
export type ShownStatus = MessageStatus["kind"] | "waiting";

export function shownStatus({ kind }: MessageStatus, connected: boolean): ShownStatus {
  return kind === "sending" && !connected ? "waiting" : kind;
}

export function isConnected({ kind }: ConnectionView): boolean {
  return kind === "online" || kind === "syncing";
}
