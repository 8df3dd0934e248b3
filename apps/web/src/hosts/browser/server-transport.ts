import { ChoosingTransport, type Network, PollingTransport, type Transport } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import { browserClock } from "./browser-clock.ts";
import { browserRandom } from "./browser-random.ts";
import { createFetchHttp } from "./fetch-http.ts";
import { RememberedBlock } from "./remembered-block.ts";
import { createWebSocketTransport } from "./web-socket-transport.ts";

/** Ways to the server at `address` (its origin): WebSockets, and polling where these are blocked. */
export function createServerTransport(address: string, encoding: Encoding, network: Network): Transport {
  return new ChoosingTransport({
    socket: createWebSocketTransport(address, encoding),
    polling: new PollingTransport(createFetchHttp(address), encoding, browserClock),
    encoding,
    clock: browserClock,
    random: browserRandom,
    network,
    memory: new RememberedBlock(),
  });
}
