/** What an engine needs of Bun, for other programs that run engines. */
export { createBunTransport } from "./platform/bun-transport.ts";
export { systemClock, systemRandom, unknownNetwork } from "./platform/system-ports.ts";
