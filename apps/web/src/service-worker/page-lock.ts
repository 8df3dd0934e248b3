const PREFIX = "parley-page ";

/** The name of the Web Lock that every page of a version shares as long as it lives: so the worker knows which versions are in use. */
export function pageLock(version: string): string {
  return PREFIX + version;
}

/** Undefined for a lock that is none of a page. */
export function versionOfPageLock(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}
