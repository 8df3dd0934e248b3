import { encodeBatch, splitBatch } from "@parley/protocol";
import { bearer } from "@parley/rig";
import { Link } from "../load/link.ts";
import { clientFrame } from "../wire/web-socket-codec.ts";

/** What carries the frames of a device. */
export interface SoakLine {
  receive: (payload: Uint8Array) => void;
  /** The close code; undefined while it is open. */
  readonly closed: number | undefined;
  send(frame: Uint8Array): void;
  close(): void;
}

const BROKEN = 1_006;

export async function socketLine(port: number, token: string): Promise<SoakLine> {
  const link = await Link.open({ port, token }, () => undefined);
  return {
    set receive(take: (payload: Uint8Array) => void) {
      link.receive = take;
    },
    get closed() {
      return link.closed;
    },
    send: (frame) => link.write(clientFrame(frame)),
    close: () => link.close(),
  };
}

/** Long polling, as behind a proxy that lets no WebSocket pass. */
export async function pollLine(port: number, token: string): Promise<SoakLine> {
  const headers = { ...bearer(token), "content-type": "application/proto" };
  const ask = (path: string, body?: Uint8Array<ArrayBuffer>) =>
    fetch(`http://127.0.0.1:${port}/poll${path}`, { method: "POST", headers, ...(body && { body }) });
  const opened = await ask("");
  const poll = opened.headers.get("parley-poll");
  if (poll === null) throw new Error(`The poll did not open: ${opened.status}.`);
  return new PollLine((step, body) => ask(`/${poll}/${step}`, body));
}

type Ask = (step: string, body?: Uint8Array<ArrayBuffer>) => Promise<Response>;

class PollLine implements SoakLine {
  receive: (payload: Uint8Array) => void = () => undefined;
  closed: number | undefined;
  readonly #ask: Ask;
  #left = false;
  #sent = 0;
  /** One batch after the other. */
  #sending: Promise<void> = Promise.resolve();

  constructor(ask: Ask) {
    this.#ask = ask;
    this.#receiveAll().catch(() => this.#end(BROKEN));
  }

  send(frame: Uint8Array): void {
    const body = encodeBatch("proto", [frame]);
    if (typeof body === "string") throw new TypeError("The binary encoding is bytes.");
    this.#sending = this.#sending
      .then(() => this.#ask(`send/${++this.#sent}`, new Uint8Array(body)))
      .then(({ status }) => {
        if (status !== 204) this.#end(BROKEN);
      })
      .catch(() => this.#end(BROKEN));
  }

  close(): void {
    this.#left = true;
    this.#sending.then(() => this.#ask("close")).catch(() => undefined);
  }

  async #receiveAll(): Promise<void> {
    for (let number = 1; !this.#left && this.closed === undefined; ) {
      const answer = await this.#ask(`receive/${number}`);
      const close = answer.headers.get("parley-close");
      if (answer.status === 200) {
        number++;
        for (const frame of splitBatch(await answer.bytes()) ?? []) if (typeof frame !== "string") this.receive(frame);
      } else if (answer.status !== 204 && close === null) this.#end(BROKEN);
      if (close !== null) this.#end(Number(close));
    }
  }

  /** Not where this side has left by itself. */
  #end(code: number): void {
    if (!this.#left) this.closed ??= code;
  }
}
