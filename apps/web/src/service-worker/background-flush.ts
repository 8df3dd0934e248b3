import { flushOutbox } from "@parley/client";
import { openExistingStore } from "@parley/client-store/indexeddb";
import { browserClock } from "../hosts/browser/browser-clock.ts";
import { createFetchHttp } from "../hosts/browser/fetch-http.ts";
import { AccountVacancy } from "./account-vacancy.ts";
import { accountOfFlushTag } from "./flush-tag.ts";

/** An engine whose last tab was just closed is gone within this time. One that lives sends what waits itself. */
const ENGINE_GONE_WITHIN_MS = 10_000;
/** With a page still open, only so long: as long as an event runs here, no newer version of this worker can take over. */
const PAGE_GONE_WITHIN_MS = 1_000;

/** Sends what waits in an outbox while no page is open, where the browser has Background Sync. Who and which device it is stands in the local store. */
export class BackgroundFlush {
  readonly #worker: ServiceWorkerGlobalScope;

  constructor(worker: ServiceWorkerGlobalScope) {
    this.#worker = worker;
  }

  /** Must be called while the worker's script runs for the first time. */
  listen(): void {
    this.#worker.addEventListener("sync", (event: Event) => {
      // Not every browser has these events, and the types know none of them.
      if (!(event instanceof ExtendableEvent) || !("tag" in event) || typeof event.tag !== "string") return;
      const account = accountOfFlushTag(event.tag);
      if (account !== undefined) event.waitUntil(this.#flush(account));
    });
  }

  /** Rejects for the browser to come back later. */
  async #flush(account: string): Promise<void> {
    const vacancy = new AccountVacancy(this.#worker.navigator.locks, account);
    const isVacant =
      (await vacancy.wait(AbortSignal.timeout(PAGE_GONE_WITHIN_MS))) ||
      (!(await this.#hasPages()) && (await vacancy.wait(AbortSignal.timeout(ENGINE_GONE_WITHIN_MS))));
    if (!isVacant) throw new Error("An engine has the outbox; it may be frozen.");
    const store = await openExistingStore(account);
    if (store === undefined) return;
    try {
      const http = createFetchHttp(this.#worker.location.origin);
      const end = await flushOutbox({ store, http, clock: browserClock, vacancy });
      if (end === "later") throw new Error("Not everything could be sent.");
    } finally {
      await store.close();
    }
  }

  async #hasPages(): Promise<boolean> {
    return (await this.#worker.clients.matchAll({ type: "window", includeUncontrolled: true })).length > 0;
  }
}
