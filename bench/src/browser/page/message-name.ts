/** What the bench's messages are told apart by; the full stop keeps the name from the time that stands behind it. */
const NAME = /^(bench-\w+)\./;

/** The name of a message of the bench; undefined if it is none. */
export function nameIn(text: string): string | undefined {
  return NAME.exec(text)?.[1];
}
