import { createEngine, type EngineConfig, type EngineHandle } from "@parley/client";
import type { Inspector } from "../../features/inspector/view-model/inspector.ts";
import { Inspection } from "./inspection.ts";
import { troubledTransport } from "./troubled-transport.ts";

/** An engine that can be looked into. */
export function createInspectedEngine(config: EngineConfig): {
  readonly engine: EngineHandle;
  readonly inspector: Inspector;
} {
  const { clock, random } = config;
  const inspection = new Inspection(clock);
  const transport = troubledTransport({
    transport: config.transport,
    clock,
    random,
    trouble: () => inspection.trouble,
    listener: inspection,
  });
  const engine = createEngine({ ...config, transport });
  inspection.watch(engine);
  return { engine, inspector: inspection };
}
