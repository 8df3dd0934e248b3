import { ChoosingTransport, PollingTransport, type Transport } from "@parley/client";
import { createBunHttp } from "./bun-http.ts";
import { createBunTransport } from "./bun-transport.ts";
import { systemClock, systemRandom, unknownNetwork } from "./system-ports.ts";

/** Ways to the server at `address`: WebSockets, and polling where these are blocked. */
export function createServerTransport(address: string, token: string): Transport {
  return new ChoosingTransport({
    socket: createBunTransport(address, token),
    polling: new PollingTransport(createBunHttp(address, token), "proto", systemClock),
    encoding: "proto",
    clock: systemClock,
    random: systemRandom,
    network: unknownNetwork,
    // A command is short: what it learns is of no use to the next.
    memory: { recall: () => 0, keep: () => undefined },
  });
}
