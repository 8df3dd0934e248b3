import { type EncodedFrame, encodeBatch, splitBatch } from "@parley/protocol";
import type { Channel, ChannelEvents, Opening, Transport } from "./transport.ts";

/** `POST /poll`, and frames in batches. It repeats nothing and hides nothing: what a server refuses ends the link. */
export const pollingTransport: Transport = { name: "polling", open };

const BROKEN = 1006;
const NO_STATUS = 1005;

async function open({ url, encoding, headers }: Opening, events: ChannelEvents): Promise<Channel> {
  const post = (path: string, body?: EncodedFrame, signal?: AbortSignal) =>
    fetch(`${url}/poll${path}`, {
      method: "POST",
      headers: { ...headers, "content-type": `application/${body === undefined ? encoding : encodingOf(body)}` },
      ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
      ...(signal && { signal }),
    });
  const answer = await post("");
  const poll = answer.headers.get("parley-poll");
  if (poll === null && answer.headers.get("parley-close") === null) {
    throw new Error(`The poll did not open: ${answer.status} ${await answer.text()}`);
  }
  const link = new Link(events, (path, body, signal) => post(`/${poll}/${path}`, body, signal));
  if (poll === null) void link.take(answer);
  else void link.receiveAll();
  return link;
}

type Post = (path: string, body?: EncodedFrame, signal?: AbortSignal) => Promise<Response>;

class Link implements Channel {
  readonly #events: ChannelEvents;
  readonly #post: Post;
  readonly #unsent: EncodedFrame[] = [];
  readonly #aborting = new AbortController();
  #sent = 0;
  #sending = false;
  #over = false;

  constructor(events: ChannelEvents, post: Post) {
    this.#events = events;
    this.#post = post;
  }

  send(data: EncodedFrame): void {
    // A frame is a line; in JSON a line break is space.
    this.#unsent.push(typeof data === "string" ? data.replaceAll("\n", " ") : data);
    if (!this.#sending) void this.#sendAll();
  }

  close(): void {
    if (this.#over) return;
    this.#end(NO_STATUS, "");
    this.#post("close").catch(() => undefined);
  }

  async receiveAll(): Promise<void> {
    for (let number = 1; !this.#over; ) {
      const answer = await this.#post(`receive/${number}`, undefined, this.#aborting.signal).catch(() => undefined);
      if (this.#over) return;
      if (answer?.status === 200 || answer?.headers.has("parley-close")) number += (await this.take(answer)) ? 1 : 0;
      else if (answer?.status !== 204) this.#end(BROKEN, `the answer to a receive: ${answer?.status}`);
    }
  }

  /** Takes the frames of an answer in, and the end if it tells it. */
  async take(answer: Response): Promise<boolean> {
    const isText = answer.headers.get("content-type") === "application/json";
    const frames = splitBatch(isText ? await answer.text() : new Uint8Array(await answer.arrayBuffer()));
    if (this.#over) return false;
    for (const frame of frames ?? []) this.#events.message(frame);
    const close = answer.headers.get("parley-close");
    if (frames === undefined) this.#end(BROKEN, "a batch that does not divide into frames");
    else if (close !== null) this.#end(Number(close), "");
    return true;
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    await undefined;
    while (this.#unsent.length > 0 && !this.#over) {
      const first = this.#unsent[0] ?? "";
      const others = this.#unsent.findIndex((frame) => typeof frame !== typeof first);
      const frames = this.#unsent.splice(0, others < 0 ? this.#unsent.length : others);
      const body = encodeBatch(encodingOf(first), frames);
      const answer = await this.#post(`send/${++this.#sent}`, body, this.#aborting.signal).catch(() => undefined);
      // How it ended is told to who receives.
      if (answer?.status !== 204 && answer?.status !== 404 && answer?.status !== 401)
        this.#end(BROKEN, `the answer to a send: ${answer?.status}`);
    }
    this.#sending = false;
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.ended({ code, reason });
    this.#aborting.abort();
  }
}

function encodingOf(frame: EncodedFrame) {
  return typeof frame === "string" ? "json" : "proto";
}
