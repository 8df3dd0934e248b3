/** One end of a connection between a tab and an engine side. What is posted arrives in its order, or the other side is gone. */
export interface Line<Out, In> {
  post(message: Out): void;
  /** One listener, replaced by the next; what came before the first waits for it. */
  listen(listener: (message: In) => void): void;
  close(): void;
}

/** Messages through a port. */
export function portLine<Out, In>(port: MessagePort): Line<Out, In> {
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.onmessage = ({ data }: MessageEvent<In>) => listener(data);
    },
    close: () => port.close(),
  };
}

/** Messages through a channel of whose name two know: who cannot be handed a port. What is posted before the other has opened it is lost. */
export function channelLine<Out, In>(channel: BroadcastChannel): Line<Out, In> {
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<In>) => listener(data);
    },
    close: () => channel.close(),
  };
}
