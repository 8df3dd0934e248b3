import { BackgroundFlush } from "./background-flush.ts";
import { OfflineShell } from "./offline-shell.ts";
import type { PrecacheList } from "./precache-list.ts";

declare const self: ServiceWorkerGlobalScope;
/** The build puts it here. */
declare const PRECACHE_LIST: PrecacheList;

/** The composition root of the service worker: each of its concerns registers its own listeners. */
new OfflineShell(self, PRECACHE_LIST).listen();
new BackgroundFlush(self).listen();
