import type { TabLine } from "../engine-side/tab-line.ts";
import { portLine } from "../lines/line.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";

/** Serves whoever is behind a line. */
export interface PortServer {
  connect(line: TabLine): void;
  /** Nobody will ask any more. */
  end(): void;
}

/** The engine side runs in this very tab, behind a port as everywhere: for browsers without Web Locks, where tabs cannot know of each other. */
export class InTabLink implements EngineLink {
  readonly place = "tab";
  readonly tabLock = undefined;
  readonly #createService: () => Promise<PortServer>;
  #port: MessagePort | undefined;
  #service: PortServer | undefined;
  #stopped = false;

  constructor(createService: () => Promise<PortServer>) {
    this.#createService = createService;
  }

  start(handlers: LinkHandlers): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    // What the tab says before the service is there waits in the port.
    this.#createService().then(
      (service) => {
        this.#service = service;
        if (this.#stopped) service.end();
        else service.connect(portLine(port2));
      },
      () => handlers.failed(),
    );
    handlers.connected(portLine(port1));
  }

  stop(): void {
    this.#stopped = true;
    this.#port?.close();
    this.#service?.end();
  }
}
