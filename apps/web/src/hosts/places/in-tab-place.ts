import type { LockedService } from "../engine-side/locked-service.ts";
import { portLine } from "../lines/line.ts";
import type { Approach, EnginePlace } from "./engine-place.ts";

/** The engine side in this very tab, for it alone, behind a port as everywhere. */
export class InTabPlace implements EnginePlace {
  readonly kind = "tab";
  /** No other tab's: nobody joins. */
  readonly version: string;
  readonly #create: (name: string) => Promise<LockedService>;
  #end: () => void = () => undefined;

  constructor(tabLock: string, create: (name: string) => Promise<LockedService>) {
    this.version = `${this.kind} ${tabLock}`;
    this.#create = create;
  }

  start(name: string): Approach {
    this.stop();
    const { port1, port2 } = new MessageChannel();
    let wanted = true;
    this.#end = () => {
      wanted = false;
    };
    const failed = new Promise((resolve) => {
      this.#create(name).then((service) => {
        this.#end = () => service.end();
        if (wanted) service.connect(portLine(port2));
        else service.end();
      }, resolve);
    });
    return { line: portLine(port1), failed };
  }

  join(name: string): Approach {
    return this.start(name);
  }

  stop(): void {
    this.#end();
    this.#end = () => undefined;
  }
}
