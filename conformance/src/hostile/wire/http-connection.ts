import { Change } from "./change.ts";
import { type HttpResponse, parseResponse } from "./http-response.ts";
import { RawSocket } from "./raw-socket.ts";

/** An HTTP/1.1 connection whose requests are written by hand. */
export class HttpConnection {
  readonly socket: RawSocket;
  readonly responses: HttpResponse[] = [];
  readonly #change = new Change();
  #bytes = new Uint8Array();
  #over = false;

  private constructor(socket: RawSocket, witness: (bytes: Uint8Array) => void) {
    this.socket = socket;
    socket.listen((bytes) => {
      witness(bytes);
      this.#take(bytes);
    });
    void socket.ended.then(() => {
      this.#over = true;
      this.#change.happened();
    });
  }

  /** @param witness is shown everything that the server sends */
  static async open(url: string, witness: (bytes: Uint8Array) => void): Promise<HttpConnection> {
    return new HttpConnection(await RawSocket.open(url), witness);
  }

  get over(): boolean {
    return this.#over;
  }

  send(data: Uint8Array | string): void {
    this.socket.send(data);
  }

  /** The next answer that no call has returned yet; undefined if the connection ends, or `withinMs` pass, without one. */
  async next(withinMs: number): Promise<HttpResponse | undefined> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const response = this.responses.shift();
      const left = deadline - Date.now();
      if (response !== undefined || this.#over || left <= 0) return response;
      await this.#change.within(left);
    }
  }

  close(): void {
    this.socket.close();
  }

  #take(bytes: Uint8Array): void {
    this.#bytes = new Uint8Array(Buffer.concat([this.#bytes, bytes]));
    for (let parsed = parseResponse(this.#bytes); parsed !== undefined; parsed = parseResponse(this.#bytes)) {
      this.responses.push(parsed.response);
      this.#bytes = this.#bytes.slice(parsed.length);
    }
    this.#change.happened();
  }
}
