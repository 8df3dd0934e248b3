import { runContract } from "./contract-run.ts";

/** Runs the contract in whichever kind of worker this is, and posts the results. */
if ("onconnect" in globalThis) {
  addEventListener("connect", (event) => {
    if (event instanceof MessageEvent) void report(event.ports[0]);
  });
} else {
  void report(globalThis);
}

async function report(to: { postMessage(message: unknown): void } | undefined): Promise<void> {
  to?.postMessage(await runContract("onconnect" in globalThis ? "shared-worker" : "worker"));
}
