import type { ConversationView, OutboxItem, OutboxView } from "@parley/client";

const MINUTE_MS = 60_000;

/** What could wait and what could have failed: one rejected message and what fell with it, and a queue that the server puts off. */
export function demoOutbox([one, other]: readonly ConversationView[], now: number): OutboxView {
  if (one === undefined || other === undefined) throw new Error("The demo has too few conversations.");
  const failed: readonly OutboxItem[] = [
    item(1, { kind: "message", text: "See you at the allotment on Saturday?" }, now, 12),
    item(2, { kind: "edit", text: "See you at the allotment on Sunday?" }, now, 15),
  ];
  const waiting: readonly OutboxItem[] = [
    item(3, { kind: "message", text: "I am in the tunnel. Back in a moment." }, now),
    item(4, { kind: "reaction", emoji: "👍", set: true, of: "Who brings the tent?" }, now),
    item(5, { kind: "title", title: "Summer camp" }, now),
  ];
  const until = now + MINUTE_MS;
  return {
    waiting: waiting.length,
    failed: failed.length,
    groups: [
      { id: one.id, waiting: 0, failed: failed.length, why: { kind: "sending" }, items: failed },
      {
        id: other.id,
        waiting: waiting.length,
        failed: 0,
        why: { kind: "put-off", reason: "rate-limited", until },
        items: waiting,
      },
    ],
  };
}

/** @param code with which it was rejected, if it was */
function item(number: number, what: OutboxItem["what"], now: number, code?: number): OutboxItem {
  const id = `00000000-0000-7000-b000-00000000000${number}`;
  const state = code === undefined ? { kind: "waiting" as const } : { kind: "failed" as const, code, reason: "" };
  return { id, what, at: now - MINUTE_MS, possiblySent: number % 2 === 1, state };
}
