import { browserEnginePorts } from "./browser-engine-ports.ts";
import { EngineService } from "./engine-service.ts";

/** The composition root of an engine side in a tab: what shared-worker.ts is for a worker. */
export function createInTabService(): EngineService {
  return new EngineService({ ...browserEnginePorts(), stopped: () => undefined });
}
