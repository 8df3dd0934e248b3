import { create } from "@bufbuild/protobuf";
import { ClientFrameSchema, decodeServerFrame, encodeClientFrame, type ServerFrame } from "@parley/protocol";
import { bearer, freshId } from "@parley/rig";
import { reasonToPart } from "../load/device.ts";
import { Link } from "../load/link.ts";
import { clientFrame } from "../wire/web-socket-codec.ts";

export interface ObserverTarget {
  readonly port: number;
  /** Of the member who reads. */
  readonly reader: string;
  /** Of who does nothing but ping. */
  readonly bystander: string;
  readonly conversation: string;
}

export interface Pace {
  readonly perSecond: number;
  readonly forMs: number;
}

type ClientCase = Parameters<typeof create<typeof ClientFrameSchema>>[1];

const ENTRIES = 50;
const WELCOME = 0x0a;
const ANSWER_WITHIN_MS = 10_000;

/** Asks a server at a steady pace and notes how long each answer takes, milliseconds. It never waits for one before it asks the next. */
export class Observer {
  readonly #target: ObserverTarget;
  readonly #reader: Link;
  readonly #bystander: Link;

  private constructor(target: ObserverTarget, reader: Link, bystander: Link) {
    this.#target = target;
    this.#reader = reader;
    this.#bystander = bystander;
  }

  static async connect(target: ObserverTarget): Promise<Observer> {
    const { port, reader, bystander } = target;
    return new Observer(target, await greeted(port, reader), await greeted(port, bystander));
  }

  /** Pings on a socket where nothing else happens. */
  pings(pace: Pace): Promise<number[]> {
    const nonceOf = (frame: ServerFrame["frame"]) => (frame.case === "pong" ? frame.value.nonce : undefined);
    return askAll(this.#bystander, pace, nonceOf, (nonce) => ({ frame: { case: "ping", value: { nonce } } }));
  }

  /** The newest entries over the socket. */
  async pages(pace: Pace): Promise<number[]> {
    const { conversation } = this.#target;
    const page = { conversation, limit: ENTRIES, cursor: { case: "newest", value: {} } } as const;
    const question = { case: "page", value: page } as const;
    const idOf = (frame: ServerFrame["frame"]) => {
      if (frame.case !== "response") return undefined;
      const { id, answer } = frame.value;
      if (answer.case !== "page" || answer.value.entries.length !== ENTRIES) throw new Error("It is no full page.");
      return id;
    };
    return askAll(this.#reader, pace, idOf, (id) => ({ frame: { case: "request", value: { id, question } } }));
  }

  /** The newest entries over HTTP, in JSON. */
  async httpPages({ perSecond, forMs }: Pace): Promise<number[]> {
    const { port, reader, conversation } = this.#target;
    const url = `http://127.0.0.1:${port}/parley.v1.ConversationService/GetPage`;
    const headers = { "content-type": "application/json", ...bearer(reader) };
    const body = JSON.stringify({ conversation, newest: {}, limit: ENTRIES });
    const ask = async () => {
      const began = performance.now();
      const answer = await fetch(url, { method: "POST", headers, body });
      const text = await answer.text();
      const took = performance.now() - began;
      const page: { entries?: unknown[] } = JSON.parse(text);
      if (page.entries?.length !== ENTRIES)
        throw new Error(`It is no full page: ${answer.status} ${text.slice(0, 200)}`);
      return took;
    };
    const asked: Promise<number>[] = [];
    await paced({ perSecond, forMs }, () => asked.push(ask()));
    return Promise.all(asked);
  }

  close(): void {
    this.#reader.close();
    this.#bystander.close();
  }
}

async function greeted(port: number, token: string): Promise<Link> {
  const welcomed = Promise.withResolvers<void>();
  const link = await Link.open({ port, token }, (payload) => {
    if (payload[0] === WELCOME) welcomed.resolve();
    const reason = reasonToPart(payload);
    if (reason !== undefined) welcomed.reject(new Error(reason));
  });
  link.write(framed({ frame: { case: "hello", value: { device: freshId(), name: "observer" } } }));
  const late = setTimeout(() => welcomed.reject(new Error("No Welcome came.")), ANSWER_WITHIN_MS);
  await welcomed.promise;
  clearTimeout(late);
  return link;
}

/** @param numberOf the number of the question that a frame answers; undefined if it answers none */
async function askAll(
  link: Link,
  pace: Pace,
  numberOf: (frame: ServerFrame["frame"]) => number | undefined,
  question: (number: number) => ClientCase,
): Promise<number[]> {
  const asked: number[] = [];
  // In the order of the questions, so that what was slow can be told to have been so at the same time.
  const took: number[] = [];
  let answers = 0;
  let failure: unknown;
  link.receive = (payload) => {
    const now = performance.now();
    try {
      const frame = decodeServerFrame("proto", payload.slice())?.frame;
      const number = frame === undefined ? undefined : numberOf(frame);
      if (number === undefined) return;
      took[number - 1] = now - (asked[number - 1] ?? Number.NaN);
      answers++;
    } catch (error) {
      failure ??= error;
    }
  };
  await paced(pace, () => {
    const frame = framed(question(asked.length + 1));
    asked.push(performance.now());
    link.write(frame);
  });
  const end = performance.now() + ANSWER_WITHIN_MS;
  const waiting = () => answers < asked.length && failure === undefined && link.closed === undefined;
  while (waiting() && performance.now() < end) await Bun.sleep(1);
  link.receive = () => undefined;
  if (failure !== undefined) throw failure;
  if (answers < asked.length) throw new Error(`${asked.length - answers} questions have no answer.`);
  return took;
}

async function paced({ perSecond, forMs }: Pace, ask: () => void): Promise<void> {
  const begun = performance.now();
  for (let due = begun; due < begun + forMs; due += 1_000 / perSecond) {
    const early = due - performance.now();
    if (early > 0) await Bun.sleep(early);
    ask();
  }
}

function framed(message: ClientCase): Uint8Array {
  const encoded = encodeClientFrame("proto", create(ClientFrameSchema, message));
  if (typeof encoded === "string") throw new TypeError("The binary encoding is bytes.");
  return clientFrame(encoded);
}
