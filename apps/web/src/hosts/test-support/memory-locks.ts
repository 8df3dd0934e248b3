interface Request {
  readonly client: object;
  readonly name: string;
  readonly mode: LockMode;
  readonly grant: () => Promise<unknown>;
  readonly refuse: (why: unknown) => void;
  readonly settle: (value: unknown) => void;
}

/** The Web Locks of one browser, in memory: clients that end let go of what they hold, as pages and workers do. */
export class MemoryLocks {
  #held: Request[] = [];
  #waiting: Request[] = [];

  /** The lock manager as one page or worker sees it. */
  client(): MemoryLockClient {
    return new MemoryLockClient(this);
  }

  heldLocks(): LockManagerSnapshot {
    return { held: this.#held.map(({ name, mode }) => ({ name, mode })), pending: [] };
  }

  add(request: Request): void {
    this.#waiting.push(request);
    this.#grant();
  }

  /** Takes the lock from its holders, who go on without it. */
  steal(name: string): void {
    for (const request of this.#held.filter((held) => held.name === name)) {
      request.refuse(new DOMException("stolen", "AbortError"));
    }
    this.#held = this.#held.filter((held) => held.name !== name);
  }

  remove(fits: (request: Request) => boolean): void {
    this.#waiting = this.#waiting.filter((request) => !fits(request));
    this.#held = this.#held.filter((request) => !fits(request));
    this.#grant();
  }

  abort(request: Request, why: unknown): void {
    if (!this.#waiting.includes(request)) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== request);
    request.refuse(why);
    this.#grant();
  }

  #grant(): void {
    for (const request of [...this.#waiting]) {
      const before = this.#waiting.slice(0, this.#waiting.indexOf(request));
      const inTheWay = [...this.#held, ...before].filter(({ name }) => name === request.name);
      const shared = request.mode === "shared" && inTheWay.every(({ mode }) => mode === "shared");
      if (inTheWay.length > 0 && !shared) continue;
      this.#waiting = this.#waiting.filter((waiting) => waiting !== request);
      this.#held.push(request);
      void Promise.resolve()
        .then(request.grant)
        .finally(() => this.remove((held) => held === request))
        .then(request.settle, request.refuse);
    }
  }
}

class MemoryLockClient implements LockManager {
  readonly #locks: MemoryLocks;
  #gone = false;

  constructor(locks: MemoryLocks) {
    this.#locks = locks;
  }

  // The platform's overloads, told apart by the number of arguments.
  request = (name: string, ...rest: readonly unknown[]): Promise<never> => {
    const [options, run] = (rest.length === 1 ? [{}, rest[0]] : rest) as [LockOptions, LockGrantedCallback<unknown>];
    return new Promise<never>((settle, refuse) => {
      if (this.#gone) return;
      const mode = options.mode ?? "exclusive";
      // Nothing of a client that is gone is told any more.
      const alive =
        (tell: (value: never) => void) =>
        (value: unknown): void => {
          if (!this.#gone) tell(value as never);
        };
      const grant = async () => (this.#gone ? undefined : run({ name, mode }));
      const request: Request = { client: this, name, mode, grant, refuse: alive(refuse), settle: alive(settle) };
      if (options.steal === true) this.#locks.steal(name);
      if (options.ifAvailable === true && this.#locks.heldLocks().held?.some((held) => held.name === name)) {
        void Promise.resolve(run(null)).then(request.settle, request.refuse);
        return;
      }
      options.signal?.addEventListener("abort", () => this.#locks.abort(request, options.signal?.reason));
      this.#locks.add(request);
    });
  };

  query = async (): Promise<LockManagerSnapshot> => this.#locks.heldLocks();

  /** The page or worker is gone. */
  end(): void {
    this.#gone = true;
    this.#locks.remove(({ client }) => client === this);
  }
}
