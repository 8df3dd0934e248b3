import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";
import { WorkerNames } from "./worker-names.ts";

/** How long a worker may take to say that it is ready, and how often this tab tries. */
const READY_WITHIN_MS = 10_000;
const ATTEMPTS = 3;
/** How long a worker may take to answer when a person looks at the tab again. */
const PONG_WITHIN_MS = 5_000;

export interface WorkerLinkOptions {
  readonly account: string;
  readonly workerUrl: string;
  readonly tabLock: string;
}

/**
 * One SharedWorker for all tabs of an account and a version of the app.
 *
 * The worker holds a Web Lock of its own name as long as it lives, and this tab waits for that lock: when it gets it, the worker is dead, and a
 * new one starts under a new name. A worker that is frozen keeps its lock: it is found out by a ping when a person looks at the tab.
 */
export class WorkerLink implements EngineLink {
  readonly place = "shared-worker";
  readonly tabLock: string;
  readonly #names: WorkerNames;
  readonly #workerUrl: string;
  readonly #stopping = new AbortController();
  /** Releases the lock of this tab. */
  #letGo: () => void = () => undefined;

  constructor({ account, workerUrl, tabLock }: WorkerLinkOptions) {
    this.tabLock = tabLock;
    this.#workerUrl = workerUrl;
    this.#names = new WorkerNames(account, workerUrl);
  }

  start(handlers: LinkHandlers): void {
    void this.#run(handlers);
  }

  stop(): void {
    this.#stopping.abort();
    this.#letGo();
  }

  async #run(handlers: LinkHandlers): Promise<void> {
    await this.#holdTabLock();
    let avoid: string | undefined;
    for (let failures = 0; failures < ATTEMPTS && !this.#stopping.signal.aborted; ) {
      const found = await this.#names.choose(avoid, (name) => this.#connect(name));
      avoid = found.name;
      if (found.port === undefined) {
        failures += 1;
        continue;
      }
      failures = 0;
      handlers.connected(found.port);
      await this.#death(found.name, found.port);
      found.port.close();
      if (!this.#stopping.signal.aborted) handlers.lost();
    }
    if (!this.#stopping.signal.aborted) handlers.failed();
  }

  #holdTabLock(): Promise<void> {
    return new Promise((held) => {
      void navigator.locks.request(this.tabLock, () => {
        held();
        return new Promise<void>((release) => {
          this.#letGo = release;
        });
      });
    });
  }

  /** A port of a worker that is ready; undefined if none came. */
  #connect(name: string): Promise<MessagePort | undefined> {
    return new Promise((resolve) => {
      // Lets the worker send what is in the outbox after a reload or the last tab's end; ignored where it is unknown.
      const options = { type: "module", name, extendedLifetime: true } as const;
      const worker = new SharedWorker(this.#workerUrl, options);
      const { port } = worker;
      const settle = (result: MessagePort | undefined) => {
        clearTimeout(timer);
        port.onmessage = null;
        resolve(result);
      };
      const timer = setTimeout(() => settle(undefined), READY_WITHIN_MS);
      worker.onerror = () => settle(undefined);
      port.onmessage = ({ data }: MessageEvent<EngineSideMessage>) => {
        if (data.kind === "ready") settle(port);
      };
    });
  }

  /** Resolves when the worker is gone, or when this link stops. */
  async #death(name: string, port: MessagePort): Promise<void> {
    const over = new AbortController();
    this.#stopping.signal.addEventListener("abort", () => over.abort(), { once: true, signal: over.signal });
    const dead = navigator.locks
      .request(name, { mode: "shared", signal: over.signal }, () => undefined)
      .catch(() => undefined);
    await Promise.race([dead, this.#frozen(port, over.signal)]);
    over.abort();
  }

  /** Resolves when a ping is not answered; asks whenever this tab becomes visible. */
  #frozen(port: MessagePort, over: AbortSignal): Promise<void> {
    return new Promise((frozen) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const ask = () => {
        if (document.visibilityState !== "visible") return;
        const ping: TabMessage = { kind: "ping" };
        port.postMessage(ping);
        timer ??= setTimeout(frozen, PONG_WITHIN_MS);
      };
      const answered = () => {
        clearTimeout(timer);
        timer = undefined;
      };
      document.addEventListener("visibilitychange", ask, { signal: over });
      port.addEventListener("message", answered, { signal: over });
      over.addEventListener("abort", answered, { once: true });
    });
  }
}
