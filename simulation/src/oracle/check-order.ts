import type { Event } from "@parley/protocol";
import type { TypedCommands } from "./typed.ts";
import type { Violation } from "./violation.ts";

/** The commands of one device stand in a log in the order in which they were typed. */
export function checkDeviceOrder(device: string, typed: TypedCommands, events: readonly Event[]): Violation[] {
  let last: { readonly place: number; readonly event: Event } | undefined;
  for (const event of events) {
    const place = typed.placeOf(event.id);
    if (place === undefined) continue;
    if (last !== undefined && place < last.place) {
      const detail = `${device} typed ${event.id} before ${last.event.id}, but they are ${event.seq} and ${last.event.seq}`;
      return [{ rule: "ORD5", detail: `${detail} of ${event.log}` }];
    }
    last = { place, event };
  }
  return [];
}
