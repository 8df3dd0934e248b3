/** Between all that have the account's local store in this browser, in whatever kind of place and version of the app. */
export interface SignOuts {
  /** Whoever has the store stops, and removes it. */
  tell(): void;
  close(): void;
}

/** Undefined where this browser lets nobody be reached. */
export function signOutsOf(account: string, heard: () => void): SignOuts | undefined {
  if (!("BroadcastChannel" in globalThis)) return undefined;
  const channel = new BroadcastChannel(`parley-signed-out-${account}`);
  channel.onmessage = heard;
  return { tell: () => channel.postMessage(undefined), close: () => channel.close() };
}
