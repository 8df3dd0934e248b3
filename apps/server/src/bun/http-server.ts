import { limits } from "@parley/protocol";
import type { Server } from "bun";
import type { Accounts } from "../accounts/accounts.ts";
import type { AttemptLimiter } from "../accounts/attempt-limiter.ts";
import { Refusal } from "../accounts/refusal.ts";
import type { TlsIdentity } from "../config/tls-files.ts";
import type { Connections } from "../connection/connections.ts";
import type { Doorkeeper } from "../entrance/doorkeeper.ts";
import { Turnstile } from "../entrance/turnstile.ts";
import { credentialsOf } from "../http/caller.ts";
import { clientAddress } from "../http/client-address.ts";
import { negotiateEncoding } from "../http/negotiate-encoding.ts";
import { faultOfOrigin, type OriginRules } from "../http/origin-rules.ts";
import type { PollRoutes } from "../http/poll-routes.ts";
import type { RpcRoutes } from "../http/rpc-routes.ts";
import { securityHeaders } from "../http/security-headers.ts";
import type { StaticFiles } from "../http/static-files.ts";
import type { SocketData } from "./bun-socket.ts";
import type { Departures } from "./departures.ts";
import type { SlowReaders } from "./slow-readers.ts";
import { webSocketHandler } from "./web-sockets.ts";

const SOCKET_PATH = "/socket";
const UPGRADES_AT_ONCE = 8;
/** Longer than the slowest call, which hashes a password while others do. */
const IDLE_S = 60;

export interface HttpServerPorts {
  readonly accounts: Accounts;
  /** Calls and tries by address. */
  readonly calls: AttemptLimiter;
  readonly connections: Connections;
  readonly doorkeeper: Doorkeeper;
  readonly departures: Departures;
  readonly slowReaders: SlowReaders;
  readonly routes: RpcRoutes;
  readonly polling: PollRoutes;
  readonly files: StaticFiles;
}

export interface HttpServerSettings {
  readonly hostname: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Undefined to speak plain http. */
  readonly tls: TlsIdentity | undefined;
  readonly rules: OriginRules;
  /** Whether the address of a caller is what the proxy in front says. */
  readonly behindProxy: boolean;
}

/** The node's one HTTP server: health, the socket, the services and the web app. */
export class HttpServer {
  readonly #ports: HttpServerPorts;
  readonly #rules: OriginRules;
  readonly #behindProxy: boolean;
  readonly #server: Server<SocketData>;
  /** When everybody comes back at once, those who are online have their turn in between. */
  readonly #upgrades: Turnstile;
  #draining = false;

  /** Throws if the port cannot be had. */
  constructor(ports: HttpServerPorts, { hostname, port, tls, rules, behindProxy }: HttpServerSettings) {
    this.#ports = ports;
    this.#rules = rules;
    this.#upgrades = new Turnstile(ports.doorkeeper, UPGRADES_AT_ONCE);
    this.#behindProxy = behindProxy;
    this.#server = Bun.serve<SocketData>({
      hostname,
      port,
      ...(tls && { tls: { cert: tls.cert, key: tls.key } }),
      idleTimeout: IDLE_S,
      maxRequestBodySize: 2 * limits.frameBytes,
      fetch: async (request, server) => withSecurityHeaders(await this.#answer(request, server)),
      websocket: webSocketHandler(ports.connections, ports.departures, ports.slowReaders),
    });
  }

  get server(): Server<SocketData> {
    return this.#server;
  }

  /** From now on nobody new is let in. */
  drain(): void {
    this.#draining = true;
  }

  /** Lets calls and closing sockets finish, but no longer than this. */
  async close(withinMs: number): Promise<void> {
    const timeUp = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([this.#server.stop(), timeUp]);
    await this.#server.stop(true);
  }

  /** Undefined when the request became a WebSocket. */
  async #answer(request: Request, server: Server<SocketData>): Promise<Response | undefined> {
    // A Host that is none leaves no address.
    const url = URL.parse(request.url);
    if (url === null) return new Response("Host is not a name or an address.\n", { status: 400 });
    const { pathname, host } = url;
    if (pathname === "/healthz") return new Response("alive\n");
    if (pathname === "/readyz") return this.#draining ? unavailable() : new Response("ready\n");
    const fault = faultOfOrigin(this.#rules, request.headers);
    if (fault !== undefined) return new Response(`${fault}\n`, { status: 403 });
    const peer = server.requestIP(request)?.address ?? "";
    const forwardedFor = request.headers.get("x-forwarded-for");
    const address = clientAddress(peer, forwardedFor, this.#behindProxy);
    if (pathname === SOCKET_PATH) return this.#upgrade(request, server, address);
    const caller = { address, ownPage: request.headers.has("origin") };
    const answer =
      this.#ports.routes.handle(pathname, request, caller) ??
      this.#ports.polling.handle(pathname, request, caller, this.#draining);
    return answer ?? this.#ports.files.serve(request, pathname, host);
  }

  async #upgrade(request: Request, server: Server<SocketData>, address: string): Promise<Response | undefined> {
    if (this.#draining) return unavailable();
    const negotiated = negotiateEncoding(request.headers.get("sec-websocket-protocol"));
    if (negotiated === undefined) {
      return new Response("Offer the subprotocol parley.v1.proto or parley.v1.json.\n", { status: 400 });
    }
    const credentials = credentialsOf(request.headers, request.headers.has("origin"));
    const signedIn = await this.#upgrades.pass(() => this.#ports.accounts.signedIn(credentials));
    if (this.#draining) return unavailable();
    // Who has a session is counted by account: everybody behind one address may come back at once.
    const retryAfterS = signedIn === undefined ? this.#secondsToWait(address) : 0;
    if (retryAfterS > 0) return tooMany(retryAfterS);
    // Of thousands of sockets no more is kept than needed.
    const visitor = signedIn && { account: signedIn.account, session: signedIn.session };
    const data: SocketData = { encoding: negotiated.encoding, visitor, connection: undefined };
    const headers = { "sec-websocket-protocol": negotiated.subprotocol };
    if (server.upgrade(request, { data, headers })) return undefined;
    return new Response("A WebSocket is spoken here.\n", { status: 426, headers: { upgrade: "websocket" } });
  }

  /** Counts a try of an address. 0, or after how many seconds it may try again. */
  #secondsToWait(address: string): number {
    try {
      this.#ports.calls.take(address);
      return 0;
    } catch (error) {
      if (error instanceof Refusal) return Math.max(1, Math.ceil(error.retryAfterMs / 1_000));
      throw error;
    }
  }
}

function tooMany(retryAfterS: number): Response {
  return new Response("Too many attempts.\n", { status: 429, headers: { "retry-after": String(retryAfterS) } });
}

function unavailable(): Response {
  return new Response("The server is shutting down.\n", { status: 503, headers: { "retry-after": "2" } });
}

function withSecurityHeaders(response: Response | undefined): Response | undefined {
  for (const [name, value] of Object.entries(securityHeaders)) response?.headers.set(name, value);
  return response;
}
