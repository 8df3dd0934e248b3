import type { PrecachedFile, PrecacheList } from "./precache-list.ts";
import { cacheName, needlessVersions, versionOfCache } from "./version-caches.ts";

export const PAGE_PATH = "/index.html";

/** The files of one version of the app, kept in a cache of their own. */
export class Precache {
  readonly #list: PrecacheList;
  readonly #caches: CacheStorage;

  constructor(list: PrecacheList, caches: CacheStorage) {
    this.#list = list;
    this.#caches = caches;
  }

  /** Fetches what is missing. Rejects unless all of it is there afterwards. */
  async fill(): Promise<void> {
    const cache = await this.#caches.open(cacheName(this.#list.version));
    const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    const missing = this.#list.files.filter(({ path }) => !kept.has(path));
    await Promise.all(missing.map(async (file) => cache.put(file.path, await fetchFile(file))));
  }

  /** This version's file, or one of another version that a page of that version asks for; undefined if none is kept. */
  async find(path: string): Promise<Response | undefined> {
    const own = cacheName(this.#list.version);
    const names = (await this.#caches.keys()).filter((name) => versionOfCache(name) !== undefined && name !== own);
    for (const cacheName of [own, ...names]) {
      // The server's `Vary` tells caches on the way how it is compressed; here nothing is.
      const found = await this.#caches.match(path, { cacheName, ignoreVary: true });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Removes the files of versions that no page needs.
   *
   * @param mayRemove asked after the caches were listed: whether this worker still is the only one there is, so that none of them belongs to a newer one
   * @param pages the version of every open page
   */
  async sweep(mayRemove: () => boolean, pages: () => Promise<readonly (string | undefined)[]>): Promise<void> {
    const kept = (await this.#caches.keys()).map(versionOfCache).filter((version) => version !== undefined);
    const needless = needlessVersions(kept, this.#list.version, await pages());
    if (!mayRemove()) return;
    await Promise.all(needless.map((version) => this.#caches.delete(cacheName(version))));
  }
}

/** Hashed files may come from the browser's own cache, the others are asked for again; the integrity decides in any case. */
async function fetchFile({ path, integrity }: PrecachedFile): Promise<Response> {
  const cache = path.startsWith("/assets/") ? "default" : "no-cache";
  const response = await fetch(path, { integrity, cache, redirect: "error" });
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return response;
}
