import { create, toBinary } from "@bufbuild/protobuf";
import {
  ClientFrameSchema,
  CommandSchema,
  closeCodeOf,
  decodeServerFrame,
  encodeClientFrame,
  ProblemCode,
  type ServerFrame,
} from "@parley/protocol";
import { freshId, post } from "@parley/rig";
import { clientFrame } from "../wire/web-socket-codec.ts";
import { Link, type LinkTarget } from "./link.ts";
import { PostTemplate } from "./post-template.ts";
import { EVENT, GOODBYE, PROBLEM } from "./server-frames.ts";

type ClientCase = Parameters<typeof create<typeof ClientFrameSchema>>[1];

const WITHIN_MS = 30_000;
const MARKS_EVERY_MS = 1_000;

/** A device of the load that has caught up, takes part in one conversation and sends what it is told to. */
export class Device {
  readonly index: number;
  readonly log: string;
  readonly link: Link;
  /** Submissions without an answer, or messages that have not come back; kept by the load. */
  open = 0;
  /** Ordinal of the newest entry that reached it. */
  ordinal: number;
  #marked: number;
  #markedAt = Number.NEGATIVE_INFINITY;
  readonly #last = new Uint8Array(36);
  #template: PostTemplate | undefined;

  private constructor(index: number, log: string, link: Link, ordinal: number) {
    this.index = index;
    this.log = log;
    this.link = link;
    this.ordinal = ordinal;
    this.#marked = ordinal;
  }

  /** Connects with an empty store, and resolves when everything that the server has for it has come. */
  static async connect(index: number, log: string, target: LinkTarget): Promise<Device> {
    const caughtUp = Promise.withResolvers<number>();
    let wanted = Number.POSITIVE_INFINITY;
    let ordinal = 0;
    const link = await Link.open(target, (payload) => {
      const { frame } = decoded(payload);
      if (frame.case === "problem" || frame.case === "goodbye") caughtUp.reject(new Error(saidBy(frame.value)));
      if (frame.case === "welcome") {
        wanted = frame.value.conversations.length;
        ordinal = frame.value.conversations.find(({ head }) => head?.conversation === log)?.entryHead ?? 0;
      }
      if (frame.case === "reset") wanted--;
      if (wanted === 0) caughtUp.resolve(ordinal);
    });
    link.write(framed({ frame: { case: "hello", value: { device: freshId(), name: "bench" } } }));
    const device = new Device(index, log, link, await within(caughtUp.promise, "a device to catch up"));
    link.receive = (payload) => device.heard(payload);
    return device;
  }

  /** Takes note of an event of a message; each has the next ordinal. */
  heard(payload: Uint8Array): void {
    if (payload[0] === EVENT) this.ordinal++;
  }

  /** Posts the first message of this device, which later ones are linked to, and waits until it is accepted. */
  async begin(submissionsPerFrame: number): Promise<void> {
    const first = post(this.log, "Hello.");
    const answered = Promise.withResolvers<void>();
    this.link.receive = (payload) => {
      this.heard(payload);
      const { frame } = decoded(payload);
      if (frame.case !== "answers") return;
      const [answer] = frame.value.answers;
      const verdict = answer?.outcome.case === "verdict" ? answer.outcome.value.outcome.case : undefined;
      if (verdict === "accepted") answered.resolve();
      else answered.reject(new Error(`The first message was not accepted: ${JSON.stringify(answer)}`));
    };
    const order = { link: { case: "first", value: {} } } as const;
    const submissions = [{ order, command: toBinary(CommandSchema, first) }];
    this.link.write(framed({ frame: { case: "submit", value: { submissions } } }));
    await within(answered.promise, "the first message to be accepted");
    this.link.receive = (payload) => this.heard(payload);
    this.#last.set(new TextEncoder().encode(first.id));
    this.#template = new PostTemplate(this.log, submissionsPerFrame);
  }

  /** Sends one frame of posts; the first has this number, and the others the next ones. */
  post(firstNumber: number): void {
    if (this.#template === undefined) throw new Error("The device has not begun.");
    this.link.write(this.#template.fill(this.index, firstNumber, Date.now(), this.#last));
  }

  /** Says that everything was delivered and read, if that is news: as devices do, at most once a second. */
  mark(now: number): void {
    if (this.ordinal === this.#marked || now - this.#markedAt < MARKS_EVERY_MS) return;
    this.#marked = this.ordinal;
    this.#markedAt = now;
    const update = { conversation: this.log, delivered: this.ordinal, read: this.ordinal };
    this.link.write(framed({ frame: { case: "marks", value: { updates: [update] } } }));
  }

  ping(): void {
    this.link.write(framed({ frame: { case: "ping", value: {} } }));
  }
}

/** Why the server is about to close the connection, if that is what a frame says. */
export function reasonToPart(payload: Uint8Array): string | undefined {
  if (payload[0] !== PROBLEM && payload[0] !== GOODBYE) return undefined;
  const { frame } = decoded(payload);
  return frame.case === "problem" || frame.case === "goodbye" ? saidBy(frame.value) : undefined;
}

function saidBy({ code }: { code: ProblemCode }): string {
  return `The server closed a connection: ${ProblemCode[code]} (${closeCodeOf(code)})`;
}

export function framed(message: ClientCase): Uint8Array {
  const encoded = encodeClientFrame("proto", create(ClientFrameSchema, message));
  if (typeof encoded === "string") throw new TypeError("The binary encoding is bytes.");
  return clientFrame(encoded);
}

function decoded(payload: Uint8Array): ServerFrame {
  const frame = decodeServerFrame("proto", payload.slice());
  if (frame === undefined) throw new Error("The server sent something that is no frame.");
  return frame;
}

async function within<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited too long for ${what}.`)), WITHIN_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
