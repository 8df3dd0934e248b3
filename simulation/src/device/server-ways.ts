import { ChoosingTransport, type Network, type Random, type Transport } from "@parley/client";
import { encodingOf } from "../node/encoding-of.ts";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";
import type { DeviceMachine } from "./device-machine.ts";
import { notedPolling } from "./noted-polling.ts";

interface WaysParts {
  readonly device: Pick<DeviceMachine, "name" | "link" | "mutation" | "streams" | "blockMemory">;
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly random: Random;
  readonly network: Network;
}

/** The ways of a device to the server, and the choice between them, as the product puts them together. */
export function serverWays({ device, process, clock, random, network }: WaysParts): Transport {
  const { name, link, mutation, streams, blockMemory } = device;
  const encoding = encodingOf(name);
  return new ChoosingTransport({
    socket: link.transport(process, encoding),
    polling: notedPolling({ http: link.http(process), encoding, clock, streams, mutation }),
    encoding,
    clock,
    random,
    network,
    memory: blockMemory,
  });
}
