import { type EncodedFrame, type Encoding, encodeClientFrame, type ServerFrame } from "@parley/protocol";
import { type ClientFrameInit, clientFrame } from "../client-frame.ts";
import type { Witness } from "../witness.ts";
import { Change } from "./change.ts";
import { parseHead } from "./http-response.ts";
import { RawSocket } from "./raw-socket.ts";
import { FrameParser, frameBytes, type IncomingFrame, type OutgoingFrame, opcodes } from "./web-socket-frame.ts";

/** How a WebSocket ended. Without a close frame the code is 1006, as browsers say it. */
export interface SocketEnding {
  readonly code: number;
  readonly reason: string;
}

export interface AttackerSocketOptions {
  readonly encoding?: Encoding;
  readonly headers?: Readonly<Record<string, string>>;
}

const NO_CLOSE_FRAME: SocketEnding = { code: 1006, reason: "" };

/** A WebSocket made by hand, whose frames need not be right. Its witness sees every byte and every frame that the server sends. */
export class AttackerSocket {
  readonly encoding: Encoding;
  readonly frames: ServerFrame["frame"][] = [];
  /** Control frames of the server, and what it should not have sent. */
  readonly controls: IncomingFrame[] = [];
  readonly ended: Promise<SocketEnding>;
  /** Resolves with the status that answered the upgrade; 0 if the connection ended without one. */
  readonly answered: Promise<number>;
  readonly tcp: RawSocket;
  readonly #witness: Witness;
  readonly #parser = new FrameParser();
  readonly #change = new Change();
  readonly #answer = Promise.withResolvers<number>();
  #head: Uint8Array | undefined = new Uint8Array();
  #ending = NO_CLOSE_FRAME;
  #over = false;

  private constructor(tcp: RawSocket, encoding: Encoding, witness: Witness) {
    this.tcp = tcp;
    this.encoding = encoding;
    this.#witness = witness;
    this.answered = this.#answer.promise;
    this.ended = tcp.ended.then(() => {
      this.#over = true;
      this.#answer.resolve(0);
      witness.closed(this.#ending.code);
      this.#change.happened();
      return this.#ending;
    });
    tcp.listen((bytes) => this.#take(bytes));
  }

  /** Connects and asks for the upgrade; resolves when the server has answered it. */
  static async open(
    url: string,
    witness: Witness,
    token: string,
    options: AttackerSocketOptions = {},
  ): Promise<AttackerSocket> {
    const { encoding = "proto", headers = {} } = options;
    const socket = new AttackerSocket(await RawSocket.open(url), encoding, witness);
    socket.tcp.send(upgradeRequest(url, { ...upgradeHeaders(encoding, token), ...headers }));
    await socket.answered;
    return socket;
  }

  get over(): boolean {
    return this.#over;
  }

  send(frame: ClientFrameInit): void {
    this.sendMessage(encodeClientFrame(this.encoding, clientFrame(frame)));
  }

  /** One message in one frame, of the kind that fits what it carries. */
  sendMessage(data: EncodedFrame): void {
    const text = typeof data === "string";
    const payload = text ? new TextEncoder().encode(data) : data;
    this.sendFrame({ opcode: text ? opcodes.text : opcodes.binary, payload });
  }

  sendFrame(frame: OutgoingFrame): void {
    this.tcp.send(frameBytes(frame));
  }

  /**
   * The first frame so far, or to come, that fits; undefined if the socket ends, or `withinMs` pass, without one.
   *
   * @param from how many frames need not be looked at
   */
  async find(
    fits: (frame: ServerFrame["frame"]) => boolean,
    withinMs: number,
    from = 0,
  ): Promise<ServerFrame["frame"] | undefined> {
    const deadline = Date.now() + withinMs;
    for (let looked = from; ; ) {
      for (; looked < this.frames.length; looked++) {
        const frame = this.frames[looked];
        if (frame !== undefined && fits(frame)) return frame;
      }
      const left = deadline - Date.now();
      if (this.#over || left <= 0) return undefined;
      await this.#change.within(left);
    }
  }

  close(): void {
    this.tcp.close();
  }

  #take(bytes: Uint8Array): void {
    this.#witness.sawBytes(bytes);
    if (this.#head === undefined) this.#takeFrames(bytes);
    else this.#takeHead(this.#head, bytes);
    this.#change.happened();
  }

  #takeHead(head: Uint8Array, bytes: Uint8Array): void {
    this.#head = new Uint8Array(Buffer.concat([head, bytes]));
    const parsed = parseHead(this.#head);
    if (parsed === undefined) return;
    const rest = this.#head.slice(parsed.length);
    this.#answer.resolve(parsed.response.status);
    if (parsed.response.status !== 101) return;
    this.#head = undefined;
    if (parsed.response.headers.has("sec-websocket-extensions")) {
      this.#witness.fault("The server took an offer of an extension, which it does not document.");
    }
    this.#takeFrames(rest);
  }

  #takeFrames(bytes: Uint8Array): void {
    for (const incoming of this.#parser.take(bytes)) this.#takeFrame(incoming);
  }

  #takeFrame(incoming: IncomingFrame): void {
    if (incoming.opcode >= opcodes.close) {
      this.controls.push(incoming);
      if (incoming.opcode === opcodes.close) this.#ending = endingOf(incoming.payload);
      return;
    }
    const frame = this.#witness.sawMessage(this.encoding, incoming);
    if (frame !== undefined) this.frames.push(frame);
  }
}

function endingOf(payload: Uint8Array): SocketEnding {
  if (payload.length < 2) return { code: 1005, reason: "" };
  return {
    code: new DataView(payload.buffer, payload.byteOffset).getUint16(0),
    reason: new TextDecoder().decode(payload.subarray(2)),
  };
}

/** The headers of a right upgrade. */
export function upgradeHeaders(encoding: Encoding, token: string): Record<string, string> {
  return {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": `parley.v1.${encoding}`,
    ...(token === "" ? {} : { Authorization: `Bearer ${token}` }),
  };
}

export function upgradeRequest(url: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: new URL(url).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET /socket HTTP/1.1\r\n${lines.join("")}\r\n`;
}
