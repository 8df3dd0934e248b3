import { browserEnginePorts } from "./engine-side/browser-engine-ports.ts";
import { EngineService } from "./engine-side/engine-service.ts";

/** How long the tabs have to hear the last words. */
const LAST_WORDS_MS = 100;

/** The composition root of the worker that serves all tabs of one account: the engine, its store and its one connection. */
function start(): void {
  const { name } = self;
  const ports: MessagePort[] = [];
  let service: EngineService | undefined;
  addEventListener("connect", (event) => {
    const [port] = event instanceof MessageEvent ? event.ports : [];
    if (port === undefined) return;
    if (service === undefined) ports.push(port);
    else service.connect(port);
  });
  // Held until this worker ends: by it the tabs know that it lives. Only its holder serves.
  void navigator.locks.request(name, () => {
    return new Promise<void>((release) => {
      const end = () => {
        release();
        close();
      };
      const stopped = () => void setTimeout(end, LAST_WORDS_MS);
      service = new EngineService({ ...browserEnginePorts(), stopped });
      for (const port of ports.splice(0)) service.connect(port);
    });
  });
}

start();
