import { Backoff } from "../load/backoff.ts";
import { clientFrame, ServerStream, upgradeRequest } from "../wire/web-socket-codec.ts";

/** Where the crowd connects to. */
export interface CrowdTarget {
  readonly port: number;
  readonly subprotocol: string;
}

/** Frames that the device writes, ready to leave. */
export interface CrowdFrames {
  readonly upToDate: Uint8Array;
  readonly wasAway: Uint8Array;
  readonly ping: Uint8Array;
}

/** What the whole crowd counts together. */
export interface CrowdTally {
  attempts: number;
  /** Attempts that nobody answered, or not in time. */
  failures: number;
  bytes: number;
  /** Messages of the server by the first byte, which names the kind of a frame. */
  readonly messages: Map<number, number>;
  /** Close codes of the server, and HTTP statuses of refused upgrades. */
  readonly refusals: Map<number, number>;
}

/** The first bytes of frames: field number and wire type of the frame's one field. */
const WELCOME = 0x0a;
const CHANGES = 0x12;
const RESET = 0x1a;

/** As the engine: an attempt that takes longer is given up. */
const HANDSHAKE_LIMIT_MS = 10_000;

type Place = "away" | "waiting" | "connecting" | "greeting" | "catching up" | "in sync";

/** One device of the crowd, on a connection of its own. */
export class CrowdDevice {
  readonly #host: string;
  readonly #target: CrowdTarget;
  readonly #token: string;
  readonly #frames: CrowdFrames;
  readonly #missed: number;
  readonly #tally: CrowdTally;
  #place: Place = "away";
  #wasAway = false;
  #lacking = 0;
  #attempt = 0;
  readonly #backoff = new Backoff();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #socket: Bun.Socket<undefined> | undefined;
  /** When it was in sync again, milliseconds since 1970. */
  inSyncAt = 0;
  /** What the server sent since the last Hello, of a device whose frames are kept. */
  kept: Uint8Array[] | undefined;

  constructor(token: string, missed: number, frames: CrowdFrames, target: CrowdTarget, tally: CrowdTally) {
    this.#token = token;
    this.#missed = missed;
    this.#frames = frames;
    this.#target = target;
    this.#host = `127.0.0.1:${target.port}`;
    this.#tally = tally;
  }

  get inSync(): boolean {
    return this.#place === "in sync";
  }

  /** Connects for the first time, with heads that are up to date. */
  arrive(): void {
    this.#wasAway = false;
    this.#connect();
  }

  /** The link is cut; it stays away until `comeBack`. */
  cut(): void {
    this.#leave("away");
  }

  /** The server can be reached again, after this time and what the engine adds when attempts fail. */
  comeBack(): void {
    this.#wasAway = true;
    this.#attempt = 0;
    this.#backoff.reset();
    this.#retry();
  }

  /** What keeps an idle connection open. */
  heartbeat(): void {
    if (this.#place === "in sync") this.#socket?.write(this.#frames.ping);
  }

  #retry(): void {
    this.#leave("waiting");
    this.#attempt++;
    this.#timer = setTimeout(() => this.#connect(), this.#backoff.next());
  }

  #connect(): void {
    this.#place = "connecting";
    this.#tally.attempts++;
    this.#limitHandshake();
    const begun = this.#attempt;
    const stream = this.#stream();
    Bun.connect({
      hostname: "127.0.0.1",
      port: this.#target.port,
      socket: {
        open: (socket) => {
          if (this.#place !== "connecting" || this.#attempt !== begun) return void socket.terminate();
          this.#socket = socket;
          const { subprotocol } = this.#target;
          socket.write(upgradeRequest({ host: this.#host, token: this.#token, subprotocol }));
        },
        data: (socket, bytes) => {
          if (this.#socket === socket) stream.push(bytes);
        },
        close: (socket) => {
          if (this.#socket === socket) this.#lost();
        },
      },
    }).catch(() => {
      if (this.#place === "connecting" && this.#attempt === begun) this.#lost();
    });
  }

  #stream(): ServerStream {
    return new ServerStream({
      upgraded: (status) => {
        if (status === 101) return this.#greet();
        count(this.#tally.refusals, status);
        this.#lost();
      },
      message: (payload) => this.#received(payload),
      closing: (code) => count(this.#tally.refusals, code),
    });
  }

  #greet(): void {
    this.#place = "greeting";
    this.#limitHandshake();
    if (this.kept !== undefined) this.kept = [];
    const hello = this.#wasAway ? this.#frames.wasAway : this.#frames.upToDate;
    // A Hello is small: the buffer of a fresh socket takes it whole.
    if (this.#socket?.write(hello) !== hello.length) throw new Error("A Hello did not fit into its socket.");
  }

  #received(payload: Uint8Array): void {
    const [kind = 0] = payload;
    this.#tally.bytes += payload.length;
    count(this.#tally.messages, kind);
    if (this.#place !== "in sync") this.kept?.push(payload.slice());
    if (kind === WELCOME && this.#place === "greeting") this.#welcomed();
    else if ((kind === CHANGES || kind === RESET) && this.#place === "catching up") this.#caughtUp();
  }

  #welcomed(): void {
    clearTimeout(this.#timer);
    this.#attempt = 0;
    this.#backoff.reset();
    this.#place = "catching up";
    this.#lacking = this.#wasAway ? this.#missed : 0;
    if (this.#lacking === 0) this.#arrived();
  }

  #caughtUp(): void {
    this.#lacking--;
    if (this.#lacking === 0) this.#arrived();
  }

  #arrived(): void {
    this.#place = "in sync";
    this.inSyncAt = Date.now();
  }

  #limitHandshake(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lost(), HANDSHAKE_LIMIT_MS);
  }

  /** The server went away, refused, or did not answer in time. */
  #lost(): void {
    if (this.#place !== "in sync") this.#tally.failures++;
    // Whatever it learns from now on, it has been away.
    this.#wasAway = true;
    this.#retry();
  }

  #leave(place: "away" | "waiting"): void {
    this.#place = place;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.terminate();
  }
}

export function framesOf(upToDate: Uint8Array, wasAway: Uint8Array, ping: Uint8Array): CrowdFrames {
  return { upToDate: clientFrame(upToDate), wasAway: clientFrame(wasAway), ping };
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
