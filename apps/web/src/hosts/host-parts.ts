/** The parts of hosts that need no browser, for who puts one together elsewhere: the simulator does, on virtual time and locks in memory. */
export { NetworkWatch } from "./browser/network-watch.ts";
export { claimAccount } from "./engine-side/claim-account.ts";
export { EngineService } from "./engine-side/engine-service.ts";
export type { EngineServicePorts } from "./engine-side/engine-service-ports.ts";
export { LockedService } from "./engine-side/locked-service.ts";
export { Inspection } from "./inspection/inspection.ts";
export type { Line } from "./lines/line.ts";
export type { Approach, EnginePlace, HostKind } from "./places/engine-place.ts";
export type { EngineSideMessage, TabMessage } from "./protocol/messages.ts";
export { ElectedLink } from "./tab-side/elected-link.ts";
export { HandOffs } from "./tab-side/hand-offs.ts";
export { LinkedHost } from "./tab-side/linked-host.ts";
export { MapStorage } from "./test-support/map-storage.ts";
export { MemoryLocks } from "./test-support/memory-locks.ts";
