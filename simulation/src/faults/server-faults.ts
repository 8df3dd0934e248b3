import type { Device } from "../device/device.ts";
import type { FaultParts, Later } from "./fault-parts.ts";

/** What goes wrong with the server, its disk and its fan-out. */
export class ServerFaults {
  readonly #parts: FaultParts;
  readonly #later: Later;

  constructor(parts: FaultParts, later: Later) {
    this.#parts = parts;
    this.#later = later;
  }

  crash(): void {
    const { server, random } = this.#parts;
    server.crash(random.chance(0.5));
    this.#later(50, 8_000, () => void server.start());
  }

  restart(): void {
    const { server } = this.#parts;
    void server.stop().then(() => this.#later(50, 3_000, () => void server.start()));
  }

  distrust(): void {
    const { setUnreliable } = this.#parts;
    setUnreliable(true);
    this.#later(2_000, 20_000, () => setUnreliable(false));
  }

  fillStorage(): void {
    const { storage } = this.#parts.server;
    storage.full = true;
    this.#later(200, 8_000, () => {
      storage.full = false;
    });
  }

  slowStorage(): void {
    const { server, random } = this.#parts;
    const { storage } = server;
    storage.readLatency = { fromMs: 1, toMs: random.integer(20, 400) };
    storage.writeLatency = { fromMs: 1, toMs: random.integer(20, 400) };
    storage.readPauses = 0.5;
    storage.writePauses = 0.1;
    this.#later(1_000, 10_000, () => storage.heal());
  }

  /** One conversation cannot be written for a while. */
  putOff({ owner }: Device): void {
    const { random, server } = this.#parts;
    const log = random.pick(owner?.engine.conversations.get().conversations ?? [])?.id;
    if (log === undefined) return;
    server.storage.putOff = { log, retryAfterMs: random.integer(100, 3_000) };
    this.#later(1_000, 15_000, () => {
      server.storage.putOff = undefined;
    });
  }

  backUp(): void {
    this.#parts.server.backUp();
  }

  restoreBackup(): void {
    const { server, random } = this.#parts;
    server.crash(true);
    server.restoreBackup(random.chance(0.7));
    this.#later(50, 3_000, () => void server.start());
  }
}
