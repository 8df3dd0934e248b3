import { connect, createServer, type Server, type Socket } from "node:net";

/** What becomes of a request for a WebSocket. `refuse`: it is answered with 403. `ignore`: it is never answered. */
export type Upgrades = "pass" | "refuse" | "ignore";

/** Stands between a browser and a server as the proxy of a company does that knows nothing of WebSockets. */
export class BlockingProxy {
  /** Requests for a WebSocket that did not get through. */
  blocked = 0;
  /** Requests for a WebSocket so far. */
  asked = 0;
  readonly #server: Server;
  readonly #targetPort: () => number;
  readonly #sockets = new Set<Socket>();
  readonly #upgraded = new Set<Socket>();
  #upgrades: Upgrades;
  #instead: string | undefined;

  private constructor(targetPort: () => number, upgrades: Upgrades) {
    this.#targetPort = targetPort;
    this.#upgrades = upgrades;
    this.#server = createServer((client) => this.#join(client));
  }

  /** @param targetPort of the server, asked at each connection */
  static async open(targetPort: () => number, upgrades: Upgrades): Promise<BlockingProxy> {
    const proxy = new BlockingProxy(targetPort, upgrades);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The proxy does not listen.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** WebSockets that are open through it. */
  get upgraded(): number {
    return this.#upgraded.size;
  }

  /** From now on; WebSockets that are open stay only if they pass. */
  set(upgrades: Upgrades): void {
    this.#upgrades = upgrades;
    if (upgrades !== "pass") for (const socket of this.#upgraded) socket.destroy();
  }

  /**
   * Answers everything in the server's place from now on; whatever is open ends.
   *
   * @param answer none at all if empty; undefined for the server's own again
   */
  replace(answer: string | undefined): void {
    this.#instead = answer;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** The server's own answers pass again. */
  heal(): void {
    if (this.#instead !== undefined) this.replace(undefined);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #join(client: Socket): void {
    this.#watch(client);
    if (this.#instead === "") {
      client.destroy();
      return;
    }
    // Browsers ask for a WebSocket on a connection of its own, so that its first bytes tell.
    client.once("data", (head: Buffer) => {
      if (this.#instead !== undefined) {
        client.end(this.#instead);
        return;
      }
      const isUpgrade = /^upgrade: *websocket\r$/im.test(head.toString("latin1"));
      if (isUpgrade) this.asked++;
      if (!isUpgrade || this.#upgrades === "pass") return this.#pipe(client, head, isUpgrade);
      this.blocked++;
      if (this.#upgrades === "refuse") client.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      else client.resume();
    });
  }

  #pipe(client: Socket, head: Buffer, isUpgrade: boolean): void {
    const server = connect(this.#targetPort(), "127.0.0.1");
    this.#watch(server);
    if (isUpgrade) this.#upgraded.add(client);
    client.on("close", () => {
      this.#upgraded.delete(client);
      server.destroy();
    });
    server.on("close", () => client.destroy());
    server.write(head);
    client.pipe(server).pipe(client);
  }

  #watch(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    // A reset is an end like any other here.
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
  }
}
