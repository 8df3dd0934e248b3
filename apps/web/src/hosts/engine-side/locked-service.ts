import type { EngineService } from "./engine-service.ts";
import type { EngineServicePorts } from "./engine-service-ports.ts";
import type { TabLine } from "./tab-line.ts";

export interface LockedServiceOptions {
  /** The Web Lock by which tabs know that this engine side lives. */
  readonly name: string;
  readonly locks: Pick<LockManager, "request">;
  readonly createService: (ends: Pick<EngineServicePorts, "stopped" | "superseded" | "unused">) => EngineService;
  /** Everything here has ended: the place may close. */
  readonly ended: () => void;
}

/** How long the tabs have to hear the last words. */
const LAST_WORDS_MS = 100;

/** An engine side that serves as long as it holds the lock of its name. Tabs that come before it has the lock wait. */
export class LockedService {
  readonly #options: LockedServiceOptions;
  readonly #waiting: TabLine[] = [];
  #service: EngineService | undefined;
  #release: (() => void) | undefined;
  #over = false;

  constructor(options: LockedServiceOptions) {
    this.#options = options;
    void options.locks.request(options.name, () => this.#serve());
  }

  connect(line: TabLine): void {
    if (this.#service === undefined) this.#waiting.push(line);
    else this.#service.connect(line);
  }

  /** Gives up, for another engine side to serve. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#service === undefined) this.#close();
    else void this.#service.end().finally(() => this.#close());
  }

  #serve(): Promise<void> | undefined {
    if (this.#over) return undefined;
    const held = new Promise<void>((release) => {
      this.#release = release;
    });
    this.#service = this.#options.createService({
      stopped: () => void setTimeout(() => this.#close(), LAST_WORDS_MS),
      superseded: () => this.end(),
      unused: () => this.end(),
    });
    for (const line of this.#waiting.splice(0)) this.#service.connect(line);
    return held;
  }

  #close(): void {
    this.#over = true;
    this.#release?.();
    this.#options.ended();
  }
}
