/** Where in the app one is; the address of a conversation is `#/c/ID`, and what leads to a thread of it `#/c/ID/t/ROOT`. */
export interface Route {
  readonly conversation: string | undefined;
  /** The root of a thread of it that is to be opened. */
  readonly thread?: string | undefined;
}

export function parseRoute(hash: string): Route {
  const match = /^#\/c\/([0-9a-f-]{36})(?:\/t\/([0-9a-f-]{36}))?$/.exec(hash);
  return { conversation: match?.[1], thread: match?.[2] };
}

export function formatRoute({ conversation, thread }: Route): string {
  if (conversation === undefined) return "#/";
  return thread === undefined ? `#/c/${conversation}` : `#/c/${conversation}/t/${thread}`;
}
