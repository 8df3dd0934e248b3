import type { ConversationListView, HoldUp, Observable } from "@parley/client";

/** Why the server does not take what is sent, and what follows from that. */
export const holdUpWords: Readonly<Record<HoldUp, string>> = {
  "storage-full": "The server's disk is full",
  unavailable: "The server cannot store anything at the moment",
  "shutting-down": "The server is about to restart",
  "rate-limited": "You are sending faster than this server allows",
};

/** Says once for each reason why it takes so long, when it has taken `patienceMs`. Returns how to stop. */
export function remarkHoldUps(
  conversations: Observable<ConversationListView>,
  patienceMs: number,
  remark: (text: string) => void,
): () => void {
  const told = new Set<HoldUp>();
  const look = () => {
    const { holdUp } = conversations.get();
    if (holdUp === undefined || told.has(holdUp)) return;
    told.add(holdUp);
    remark(`${holdUpWords[holdUp]}; trying again.`);
  };
  let stopLooking = () => {};
  const timer = setTimeout(() => {
    stopLooking = conversations.subscribe(look);
    look();
  }, patienceMs);
  return () => {
    clearTimeout(timer);
    stopLooking();
  };
}
