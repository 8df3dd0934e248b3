import type { ClientStore, Generation } from "../ports/client-store.ts";
import { StoreError } from "../ports/store-error.ts";
import { Batch } from "./batch.ts";
import { EngineError } from "./engine-error.ts";
import { isFailure } from "./persistently.ts";

/** One input. `run` reads and changes the model; what it put into the batch is committed before `done`. */
export interface Task {
  run(batch: Batch): Promise<void> | void;
  done?(): void;
  failed?(error: unknown): void;
}

export interface ActorHooks {
  /** What follows from all inputs of a batch together, before it is committed. */
  finish(batch: Batch): Promise<void>;
  /** A batch failed: the model may be ahead of the store. Resolves to whether the same inputs may succeed now. */
  broken(error: unknown, generation: Generation): Promise<boolean>;
  /** There is no room for an input that nobody waits for, and that may come again and again. */
  starved(): void;
}

/** Cheap inputs share a transaction; a long queue must not delay the views for ever. */
const LARGEST_BATCH = 64;
/** How often inputs are tried for which there is no room, each time after some was made. */
const ATTEMPTS = 3;

/**
 * Processes inputs one at a time: read, change the model, commit in one transaction together with others that wait, then tell. So no two
 * inputs ever interleave, and nobody is told what is not stored.
 */
export class Actor {
  readonly #store: ClientStore;
  readonly #hooks: ActorHooks;
  #queue: Task[] = [];
  /** Come before everything in the queue. */
  #openings: Task[] = [];
  #generation: Generation | undefined;
  #running = false;
  #closed = false;

  constructor(store: ClientStore, hooks: ActorHooks) {
    this.#store = store;
    this.#hooks = hooks;
  }

  /** Begins to process, as this owner of the store; `first` comes before everything pushed so far. */
  open(generation: Generation, first: Task): void {
    if (this.#closed) {
      first.failed?.(stopped());
      return;
    }
    this.#generation = generation;
    this.#openings.push(first);
    this.#wake();
  }

  /** Whether it processes what is pushed. */
  get isOpen(): boolean {
    return this.#generation !== undefined && !this.#closed;
  }

  push(task: Task): void {
    if (this.#closed) {
      task.failed?.(stopped());
      return;
    }
    this.#queue.push(task);
    this.#wake();
  }

  /** A call: resolves with its result after the commit. An EngineError refuses this call alone and must be thrown before it changes anything. */
  call<T>(run: (batch: Batch) => Promise<T> | T): Promise<T> {
    return new Promise((resolve, reject) => {
      let settle = (): void => reject(stopped());
      this.push({
        run: async (batch) => {
          batch.urgent = true;
          try {
            const result = await run(batch);
            settle = () => resolve(result);
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
            settle = () => reject(error);
          }
        },
        done: () => settle(),
        failed: reject,
      });
    });
  }

  /** Refuses everything from now on, what waits included. */
  close(): void {
    this.#closed = true;
    const waiting = [...this.#openings, ...this.#queue];
    this.#openings = [];
    this.#queue = [];
    for (const task of waiting) task.failed?.(stopped());
  }

  #wake(): void {
    if (this.#running || this.#generation === undefined) return;
    this.#running = true;
    void this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#openings.length + this.#queue.length > 0 && this.#generation !== undefined) {
      const tasks = [...this.#openings.splice(0), ...this.#queue.splice(0, LARGEST_BATCH)];
      await this.#process(tasks, this.#generation);
    }
    this.#running = false;
  }

  async #process(tasks: readonly Task[], generation: Generation): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#try(tasks, generation);
      if (failure === undefined) return;
      if (failure.mayPass && attempt < ATTEMPTS) continue;
      const isFull = isFailure(failure.error, "full");
      if (isFull && tasks.length > 1 && tasks.some(isWaitedFor)) return this.#processSingly(tasks, generation);
      this.#fail(tasks, failure.error);
      return;
    }
  }

  /** What is small may still fit where all together do not. Where it is opened anew meanwhile, that comes first: the model is read again then. */
  async #processSingly(tasks: readonly Task[], generation: Generation): Promise<void> {
    for (const [index, task] of tasks.entries()) {
      if (this.#openings.length > 0 && !this.#closed) {
        this.#queue.unshift(...tasks.slice(index));
        return;
      }
      const failure = this.#closed ? { error: stopped() } : await this.#try([task], generation);
      if (failure !== undefined) this.#fail([task], failure.error);
    }
  }

  #fail(tasks: readonly Task[], error: unknown): void {
    for (const task of tasks) task.failed?.(error);
    if (isFailure(error, "full") && !tasks.some(isWaitedFor)) this.#hooks.starved();
  }

  async #try(tasks: readonly Task[], generation: Generation): Promise<Failure | undefined> {
    const batch = new Batch(this.#store);
    try {
      for (const task of tasks) await task.run(batch);
      if (generation === "none" && batch.isChanged && tasks.some(isWaitedFor)) throw noRoom();
      await this.#hooks.finish(batch);
      if (generation !== "none") await batch.commit(generation);
    } catch (error) {
      return { error, mayPass: await this.#hooks.broken(error, generation) };
    }
    batch.tell();
    for (const task of tasks) task.done?.();
    return undefined;
  }
}

interface Failure {
  readonly error: unknown;
  readonly mayPass: boolean;
}

/** What nobody waits for (that a conversation was opened or read) may be lost. */
function isWaitedFor({ failed }: Task): boolean {
  return failed !== undefined;
}

function noRoom(): StoreError {
  return new StoreError("full", "There is no room to store anything.");
}

function stopped(): EngineError {
  return new EngineError("stopped", "The engine has stopped.");
}
