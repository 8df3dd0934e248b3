import { browserEnginePorts } from "./engine-side/browser-engine-ports.ts";
import { EngineService } from "./engine-side/engine-service.ts";
import { LockedService } from "./engine-side/locked-service.ts";
import { openDoor } from "./lines/door.ts";
import { channelLine, portLine } from "./lines/line.ts";

/**
 * The composition root of the worker that serves all tabs of one account: the engine, its store and its one connection. The same script runs as a
 * SharedWorker and as the dedicated worker of a leader; only the way in differs.
 */
function start(): void {
  const service = new LockedService({
    name: self.name,
    locks: navigator.locks,
    createService: (ends) => new EngineService({ ...browserEnginePorts(), ...ends }),
    ended: () => close(),
  });
  const connect = (event: Event) => {
    const [port] = event instanceof MessageEvent ? event.ports : [];
    if (port !== undefined) service.connect(portLine(port));
  };
  addEventListener("connect", connect);
  // The leader's own tab hands a port in; the others knock.
  addEventListener("message", connect);
  if (!("onconnect" in self)) openDoor(self.name, (channel) => service.connect(channelLine(channel)));
}

start();
