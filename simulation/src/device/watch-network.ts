import type { Clock } from "@parley/client";
import { NetworkWatch } from "@parley/web/host-parts";
import type { Link } from "../network/link.ts";
import type { Process } from "../time/process.ts";

/** What a process knows of the network of its device: by the product's own watch, which also notices that the device slept. */
export function watchNetwork(link: Link, process: Process, clock: Clock): NetworkWatch {
  const platform = link.network(process);
  const events = new EventTarget();
  platform.onReturn(() => events.dispatchEvent(new Event("online")));
  platform.onLoss(() => events.dispatchEvent(new Event("offline")));
  platform.onLoss(() => events.dispatchEvent(new Event("offline")));
  return new NetworkWatch({ onLine: () => platform.online(), events }, clock);
}
