import type { Clock } from "@parley/client";
import {
  type Candidate,
  type ElectionEvent,
  type ElectionState,
  electionBegins,
  stepElection,
} from "../election/election.ts";
import { type EngineName, formatEngineName, parseEngineName } from "../election/engine-name.ts";
import { AttendedLine } from "../lines/attended-line.ts";
import type { EnginePlace } from "../places/engine-place.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";
import type { TabContext } from "./tab-context.ts";

export interface ElectedLinkOptions {
  readonly account: string;
  readonly place: EnginePlace;
  readonly tabLock: string;
  readonly locks: Pick<LockManager, "request" | "query">;
  readonly storage: Pick<Storage, "getItem" | "setItem">;
  readonly clock: Clock;
  readonly whenSeen: TabContext["whenSeen"];
}

/** How long an engine side may take to say that it is ready. */
const READY_WITHIN_MS = 10_000;
const NUMBER_KEY = "parley.engine-number";

/**
 * The link of a tab to the one engine side that all tabs of its account and version share. Each state of the election has one activity here, whose
 * end is the next event.
 *
 * An engine side holds a Web Lock of its own name as long as it lives, and this tab waits for that lock: when it gets it, the engine side is
 * dead. This tab holds a lock too, by which the engine side learns of its end.
 */
export class ElectedLink implements EngineLink {
  readonly place: EnginePlace["kind"];
  readonly tabLock: string;
  readonly #options: ElectedLinkOptions;
  readonly #candidate: Candidate;
  readonly #stopping = new AbortController();
  #state: ElectionState = electionBegins;
  #line: AttendedLine | undefined;
  #answersNot: () => void = () => undefined;
  /** Lets the next tab choose. */
  #turnOver: () => void = () => undefined;

  constructor(options: ElectedLinkOptions) {
    this.#options = options;
    this.place = options.place.kind;
    this.tabLock = options.tabLock;
    this.#candidate = { account: options.account, version: options.place.version };
  }

  start(handlers: LinkHandlers): void {
    void this.#run(handlers);
  }

  stop(): void {
    this.#stopping.abort();
    this.#turnOver();
    this.#line?.close();
    this.#options.place.stop();
  }

  async #run(handlers: LinkHandlers): Promise<void> {
    const stopAsking = this.#options.whenSeen(() => this.#line?.ask());
    try {
      await this.#hold(this.tabLock);
    } catch {
      stopAsking();
      // Stopped before it began, or the browser refuses locks here.
      if (!this.#stopping.signal.aborted) handlers.failed();
      return;
    }
    while (this.#state.kind !== "failed" && !this.#stopping.signal.aborted) {
      const before = this.#state;
      const event = await this.#next(before);
      this.#state = stepElection(before, event, this.#candidate);
      if (this.#state.kind !== "reaching") this.#turnOver();
      if (this.#state !== before && !this.#stopping.signal.aborted) this.#tell(before, handlers);
    }
    stopAsking();
  }

  #tell(before: ElectionState, handlers: LinkHandlers): void {
    const state = this.#state;
    if (before.kind === "connected") {
      this.#line?.close();
      handlers.lost();
    }
    if (before.kind === "elsewhere") handlers.vacant();
    if (state.kind === "connected" && this.#line !== undefined) handlers.connected(this.#line);
    if (state.kind === "elsewhere") handlers.elsewhere(this.#isOfOtherVersion(state.engine));
    if (state.kind === "failed") {
      this.#options.place.stop();
      handlers.failed();
    }
  }

  async #next(state: ElectionState): Promise<ElectionEvent> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#stopping.signal]);
    const stopped = new Promise<ElectionEvent>((stop) => {
      this.#stopping.signal.addEventListener("abort", () => stop({ kind: "stop" }), { signal: over.signal });
    });
    try {
      return await Promise.race([this.#activity(state, signal), stopped]);
    } catch {
      // The browser refuses locks or workers here.
      return { kind: this.#stopping.signal.aborted ? "stop" : "unreachable" };
    } finally {
      over.abort();
    }
  }

  /** Of the same kind of host, whose tabs would share it if it were not for the version. */
  #isOfOtherVersion({ version }: EngineName): boolean {
    return this.place !== "tab" && version.startsWith(`${this.place} `);
  }

  #activity(state: ElectionState, signal: AbortSignal): Promise<ElectionEvent> {
    switch (state.kind) {
      case "choosing":
        return this.#turn();
      case "reaching":
        return this.#reach(state.deed, state.engine, signal);
      case "connected":
        return Promise.race([this.#death(state.engine, signal), this.#frozen()]);
      case "elsewhere":
        return this.#death(state.engine, signal);
      case "failed":
      case "stopped":
        return new Promise(() => undefined);
    }
  }

  /** Waits for this tab's turn to choose, which lasts until `turnOver`. */
  async #turn(): Promise<ElectionEvent> {
    const { account, locks, storage } = this.#options;
    this.#turnOver = await this.#hold(`parley-choosing-${account}`);
    const { held = [] } = await locks.query();
    const living = held
      .map(({ name, mode }) => (mode === "exclusive" ? parseEngineName(name ?? "", account) : undefined))
      .filter((engine) => engine !== undefined);
    return { kind: "turn-came", living, lastNumber: Number(storage.getItem(NUMBER_KEY) ?? 0) };
  }

  async #reach(deed: "start" | "join", engine: EngineName, signal: AbortSignal): Promise<ElectionEvent> {
    const { place, storage, clock } = this.#options;
    const name = formatEngineName(engine);
    if (deed === "start") remember(storage, engine.number);
    const { line, failed } = place[deed](name, this.tabLock);
    const attended = new AttendedLine(line, clock, () => this.#answersNot());
    let stopTimer: () => void = () => undefined;
    const ways: Promise<ElectionEvent>[] = [
      new Promise((ready) => {
        attended.listen(({ kind }) => kind === "ready" && ready({ kind: "reached" }));
      }),
      failed.then(() => ({ kind: "unreachable" })),
      new Promise((late) => {
        stopTimer = clock.after(READY_WITHIN_MS, () => late({ kind: "unreachable" }));
      }),
    ];
    if (deed === "join") ways.push(this.#death(engine, signal));
    const event = await Promise.race(ways);
    stopTimer();
    if (event.kind === "reached") this.#line = attended;
    else attended.close();
    return event;
  }

  /** Its lock is free, which only its death makes. */
  async #death(engine: EngineName, signal: AbortSignal): Promise<ElectionEvent> {
    await this.#options.locks.request(formatEngineName(engine), { mode: "shared", signal }, () => undefined);
    return { kind: "died" };
  }

  #frozen(): Promise<ElectionEvent> {
    return new Promise((frozen) => {
      this.#answersNot = () => frozen({ kind: "frozen" });
    });
  }

  /** Resolves once the lock is held, to what lets it go; it goes with this link, too. */
  #hold(lock: string): Promise<() => void> {
    return new Promise((held, refused) => {
      const { signal } = this.#stopping;
      const request = this.#options.locks.request(lock, { signal }, () => {
        return new Promise<void>((release) => {
          signal.addEventListener("abort", () => release(), { once: true });
          held(release);
        });
      });
      request.catch(refused);
    });
  }
}

/** A hint that spares dead names: without it the numbers of the living are enough. Of all accounts together, so that it tells of none. */
function remember(storage: Pick<Storage, "setItem">, number: number): void {
  try {
    storage.setItem(NUMBER_KEY, String(number));
  } catch {
    // Full.
  }
}
