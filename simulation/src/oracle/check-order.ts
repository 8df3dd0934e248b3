import type { Event } from "@parley/protocol";
import type { TypedCommands } from "./typed.ts";
import type { Violation } from "./violation.ts";

/** The commands of one device, or of one lane of it, stand in a log in the order in which they were typed. */
export function checkDeviceOrder(device: string, typed: TypedCommands, events: readonly Event[]): Violation[] {
  const lanes = new Map<string, { readonly place: number; readonly event: Event }>();
  for (const event of events) {
    const place = typed.placeOf(event.id);
    if (place === undefined) continue;
    const lane = typed.get(event.id)?.lane ?? device;
    const last = lanes.get(lane);
    if (last !== undefined && place < last.place) {
      const detail = `${device} typed ${event.id} before ${last.event.id}, but they are ${event.seq} and ${last.event.seq}`;
      return [{ rule: "ORD5", detail: `${detail} of ${event.log}` }];
    }
    lanes.set(lane, { place, event });
  }
  return [];
}
