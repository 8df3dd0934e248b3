import { hostname, networkInterfaces } from "node:os";
import { ProblemCode } from "@parley/protocol";
import { Accounts } from "./accounts/accounts.ts";
import { openAccountsDatabase } from "./accounts/accounts-database.ts";
import { Admins } from "./accounts/admins.ts";
import { AttemptLimiter } from "./accounts/attempt-limiter.ts";
import { createAuth, migrateAuth, openSessions } from "./accounts/auth.ts";
import { loadSecret } from "./accounts/secret.ts";
import { BunTopics } from "./bun/bun-topics.ts";
import { Departures } from "./bun/departures.ts";
import { HttpServer } from "./bun/http-server.ts";
import { SlowReaders } from "./bun/slow-readers.ts";
import { systemClock } from "./bun/system-clock.ts";
import { isBehindProxy } from "./config/behind-proxy.ts";
import { prepareDataFolder } from "./config/data-folder.ts";
import type { Config } from "./config/read-config.ts";
import { readTlsIdentity } from "./config/tls-files.ts";
import { Pace } from "./connection/pace.ts";
import { createEdge } from "./edge.ts";
import { verdictRule } from "./executor/collaborators.ts";
import { PollRoutes } from "./http/poll-routes.ts";
import { RpcRoutes } from "./http/rpc-routes.ts";
import { StaticFiles } from "./http/static-files.ts";
import { Owned } from "./owned.ts";
import { Polls } from "./polling/polls.ts";
import { mintId } from "./store/sqlite/mint-id.ts";
import { openSqliteLog } from "./store/sqlite/open-sqlite-log.ts";

/** Calls of one address over HTTP. */
const CALLS_PER_ADDRESS = { burst: 1_000, refillMs: 5 };
/** When devices are told to come back after the server stopped. */
const RETRY_AFTER_MS = 2_000;
/** How long what is under way may take when the server stops. */
const DRAIN_WITHIN_MS = 3_000;

/** What HOST is for who listens on all addresses of the machine. */
const EVERYWHERE: readonly string[] = ["0.0.0.0", "::"];

export interface NodeSettings {
  readonly config: Config;
  /** The built web app. */
  readonly webFolder: string;
  /** The store cannot be written any more: the node must stop. */
  readonly onBroken: (error: unknown) => void;
}

export interface RunningNode {
  /** Where people reach it. */
  readonly url: string;
  /** Where it listens; the same, unless a proxy stands in front. */
  readonly localUrl: string;
  /** Where other machines of the network reach it; none if it listens for this machine alone. */
  readonly neighbourUrls: readonly string[];
  /** Names that the configuration calls admins, and no account has. */
  readonly unknownAdmins: readonly string[];
  /** Lets nobody in any more, finishes what is under way, says goodbye to devices, and closes the store. */
  stop(): Promise<void>;
}

/** Starts one server process: the composition root of everything but the command line. */
export async function startNode({ config, webFolder, onBroken }: NodeSettings): Promise<RunningNode> {
  const owned = new Owned();
  try {
    return await compose(owned, config, webFolder, onBroken);
  } catch (error) {
    await owned.close();
    throw error;
  }
}

async function compose(
  owned: Owned,
  config: Config,
  webFolder: string,
  onBroken: (error: unknown) => void,
): Promise<RunningNode> {
  const { dataFolder, host, port, publicOrigin, edits, messageRequests } = config;
  const tls = config.tls && readTlsIdentity(config.tls);
  const clock = systemClock;
  prepareDataFolder(dataFolder);
  const database = openAccountsDatabase(dataFolder);
  owned.add(() => database.close());
  const { reader, writer } = await openSqliteLog({
    folder: dataFolder,
    verdictRule,
    edits,
    messageRequests,
    onStopped: onBroken,
  });
  owned.add(() => reader.close());
  owned.add(() => writer.close());
  const origin = publicOrigin ?? urlOf("localhost", port, tls);
  const secret = loadSecret(dataFolder);
  const auth = createAuth({ database, secret, origin, mintId });
  await migrateAuth(auth);
  const admins = new Admins(database, config.admins);
  const sessions = await openSessions(auth, database, secret);
  owned.add(() => sessions.close());
  const accounts = new Accounts({ auth, sessions, reader, writer, clock, signUpsAtOnce: config.signUpsAtOnce });
  const departures = new Departures();
  const slowReaders = new SlowReaders();
  const topics = new BunTopics(() => http.server, departures, slowReaders);
  const { hub, connections, gate, doorkeeper, followers, due } = createEdge({
    reader,
    writer,
    topics,
    clock,
    onBroken,
    async endSession(session) {
      await accounts.endSession(session);
      connections.endSession(session, ProblemCode.UNAUTHENTICATED);
    },
  });
  owned.add(() => followers.stop());
  owned.add(() => due.stop());
  const calls = new AttemptLimiter(CALLS_PER_ADDRESS, clock);
  const routes = new RpcRoutes({
    accounts,
    admins,
    calls,
    pace: new Pace(clock),
    reader,
    writer,
    submitter: gate,
    hub,
    connections,
  });
  const polls = new Polls({ connections, clock, mintId: () => crypto.randomUUID() });
  const polling = new PollRoutes({ accounts, calls, clock, doorkeeper, polls });
  const rules = { publicOrigin, machineNames: machineNames() };
  const http: HttpServer = new HttpServer(
    {
      accounts,
      calls,
      connections,
      doorkeeper,
      departures,
      slowReaders,
      routes,
      polling,
      files: new StaticFiles(webFolder),
    },
    { hostname: host, port, tls, rules, behindProxy: isBehindProxy(config) },
  );
  owned.add(() => http.close(DRAIN_WITHIN_MS));
  followers.wake();
  due.wake();
  const bound = http.server.port ?? port;
  const listening = urlOf(host, bound, tls);
  return {
    url: publicOrigin ?? listening,
    localUrl: listening,
    unknownAdmins: admins.unknown,
    neighbourUrls: EVERYWHERE.includes(host) ? machineAddresses().map((address) => urlOf(address, bound, tls)) : [],
    async stop() {
      http.drain();
      await gate.shut(RETRY_AFTER_MS);
      connections.dismissAll(RETRY_AFTER_MS);
      await owned.close();
    },
  };
}

/** The names under which this machine is known in its own network. */
function machineNames(): string[] {
  const name = hostname().toLowerCase();
  const [first = name] = name.split(".");
  return [name, first, `${first}.local`];
}

function machineAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address);
}

function urlOf(host: string, port: number, tls: unknown): string {
  const here = [...EVERYWHERE, "127.0.0.1", "::1", "localhost"].includes(host);
  const name = here ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `${tls === undefined ? "http" : "https"}://${name}:${port}`;
}
