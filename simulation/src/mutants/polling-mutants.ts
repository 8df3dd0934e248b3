import type { Http, HttpAnswer, SocketHandlers, Transport } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import type { Polls } from "@parley/server/parts";
import type { Mutant } from "./mutant.ts";
import { overriding } from "./overriding.ts";

/** The polls of a server. */
export function mutatedPolls(mutant: Mutant | undefined, polls: Polls): Polls {
  return mutant === "batches counted as they come" ? countedAsTheyCome(polls) : polls;
}

/** A batch that comes again is taken for the next one. */
function countedAsTheyCome(polls: Polls): Polls {
  const counts = new Map<string, number>();
  return overriding(polls, {
    find: (id, session) => {
      const poll = polls.find(id, session);
      if (poll === undefined) return undefined;
      return overriding(poll, {
        take: (_, read) => {
          const count = (counts.get(id) ?? 0) + 1;
          counts.set(id, count);
          return poll.take(count, read);
        },
      });
    },
  });
}

/** The polling of a device. */
export function mutatedPolling(
  mutant: Mutant | undefined,
  http: Http,
  transportOver: (http: Http) => Transport,
): Transport {
  switch (mutant) {
    case "unanswered batch taken for sent":
      return transportOver(takenForSent(http));
    case "lost batch taken for received":
      return transportOver(takenForReceived(http));
    case "frames of a former poll delivered":
      return neverGivenUp(transportOver(http));
    default:
      return transportOver(http);
  }
}

const STEP = /^(.*)\/(send|receive)\/(\d+)$/;

/** A batch whose request failed counts as if it had arrived, and the next one takes its number. */
function takenForSent(http: Http): Http {
  const failed = new Map<string, number>();
  return {
    post: (path, encoding, body) => {
      const [, poll = "", step, number = ""] = STEP.exec(path) ?? [];
      if (step !== "send") return http.post(path, encoding, body);
      const count = failed.get(poll) ?? 0;
      const call = http.post(`${poll}/send/${Number(number) - count}`, encoding, body);
      const answer = call.answer.then(
        ({ status }) => new Response(null, { status, headers: { "parley-batch": number } }),
        () => {
          failed.set(poll, count + 1);
          return nothing(encoding, number);
        },
      );
      return { answer, cancel: () => call.cancel() };
    },
  };
}

/** A batch whose answer is lost counts as if it had been empty. */
function takenForReceived(http: Http): Http {
  return {
    post: (path, encoding, body) => {
      const call = http.post(path, encoding, body);
      const [, , step, number = ""] = STEP.exec(path) ?? [];
      if (step !== "receive") return call;
      return { answer: call.answer.catch(() => nothing(encoding, number)), cancel: () => call.cancel() };
    },
  };
}

function nothing(encoding: Encoding, number: string): HttpAnswer {
  return new Response("", { headers: { "content-type": `application/${encoding}`, "parley-batch": number } });
}

/** Goes on asking after a poll was given up, and takes what comes for frames of the latest one. */
function neverGivenUp(polling: Transport): Transport {
  let latest: SocketHandlers | undefined;
  return {
    connect: (handlers) => {
      latest = handlers;
      const socket = polling.connect({ ...handlers, received: (frame) => latest?.received(frame) });
      return { encoding: socket.encoding, send: (frame) => socket.send(frame), close: () => undefined };
    },
  };
}
