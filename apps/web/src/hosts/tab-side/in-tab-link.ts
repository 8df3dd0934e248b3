import type { EngineService } from "../engine-side/engine-service.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";

/** The engine side runs in this very tab, behind a port as everywhere. */
export class InTabLink implements EngineLink {
  readonly place = "tab";
  readonly tabLock = undefined;
  readonly #createService: () => EngineService;
  #port: MessagePort | undefined;

  constructor(createService: () => EngineService) {
    this.#createService = createService;
  }

  start(handlers: LinkHandlers): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#createService().connect(port2);
    handlers.connected(port1);
  }

  stop(): void {
    this.#port?.close();
  }
}
