import { hostname } from "node:os";
import { type ConnectionView, createEngine, type Engine } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { CliError } from "./cli-error.ts";
import { createServerTransport } from "./platform/server-transport.ts";
import { systemClock, systemRandom, unknownNetwork } from "./platform/system-ports.ts";
import type { SavedSession } from "./session-file.ts";
import { until } from "./until.ts";

const ONLINE_WITHIN_MS = 15_000;

/** Runs `task` with an engine that is up to date with the server, and stops the engine afterwards. */
export async function withEngine<T>(session: SavedSession, task: (engine: Engine) => Promise<T>): Promise<T> {
  const { account, userName, displayName } = session;
  const engine = createEngine({
    transport: createServerTransport(session.server, session.token),
    store: new MemoryStore(new MemoryDisk()),
    clock: systemClock,
    random: systemRandom,
    network: unknownNetwork,
    account: { account, userName, displayName },
    deviceName: `Command line on ${hostname()}`.slice(0, 100),
  });
  try {
    await engine.start();
    await online(engine, session.server);
    return await task(engine);
  } finally {
    await engine.stop();
  }
}

async function online(engine: Engine, server: string): Promise<void> {
  const ready = await until(engine.connection, isSettled, ONLINE_WITHIN_MS);
  if (ready === undefined) throw new CliError(`The server at ${server} cannot be reached.`);
  refuse(ready);
  await until(engine.conversations, ({ loaded }) => loaded, ONLINE_WITHIN_MS);
}

function isSettled({ kind }: ConnectionView): boolean {
  return ["online", "signed-out", "device-closed", "superseded", "store-failed"].includes(kind);
}

/** @throws CliError for a connection that will not come back by itself */
export function refuse({ kind }: ConnectionView): void {
  if (kind === "signed-out") throw new CliError("Your session has ended. Sign in again: parley sign-in USER-NAME");
  if (kind === "store-failed")
    throw new CliError("What this command keeps in its home folder cannot be used any more.");
  if (kind === "device-closed" || kind === "superseded") {
    throw new CliError("Another command took this session over. Use one at a time, or another PARLEY_CLI_HOME.");
  }
}
