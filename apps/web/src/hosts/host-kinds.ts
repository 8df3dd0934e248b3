import type { HostKind } from "./places/engine-place.ts";

/** What this browser lends, here. */
export interface Abilities {
  readonly sharedWorkers: boolean;
  readonly workers: boolean;
  readonly channels: boolean;
  /** Web Locks, and a storage to number engine sides in. Browsers give them to secure addresses only. */
  readonly locks: boolean;
}

/** `tab-alone`: in a tab that cannot know of the others. */
export type WayToHost = HostKind | "tab-alone";

/**
 * Where to run the engine, best first; each is tried when the one before it does not start. One SharedWorker for all tabs; else a worker of one of
 * them that serves all; else in each tab for itself, where the tab that was opened last has the account.
 *
 * @param asked `shared`, `leader` or `tab`, by which a developer or a test chooses: by `?host=` or by `parley.host` in the storage. The better ones are
 *   left out then.
 */
export function hostKinds(abilities: Abilities, asked: string | undefined): readonly [WayToHost, ...WayToHost[]] {
  const { sharedWorkers, workers, channels, locks } = abilities;
  if (!locks) return ["tab-alone"];
  const possible: WayToHost[] = [];
  if (sharedWorkers && asked !== "leader" && asked !== "tab") possible.push("shared-worker");
  if (workers && channels && asked !== "tab") possible.push("leader");
  const [first, ...others] = [...possible, "tab" as const];
  return first === undefined ? ["tab"] : [first, ...others];
}
