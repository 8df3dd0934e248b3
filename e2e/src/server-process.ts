import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));
const READY_WITHIN_MS = 20_000;
const POLL_MS = 25;

/** A real server in a process of its own. */
export interface ServerProcess {
  readonly address: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly pid: number;
  /** Ends it without warning, as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM); its exit code. */
  stop(): Promise<number>;
  /** What it printed so far. */
  output(): string;
}

/** Starts a server and waits until it serves. To restart one, give the port and the data folder of the one before. */
export async function startServer({
  port = freePort(),
  dataFolder = newDataFolder(),
}: {
  readonly port?: number;
  readonly dataFolder?: string;
} = {}): Promise<ServerProcess> {
  const address = `http://127.0.0.1:${port}`;
  const child = Bun.spawn([process.execPath, MAIN], {
    env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", PARLEY_DATA: dataFolder },
    stdout: "pipe",
    stderr: "pipe",
  });
  const printed: string[] = [];
  void collect(child.stdout, printed);
  void collect(child.stderr, printed);
  const server: ServerProcess = {
    address,
    port,
    dataFolder,
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
    },
    stop() {
      child.kill("SIGTERM");
      return child.exited;
    },
    output: () => printed.join(""),
  };
  await ready(server, () => child.exitCode !== null);
  return server;
}

function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), "parley-e2e-"));
}

async function ready(server: ServerProcess, ended: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(`${server.address}/readyz`))) {
    if (ended()) throw new Error(`the server ended at its start:\n${server.output()}`);
    if (Date.now() > deadline) {
      await server.kill();
      throw new Error(`the server was not ready within ${READY_WITHIN_MS} ms:\n${server.output()}`);
    }
    await Bun.sleep(POLL_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A port that was free a moment ago. */
function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

async function collect(stream: ReadableStream<Uint8Array>, into: string[]): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) into.push(decoder.decode(chunk, { stream: true }));
}
