import type { Violation } from "@parley/simulation/oracle";
import type { History } from "../history/history.ts";

/** Two tags at one seq are two histories. */
export function checkTags({ devices, readings }: History): Violation[] {
  const tags = new Map<string, number>();
  const violations: Violation[] = [];
  const see = (log: string, seq: number, tag: number) => {
    const place = `${log} ${seq}`;
    const before = tags.get(place) ?? tag;
    tags.set(place, before);
    if (before !== tag) violations.push({ rule: "SYN3", detail: `${place} has the tags ${before} and ${tag}` });
  };
  for (const { connections } of devices) {
    for (const { events } of connections) for (const { log, seq, tag } of events) see(log, seq, tag);
  }
  for (const { statuses } of readings) {
    for (const { head } of statuses) if (head !== undefined) see(head.conversation, head.seq, head.tag);
  }
  return violations;
}
