import { useState } from "react";

/** Whether there is room for a bar above the messages: from the start, or since it came while somebody read. */
export type BarRoom = "none" | "from-start" | "later";

/**
 * Room that was made stays for as long as the conversation is open: so nothing that is read moves when the bar comes, nor when it goes.
 *
 * @param loaded whether the first rows are there
 */
export function useBarRoom(loaded: boolean, bar: boolean): BarRoom {
  const [begun, setBegun] = useState(false);
  const [room, setRoom] = useState<BarRoom>("none");
  if (loaded && !begun) setBegun(true);
  if (bar && room === "none") setRoom(begun ? "later" : "from-start");
  return room;
}
