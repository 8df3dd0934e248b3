import type { Socket } from "bun";
import { ServerStream, upgradeRequest } from "../wire/web-socket-codec.ts";

export interface LinkTarget {
  /** A server on this machine. */
  readonly port: number;
  readonly token: string;
}

/** Takes the messages of a link; the bytes are good only during the call. */
export type Receive = (payload: Uint8Array) => void;

const OPEN_WITHIN_MS = 20_000;

/** One WebSocket of the generator, as cheap as it gets: it knows frames, not what they mean. */
export class Link {
  receive: Receive;
  /** The close code, once the server has closed; 1006 if the stream just ended. */
  closed: number | undefined;
  readonly #socket: Socket;
  /** What the kernel did not take yet. */
  #waiting: Uint8Array[] = [];

  private constructor(socket: Socket, receive: Receive) {
    this.#socket = socket;
    this.receive = receive;
  }

  /** Resolves when the server has agreed to talk WebSocket. */
  static async open({ port, token }: LinkTarget, receive: Receive): Promise<Link> {
    const upgraded = Promise.withResolvers<number>();
    const stream = new ServerStream({
      upgraded: upgraded.resolve,
      message: (payload) => link.receive(payload),
      closing: (code) => {
        link.closed = code;
      },
    });
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data: (_, bytes) => stream.push(bytes),
        drain: () => link.#flush(),
        close: () => {
          link.closed ??= 1_006;
          upgraded.resolve(0);
        },
      },
    });
    const link = new Link(socket, receive);
    socket.setNoDelay(true);
    socket.write(upgradeRequest({ host: `127.0.0.1:${port}`, token, subprotocol: "parley.v1.proto" }));
    const tooLong = setTimeout(() => upgraded.resolve(0), OPEN_WITHIN_MS);
    const status = await upgraded.promise;
    clearTimeout(tooLong);
    if (status !== 101) throw new Error(`The server answered the upgrade with ${status}.`);
    return link;
  }

  /** Sends a frame; its bytes may be overwritten afterwards. */
  write(frame: Uint8Array): void {
    const taken = this.#waiting.length > 0 ? 0 : Math.max(0, this.#socket.write(frame));
    if (taken < frame.length) this.#waiting.push(frame.slice(taken));
  }

  close(): void {
    this.#socket.end();
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const frame of waiting) this.write(frame);
  }
}
