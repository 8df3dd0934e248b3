import type { Clock } from "@parley/client";
import type { AppUpdates } from "../features/updates/view-model/app-updates.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import { pageLock } from "../service-worker/page-lock.ts";
import type { PageMessage, ShellMessage } from "../service-worker/shell-messages.ts";

/** What is needed of the browser, in which service workers may be missing. */
export interface ServiceWorkerUpdatesPorts {
  readonly container: ServiceWorkerContainer;
  readonly locks: LockManager;
  readonly clock: Clock;
  /** The version of this page. */
  readonly version: string;
  readonly reload: () => void;
}

const SCRIPT = "/service-worker.js";
/** After a reconnect there is something else to do first; one that comes soon after needs no look of its own. */
const LOOK_AFTER_MS = 2_000;
/** A worker that does not take over within this time leaves the page as it is: then the reload brings the same version, and the offer again. */
const TAKE_OVER_WITHIN_MS = 5_000;

/** Newer versions, as the service worker brings them. The newest worker that there is says its version: if it is not this page's, it is offered. */
export class ServiceWorkerUpdates implements AppUpdates {
  readonly ready = new ObservedValue(false);
  readonly #ports: ServiceWorkerUpdatesPorts;
  #registration: ServiceWorkerRegistration | undefined;
  #looking = false;
  #reloading = false;

  constructor(ports: ServiceWorkerUpdatesPorts) {
    this.#ports = ports;
  }

  /** Without a service worker (the browser forbids it, the server lacks it) everything works but a start without a network. */
  async start(): Promise<void> {
    const { container, version } = this.#ports;
    await this.#holdPageLock();
    container.addEventListener("message", ({ data, source }: MessageEvent<ShellMessage>) => {
      if (source === this.#newest) this.ready.set(data.version !== version);
    });
    container.startMessages();
    container.addEventListener("controllerchange", () => (this.#reloading ? this.#ports.reload() : this.#ask()));
    try {
      this.#registration = await container.register(SCRIPT, { updateViaCache: "none" });
    } catch {
      return;
    }
    this.#ask();
    this.#watch(this.#registration);
  }

  look(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#ports.clock.after(LOOK_AFTER_MS, () => {
      this.#looking = false;
      this.#registration?.update().catch(() => undefined);
    });
  }

  reload(): void {
    const { clock, reload } = this.#ports;
    const waiting = this.#registration?.waiting;
    if (!waiting) {
      reload();
      return;
    }
    this.#reloading = true;
    say(waiting, { kind: "take-over" });
    clock.after(TAKE_OVER_WITHIN_MS, reload);
  }

  /** Held until the page is gone; by it the worker knows which versions are in use. */
  #holdPageLock(): Promise<void> {
    const { locks, version } = this.#ports;
    return new Promise((held) => {
      void locks.request(pageLock(version), { mode: "shared" }, () => {
        held();
        return new Promise<never>(() => undefined);
      });
    });
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const watchInstalling = () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed") this.#ask();
      });
    };
    registration.addEventListener("updatefound", watchInstalling);
    watchInstalling();
  }

  get #newest(): ServiceWorker | undefined {
    return this.#registration?.waiting ?? this.#registration?.active ?? undefined;
  }

  #ask(): void {
    const newest = this.#newest;
    if (newest !== undefined) say(newest, { kind: "which-version" });
  }
}

function say(worker: ServiceWorker, message: PageMessage): void {
  worker.postMessage(message);
}
