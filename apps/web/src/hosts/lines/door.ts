interface Knock {
  readonly tab: string;
}

/**
 * Calls at the door of the engine side `name` and returns the channel on which it answers this tab. The channel is open before the engine side
 * hears of it, so that its first word is not lost.
 */
export function knock(name: string, tab: string): BroadcastChannel {
  const channel = new BroadcastChannel(channelName(name, tab));
  const door = new BroadcastChannel(name);
  door.postMessage({ tab } satisfies Knock);
  door.close();
  return channel;
}

/** Opens the door of an engine side: each tab that knocks gets a channel of its own, so that no tab reads what others are told. */
export function openDoor(name: string, welcome: (channel: BroadcastChannel) => void): () => void {
  const door = new BroadcastChannel(name);
  door.onmessage = ({ data }: MessageEvent<Knock>) => welcome(new BroadcastChannel(channelName(name, data.tab)));
  return () => door.close();
}

function channelName(name: string, tab: string): string {
  return `${name} ${tab}`;
}
