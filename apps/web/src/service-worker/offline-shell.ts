import { versionOfPageLock } from "./page-lock.ts";
import { PAGE_PATH, Precache } from "./precache.ts";
import type { PrecacheList } from "./precache-list.ts";
import { routeRequest, type ShellRoute } from "./route-request.ts";
import type { PageMessage, ShellMessage } from "./shell-messages.ts";

/**
 * Lets the app start without a network. A new version waits until all pages of the old one are closed or somebody takes it over; from then on it
 * still has the files of the old one for pages that stay open.
 */
export class OfflineShell {
  readonly #worker: ServiceWorkerGlobalScope;
  readonly #list: PrecacheList;
  readonly #paths: ReadonlySet<string>;
  readonly #precache: Precache;

  constructor(worker: ServiceWorkerGlobalScope, list: PrecacheList) {
    this.#worker = worker;
    this.#list = list;
    this.#paths = new Set(list.files.map(({ path }) => path));
    this.#precache = new Precache(list, worker.caches);
  }

  /** Must be called while the worker's script runs for the first time. */
  listen(): void {
    const worker = this.#worker;
    worker.addEventListener("install", (event) => event.waitUntil(this.#precache.fill()));
    worker.addEventListener("activate", (event) => event.waitUntil(this.#activate()));
    worker.addEventListener("fetch", (event) => {
      const route = routeRequest(event.request, worker.location.origin, this.#paths);
      if (route.kind !== "server") event.respondWith(this.#answer(event, route));
    });
    worker.addEventListener("message", (event) => {
      const { data }: { readonly data: PageMessage } = event;
      event.waitUntil(data.kind === "take-over" ? worker.skipWaiting() : this.#introduce(event.source));
    });
  }

  /** The page that was open before this worker was there shall find its files as well. */
  async #activate(): Promise<void> {
    await this.#repair();
    await this.#sweep();
    await this.#worker.clients.claim();
  }

  async #answer(event: FetchEvent, route: Exclude<ShellRoute, { kind: "server" }>): Promise<Response> {
    const found = await this.#precache.find(route.kind === "page" ? PAGE_PATH : route.path);
    if (found !== undefined) return found;
    if (route.kind === "page") event.waitUntil(this.#repair());
    return fetch(event.request);
  }

  async #introduce(page: ExtendableMessageEvent["source"]): Promise<void> {
    const message: ShellMessage = { kind: "version", version: this.#list.version };
    page?.postMessage(message);
    await this.#sweep();
  }

  /** Somebody may have emptied the cache. Without a network, or if the server has another version by now, the next start tries again. */
  #repair(): Promise<void> {
    return this.#precache.fill().catch(() => undefined);
  }

  #sweep(): Promise<void> {
    const { registration, serviceWorker } = this.#worker;
    const alone = () =>
      serviceWorker.state.startsWith("activat") && registration.installing === null && registration.waiting === null;
    return this.#precache.sweep(alone, () => this.#versionsOfPages());
  }

  /** A page holds the lock of its version under its client's id. */
  async #versionsOfPages(): Promise<readonly (string | undefined)[]> {
    const windows = await this.#worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    const { held = [] } = await this.#worker.navigator.locks.query();
    const versions = new Map(
      held.flatMap(({ clientId, name }) => {
        const version = versionOfPageLock(name ?? "");
        return version === undefined ? [] : [[clientId, version]];
      }),
    );
    return windows.map(({ id }) => versions.get(id));
  }
}
