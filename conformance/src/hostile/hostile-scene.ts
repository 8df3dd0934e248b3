import type { MessageInitShape } from "@bufbuild/protobuf";
import { closeCodeOf, type HelloSchema, ProblemCode } from "@parley/protocol";
import type { Caller } from "../kit/caller.ts";
import { expectThat } from "../kit/expectation.ts";
import type { Person } from "../kit/person.ts";
import type { Neighbours } from "./neighbours.ts";
import { AttackerSocket, type AttackerSocketOptions, type SocketEnding } from "./wire/attacker-socket.ts";
import { HttpConnection } from "./wire/http-connection.ts";
import { RawSocket } from "./wire/raw-socket.ts";
import type { Witness } from "./witness.ts";

/** Longer than the time to say Hello, after which the server looks at its sockets every few seconds. */
export const PATIENCE_MS = 25_000;

export interface HostileSceneParts {
  readonly url: string;
  readonly witness: Witness;
  readonly neighbours: Neighbours;
  readonly http: Caller;
  readonly attackers: readonly Person[];
}

/** What a case misbehaves with. Ends all its connections when the case ends. */
export class HostileScene {
  readonly url: string;
  readonly witness: Witness;
  readonly neighbours: Neighbours;
  /** Calls without a session, in JSON. */
  readonly http: Caller;
  readonly attackers: readonly Person[];
  readonly #open: { close(): void }[] = [];

  constructor({ url, witness, neighbours, http, attackers }: HostileSceneParts) {
    this.url = url;
    this.witness = witness;
    this.neighbours = neighbours;
    this.http = http;
    this.attackers = attackers;
  }

  attacker(index = 0): Person {
    const person = this.attackers[index];
    expectThat(person !== undefined, "another attacker");
    return person;
  }

  /** A WebSocket of an attacker that has not said Hello. */
  async socket(options: AttackerSocketOptions & { readonly as?: Person } = {}): Promise<AttackerSocket> {
    const { as = this.attacker() } = options;
    return this.#kept(await AttackerSocket.open(this.url, this.witness, as.seat.token, options));
  }

  /** One that has its Welcome. */
  async online(
    options: AttackerSocketOptions & {
      readonly as?: Person;
      readonly hello?: MessageInitShape<typeof HelloSchema>;
    } = {},
  ): Promise<AttackerSocket> {
    const socket = await this.socket(options);
    const { as = this.attacker(), hello = {} } = options;
    socket.send({ case: "hello", value: { device: as.seat.device, name: "hostile", ...hello } });
    const welcome = await socket.find((frame) => frame.case === "welcome", PATIENCE_MS);
    expectThat(welcome !== undefined, "a Welcome", socket.over ? await socket.ended : "silence");
    return socket;
  }

  async tcp(): Promise<RawSocket> {
    const socket = this.#kept(await RawSocket.open(this.url));
    socket.listen((bytes) => this.witness.sawBytes(bytes));
    return socket;
  }

  async connection(): Promise<HttpConnection> {
    return this.#kept(await HttpConnection.open(this.url, (bytes) => this.witness.sawBytes(bytes)));
  }

  end(): void {
    for (const one of this.#open.splice(0)) one.close();
  }

  #kept<T extends { close(): void }>(one: T): T {
    this.#open.push(one);
    return one;
  }
}

/** The end of a socket, which the server must bring about. */
export async function endOf(socket: AttackerSocket, what: string): Promise<SocketEnding> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  const ending = await Promise.race([socket.ended, promise]);
  clearTimeout(timer);
  expectThat(
    ending !== undefined,
    `the server to end the socket after ${what}`,
    socket.frames.map((frame) => frame.case),
  );
  return ending;
}

/** The socket ends with a Problem of this code, and then its close code. */
export async function expectClosed(socket: AttackerSocket, code: ProblemCode, what: string): Promise<void> {
  const ending = await endOf(socket, what);
  const last = socket.frames.at(-1);
  const right = last?.case === "problem" && last.value.code === code && last.value.reason !== "";
  expectThat(right, `a Problem with ${ProblemCode[code]} after ${what}`, last ?? ending);
  expectThat(ending.code === closeCodeOf(code), `the close code ${closeCodeOf(code)} after ${what}`, ending);
}

/** The socket is still of use: it answers a Ping. */
export async function expectAlive(socket: AttackerSocket, what: string): Promise<void> {
  const nonce = Math.floor(Math.random() * 0xffff_ffff) + 1;
  socket.send({ case: "ping", value: { nonce } });
  const pong = await socket.find((frame) => frame.case === "pong" && frame.value.nonce === nonce, PATIENCE_MS);
  expectThat(pong !== undefined, `a Pong after ${what}`, socket.over ? await socket.ended : "silence");
}
