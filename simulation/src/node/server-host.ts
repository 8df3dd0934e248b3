import type { Submit } from "@parley/protocol";
import { StoreError } from "@parley/server/parts";
import type { Connection } from "../network/connection.ts";
import type { Exchange } from "../network/exchange.ts";
import type { Listener } from "../network/link.ts";
import { type Restored, ServerProcess, type ServerProcessParts } from "./server-process.ts";
import type { Storage } from "./storage.ts";

interface Backup {
  readonly image: Uint8Array;
  /** The moment of the truth that the image belongs to. */
  readonly commits: number;
}

const START_AGAIN_AFTER_MS = 300;

export interface ServerHostParts extends Omit<ServerProcessParts, "number"> {
  readonly storage: Storage;
}

/** The server's machine: one disk, and the process that runs on it, if one does. */
export class ServerHost implements Listener {
  readonly storage: Storage;
  readonly #parts: ServerHostParts;
  #running: ServerProcess | undefined;
  #starting: Promise<void> | undefined;
  #backup: Backup | undefined;
  #restored: Restored | undefined;
  #starts = 0;
  #copiedBack = false;

  constructor(parts: ServerHostParts) {
    this.storage = parts.storage;
    this.#parts = parts;
  }

  get running(): ServerProcess | undefined {
    return this.#running;
  }

  /** Whether the data were set back in a way that nobody was told of. */
  get copiedBack(): boolean {
    return this.#copiedBack;
  }

  /** Starts the server, if it does not run. A disk in trouble is tried again, as whoever runs a server would. */
  start(): Promise<void> {
    if (this.#running !== undefined) return this.#starting ?? Promise.resolve();
    this.#starts += 1;
    const server = new ServerProcess({ ...this.#parts, number: this.#starts });
    this.#running = server;
    this.#starting = server.open(this.#restored).then(
      () => {
        if (this.#running === server) this.#restored = undefined;
      },
      (error: unknown) => {
        if (!(error instanceof StoreError)) throw error;
        if (this.#running === server) this.crash(true);
        return this.#parts.time.sleep(START_AGAIN_AFTER_MS).then(() => this.start());
      },
    );
    return this.#starting;
  }

  /** The process dies at once. Its sockets close, or (the whole machine died) nobody tells the devices. */
  crash(told: boolean): void {
    this.#running?.die(told);
    this.#running = undefined;
    this.#starting = undefined;
    this.storage.crash();
  }

  /** Says goodbye to everybody and ends. */
  async stop(): Promise<void> {
    const server = this.#running;
    if (server === undefined) return;
    await server.drain();
    // It may have crashed meanwhile.
    if (this.#running === server) this.crash(true);
  }

  backUp(): void {
    this.#backup = { image: this.storage.image(), commits: this.#parts.truth.ledger.commits };
  }

  /**
   * Puts the latest backup in the place of the data; the server must not run. False without a backup.
   *
   * @param announced with the command for it, which begins a new incarnation; else by copying a file
   */
  restoreBackup(announced: boolean): boolean {
    if (this.#backup === undefined) return false;
    this.storage.replace(this.#backup.image);
    this.#copiedBack = !announced;
    this.#restored = { commits: this.#backup.commits, announced };
    return true;
  }

  connected(connection: Connection, device: string): void {
    if (this.#running === undefined) connection.refuse();
    else this.#running.accept(connection, device);
  }

  asked(exchange: Exchange): void {
    if (this.#running === undefined) exchange.refuse();
    else this.#running.ask(exchange);
  }

  copied(submit: Submit, device: string): void {
    this.#running?.copied(submit, device);
  }
}
