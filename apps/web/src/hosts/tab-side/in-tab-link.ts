import type { EngineLink, LinkHandlers } from "./engine-link.ts";

/** Serves whoever is behind a port. */
export interface PortServer {
  connect(port: MessagePort): void;
}

/** The engine side runs in this very tab, behind a port as everywhere. */
export class InTabLink implements EngineLink {
  readonly place = "tab";
  readonly tabLock = undefined;
  readonly #createService: () => Promise<PortServer>;
  #port: MessagePort | undefined;

  constructor(createService: () => Promise<PortServer>) {
    this.#createService = createService;
  }

  start(handlers: LinkHandlers): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    // What the tab says before the service is there waits in the port.
    void this.#createService().then((service) => service.connect(port2));
    handlers.connected(port1);
  }

  stop(): void {
    this.#port?.close();
  }
}
