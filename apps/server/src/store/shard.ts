const SHARDS = 16;

/** Spreads conversations evenly; ids end in random hexadecimal digits. */
export function shardOf(conversation: string): number {
  return Number.parseInt(conversation.slice(-1), 16) % SHARDS;
}
