const PREFIX = "parley-shell ";

export function cacheName(version: string): string {
  return PREFIX + version;
}

/** Undefined for a cache that is not of the offline shell. */
export function versionOfCache(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/**
 * The versions whose files nobody can ask for any more.
 *
 * @param kept the versions that have a cache
 * @param own the version of the worker that answers from now on
 * @param pages the version of every open page; undefined for one that has not said it yet, which may be any
 */
export function needlessVersions(
  kept: readonly string[],
  own: string,
  pages: readonly (string | undefined)[],
): readonly string[] {
  if (pages.includes(undefined)) return [];
  return kept.filter((version) => version !== own && !pages.includes(version));
}
