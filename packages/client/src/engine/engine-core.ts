import { uuidV7 } from "@parley/protocol";
import type { ConnectionView } from "../api/connection-view.ts";
import type { EngineInspection } from "../api/inspection.ts";
import type { ConnectionEvent } from "../core/connection-state.ts";
import { type Generation, StaleOwnerError, type StoredMeta, type StoredState } from "../ports/client-store.ts";
import { StoreError } from "../ports/store-error.ts";
import { Actor } from "./actor.ts";
import { Batch } from "./batch.ts";
import type { EngineConfig } from "./engine-config.ts";
import { EngineError } from "./engine-error.ts";
import { EngineParts } from "./engine-parts.ts";
import { inspect } from "./inspect.ts";
import { Ownership } from "./ownership.ts";
import { isFailure, persistently } from "./persistently.ts";
import { inDoubt, type Remains, savedFrom } from "./remains.ts";
import type { EngineRules } from "./rules.ts";

/** The life of an engine: how it starts and ends, what a failure means, and what it does for a person meanwhile. */
export class EngineCore {
  readonly actor: Actor;
  readonly parts: EngineParts;
  readonly #config: EngineConfig;
  readonly #ownership: Ownership;
  #stopListening: () => void = () => undefined;
  /** What an engine held whose store was lost; until it is stored again. */
  #remains: Remains | undefined;

  constructor(config: EngineConfig, rules: EngineRules) {
    this.#config = config;
    this.#ownership = new Ownership(config.store, config.clock, {
      claimed: (generation) => void this.#begin(generation).catch(() => this.#storeFailed()),
      lost: (error) => this.#storeLost(error),
      stored: () => ({ kind: "meta", meta: this.parts.model.meta }),
    });
    this.parts = new EngineParts(config, rules, (task) => this.actor.push(task));
    this.actor = new Actor(config.store, {
      finish: (batch) => this.#finish(batch),
      broken: (error, generation) => this.#broken(error, generation),
      starved: () => this.#starved(),
    });
  }

  /**
   * Claims the local store, shows what it holds, then connects.
   *
   * @param remains what an engine held of the outbox whose store was lost; stored again if this one is another
   */
  async start(remains: Remains | undefined): Promise<void> {
    this.#remains = remains;
    const generation = await this.#ownership.claim();
    if (generation === undefined) await this.#showOnly();
    else await this.#begin(generation);
  }

  /** Without any room: what is stored can be read, and all else begins when there is some. */
  async #showOnly(): Promise<void> {
    try {
      const stored = await this.#read();
      const { meta } = stored;
      if (meta === undefined) throw new StoreError("full", "There is no room for a new device.");
      await this.#opened("none", (batch) => this.parts.adopt(stored, meta, batch));
      if (await this.#makeRoom("none")) this.#ownership.hurry();
    } catch (error) {
      this.#ownership.stop();
      throw error;
    }
  }

  async #begin(generation: number): Promise<void> {
    const { network } = this.#config;
    const stored = await this.#read();
    await this.#opened(generation, (batch) => this.#load(stored, this.#remains, batch));
    this.#remains = undefined;
    const stops = [
      network.onReturn(() => this.#happened({ kind: "wake" })),
      network.onLoss(() => this.#happened({ kind: "doubt" })),
    ];
    this.#stopListening = () => {
      for (const stop of stops) stop();
    };
    this.actor.push({ run: (batch) => this.parts.connector.step({ kind: "start" }, batch) });
  }

  async #read(): Promise<StoredState> {
    const { store, account } = this.#config;
    const stored = await persistently(() => store.load());
    if (stored.meta === undefined || stored.meta.account === account.account) return stored;
    throw new EngineError("invalid", "This local store belongs to another account.");
  }

  #opened(generation: Generation, run: (batch: Batch) => Promise<void>): Promise<void> {
    return new Promise((done, failed) => this.actor.open(generation, { run, done, failed }));
  }

  #happened(event: ConnectionEvent): void {
    this.actor.push({ run: (batch) => this.parts.connector.step(event, batch) });
  }

  /** What a person does; whoever does something waits for the connection. */
  deed<T>(run: (batch: Batch) => Promise<T> | T): Promise<T> {
    return this.actor.call((batch) => {
      this.parts.connector.step({ kind: "wanted" }, batch);
      return run(batch);
    });
  }

  typing(conversation: string, active: boolean): void {
    this.actor.push({
      run: (batch) => {
        if (active) this.parts.connector.step({ kind: "wanted" }, batch);
        this.parts.signals.report(conversation, active, batch);
      },
    });
  }

  resync(): void {
    this.actor.push({ run: (batch) => this.parts.resync(batch) });
  }

  inspect(): EngineInspection {
    return inspect(this.parts.model, this.parts.outbox, this.#view());
  }

  /** A person does not want to wait any longer, neither for the next attempt nor for the server. */
  hurry(): void {
    this.#ownership.hurry();
    this.#happened({ kind: "try-now" });
    this.actor.push({ run: (batch) => this.parts.outbox.hurry(batch) });
  }

  /** Closes the socket and refuses every call from then on. Resolves once everything before it is stored. */
  async stop(): Promise<void> {
    this.#ownership.stop();
    // Where the local store could not be read nothing was ever begun, and nothing would come to its end.
    if (this.actor.isOpen) {
      await this.actor
        .call((batch) => this.parts.connector.step({ kind: "stop", why: "stopped" }, batch))
        .catch(() => undefined);
    }
    // Only now: what was still starting listens since then.
    this.#stopListening();
    this.actor.close();
  }

  /** What is to be kept if the local store is lost while the engine runs. */
  remains(): Remains {
    if (this.#remains !== undefined) return this.#remains;
    const { model, outbox } = this.parts;
    return {
      device: model.meta.device,
      outbox: outbox.stored,
      drafts: [...model.drafts].map(([conversation, text]) => ({ conversation, text })),
      confirmedDrafts: [...model.confirmedDrafts.values()],
    };
  }

  async #load(stored: StoredState, remains: Remains | undefined, batch: Batch): Promise<void> {
    const { outbox, drafts, confirmedDrafts } = savedFrom(remains, stored);
    for (const entry of outbox) batch.put({ kind: "outbox", entry }, "strict");
    for (const draft of drafts) batch.put({ kind: "draft", ...draft });
    for (const draft of confirmedDrafts) batch.put({ kind: "confirmed-draft", draft });
    const all = {
      ...stored,
      outbox: [...stored.outbox, ...outbox],
      drafts: [...stored.drafts, ...drafts],
      confirmedDrafts: [...stored.confirmedDrafts, ...confirmedDrafts],
    };
    const meta = stored.meta ?? this.#newDevice();
    const doubting = inDoubt(meta, stored.meta === undefined ? all.outbox : outbox);
    if (doubting !== stored.meta) batch.put({ kind: "meta", meta: doubting }, "strict");
    await this.parts.adopt(all, doubting, batch);
  }

  #newDevice(): StoredMeta {
    const { clock, random, account } = this.#config;
    const device = uuidV7(clock.now(), random.bytes(10));
    return { account: account.account, device, incarnation: "", accountHead: 0, doubted: [] };
  }

  async #finish(batch: Batch): Promise<void> {
    await this.parts.finish(batch);
    batch.after(() => this.parts.reporter.tell(batch, this.#view()));
  }

  #view(): ConnectionView {
    return this.#ownership.waits ? { kind: "no-room" } : this.parts.connector.view();
  }

  /**
   * A batch failed. Another owner: stop at once. Anything else: what is stored is the truth; begin again from there, if it is still the store of this
   * device. Where there was no room, some is made.
   */
  async #broken(error: unknown, generation: Generation): Promise<boolean> {
    const batch = new Batch(this.#config.store);
    if (error instanceof StaleOwnerError) {
      this.#giveUp("superseded", batch);
      return false;
    }
    try {
      const stored = await persistently(() => this.#config.store.load());
      if (stored.meta?.device !== this.parts.model.meta.device) throw error;
      this.parts.connector.step({ kind: "broken" }, batch);
      await this.parts.adopt(stored, stored.meta, batch);
      const madeRoom = generation !== "none" && isFailure(error, "full") && (await this.#makeRoom(generation));
      await this.parts.look(batch);
      batch.tell();
      this.parts.reporter.tell(batch, this.#view());
      return madeRoom;
    } catch {
      this.#giveUp("store-failed", batch);
      return false;
    }
  }

  /** False where there is none to be made, or where even giving something up needs more than there is. */
  async #makeRoom(generation: Generation): Promise<boolean> {
    try {
      return await this.parts.roomMaker.make(generation);
    } catch (error) {
      if (isFailure(error, "full")) return false;
      throw error;
    }
  }

  /** What the server tells does not fit: it would tell it again and again. What is stored can be read until there is room. */
  #starved(): void {
    this.#stopListening();
    this.#ownership.starve();
    this.actor.open("none", { run: (batch) => this.parts.connector.step({ kind: "rest" }, batch) });
  }

  #storeLost(error: unknown): void {
    if (error instanceof StaleOwnerError) this.#giveUp("superseded", new Batch(this.#config.store));
    else this.#storeFailed();
  }

  #storeFailed(): void {
    if (this.actor.isOpen) this.#giveUp("store-failed", new Batch(this.#config.store));
  }

  #giveUp(why: "superseded" | "store-failed", batch: Batch): void {
    this.#stopListening();
    this.#ownership.stop();
    this.actor.close();
    this.parts.connector.abandon(why, batch);
    this.parts.reporter.connection.set(this.#view());
  }
}
