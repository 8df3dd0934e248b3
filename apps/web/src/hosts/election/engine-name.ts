/**
 * What an engine side is called: the Web Lock of this name is held as long as it lives.
 *
 * Numbers grow with every engine side of an account in this browser, and a name is never used again after its death (not every browser starts a
 * second SharedWorker under the name of a dead one). The version tells who may join: the kind of host and the address of its script, which differs
 * between versions of the app, so that a tab never talks to an engine side of another version.
 */
export interface EngineName {
  readonly account: string;
  readonly number: number;
  readonly version: string;
}

const PREFIX = "parley-engine-";

export function formatEngineName({ account, number, version }: EngineName): string {
  return `${PREFIX}${account}-${number} ${version}`;
}

/** Undefined for a name of something else, or of another account. */
export function parseEngineName(name: string, account: string): EngineName | undefined {
  const prefix = `${PREFIX}${account}-`;
  const space = name.indexOf(" ");
  if (!name.startsWith(prefix) || space === -1) return undefined;
  const number = Number(name.slice(prefix.length, space));
  return Number.isSafeInteger(number) && number > 0 ? { account, number, version: name.slice(space + 1) } : undefined;
}
