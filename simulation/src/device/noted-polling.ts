import { type Clock, type Http, PollingTransport, type Transport } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { PollStreams } from "../oracle/poll-streams.ts";

interface NotedPollingParts {
  readonly http: Http;
  readonly encoding: Encoding;
  readonly clock: Clock;
  readonly streams: PollStreams;
  readonly mutation: ClientMutation;
}

/** The product's polling; what goes through each poll is noted. */
export function notedPolling({ http, encoding, clock, streams, mutation }: NotedPollingParts): Transport {
  let opened: (poll: string) => void = () => undefined;
  const noticing: Http = {
    post: (path, bodyEncoding, body) => {
      const call = http.post(path, bodyEncoding, body);
      // Of the connection that asks; nobody else knows sooner that a poll is open.
      const tell = opened;
      const answer = call.answer.then((each) => {
        const poll = each.headers.get("parley-poll");
        if (poll !== null) tell(poll);
        return each;
      });
      return { answer, cancel: () => call.cancel() };
    },
  };
  const polling = mutation.polling(noticing, (used) => new PollingTransport(used, encoding, clock));
  return {
    connect: (handlers) => {
      let poll: string | undefined;
      opened = (id) => {
        poll = id;
      };
      const socket = polling.connect({
        ...handlers,
        received: (frame) => {
          if (poll !== undefined) streams.received(poll, frame);
          handlers.received(frame);
        },
      });
      return {
        encoding,
        send: (frame) => {
          if (poll !== undefined) streams.sent(poll, frame);
          socket.send(frame);
        },
        close: () => socket.close(),
      };
    },
  };
}
