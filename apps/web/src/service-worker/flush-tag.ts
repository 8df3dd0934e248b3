const PREFIX = "parley-flush ";

/** The tag of the sync by which a page asks the service worker to flush the outbox of an account. */
export function flushTag(account: string): string {
  return PREFIX + account;
}

/** Undefined for a tag that is none of a flush. */
export function accountOfFlushTag(tag: string): string | undefined {
  return tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : undefined;
}
