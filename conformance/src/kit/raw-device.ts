import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Answer,
  ClientFrameSchema,
  type CommandSchema,
  closeCodeOf,
  decodeServerFrame,
  type EncodedFrame,
  type Encoding,
  encodeClientFrame,
  type HelloSchema,
  type OrderSchema,
  ProblemCode,
  type RequestSchema,
  type Response,
  type ServerFrame,
  ServerFrameSchema,
} from "@parley/protocol";
import { encodeCommand } from "./commands.ts";
import type { Coverage } from "./coverage.ts";
import { expectThat } from "./expectation.ts";
import { unordered } from "./orders.ts";
import type { Channel, Ending, Transport } from "./transport.ts";

type Frame = ServerFrame["frame"];
export type FrameCase = NonNullable<Frame["case"]>;
export type FrameOf<C extends FrameCase> = Extract<Frame, { case: C }>["value"];
export type ClientFrameInit = MessageInitShape<typeof ClientFrameSchema>["frame"];
type CommandInit = MessageInitShape<typeof CommandSchema>;

/** How long a server may take for what it must do. Generous: the machine may be busy with other cases. */
export const PATIENCE_MS = 10_000;

export interface DeviceSettings {
  readonly url: string;
  readonly encoding: Encoding;
  readonly transport: Transport;
  readonly coverage: Coverage;
  /** Its id in Hello. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A device that writes what it is told to and remembers all that it got. It keeps no state, has no opinion and never answers by itself. */
export class RawDevice {
  readonly id: string;
  readonly encoding: Encoding;
  /** Everything that came, in order. */
  readonly frames: Frame[] = [];
  /** The same as it came. */
  readonly received: EncodedFrame[] = [];
  readonly #coverage: Coverage;
  readonly #taken = new Set<Frame>();
  readonly #ended = Promise.withResolvers<Ending>();
  #channel: Channel | undefined;
  #ending: Ending | undefined;
  #nonsense = 0;
  #changed: () => void = () => undefined;

  private constructor({ id, encoding, coverage }: DeviceSettings) {
    this.id = id;
    this.encoding = encoding;
    this.#coverage = coverage;
  }

  /** Connects, and does not say Hello. */
  static async connect(settings: DeviceSettings): Promise<RawDevice> {
    const device = new RawDevice(settings);
    const { url, encoding, headers, transport } = settings;
    device.#channel = await transport.open(
      { url, encoding, headers },
      { message: (data) => device.#receive(data), ended: (ending) => device.#end(ending) },
    );
    return device;
  }

  /** How the link ended; undefined while it lasts. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Says Hello and waits for Welcome. */
  async hello(hello: MessageInitShape<typeof HelloSchema> = {}): Promise<FrameOf<"welcome">> {
    this.send({ case: "hello", value: { device: this.id, name: "conformance", ...hello } });
    return this.expect("welcome");
  }

  send(frame: ClientFrameInit): void {
    const message = create(ClientFrameSchema, frame === undefined ? {} : { frame });
    this.#coverage.message("sent", this.encoding, ClientFrameSchema, message);
    this.sendRaw(encodeClientFrame(this.encoding, message));
  }

  /** Sends bytes or text as they are. */
  sendRaw(data: EncodedFrame): void {
    this.#channel?.send(data);
  }

  /** Submits commands in one frame, all with the same order, and waits for their answers. */
  async submit(
    commands: readonly CommandInit[],
    order: MessageInitShape<typeof OrderSchema> = unordered,
  ): Promise<Answer[]> {
    const encoded = commands.map((command) => encodeCommand(command, this.#coverage, this.encoding));
    return this.submitBytes(encoded, order);
  }

  async submitBytes(
    commands: readonly Uint8Array[],
    order: MessageInitShape<typeof OrderSchema> = unordered,
  ): Promise<Answer[]> {
    this.send({ case: "submit", value: { submissions: commands.map((command) => ({ order, command })) } });
    return (await this.expect("answers")).answers;
  }

  /** Asks a question and waits for its answer. */
  async ask(question: MessageInitShape<typeof RequestSchema>["question"]): Promise<Response["answer"]> {
    const id = Math.floor(Math.random() * 0xffff_ffff) + 1;
    this.send({ case: "request", value: { id, ...(question === undefined ? {} : { question }) } });
    return (await this.expect("response", (response) => response.id === id)).answer;
  }

  /** Pings and waits for the answer: everything that was sent before has been taken up. */
  async settle(): Promise<void> {
    const nonce = Math.floor(Math.random() * 0xffff_ffff) + 1;
    this.send({ case: "ping", value: { nonce } });
    await this.expect("pong", (pong) => pong.nonce === nonce);
  }

  /** The next frame of a kind that no call has returned yet. */
  async expect<C extends FrameCase>(
    kind: C,
    matches: (value: FrameOf<C>) => boolean = () => true,
    patienceMs = PATIENCE_MS,
  ): Promise<FrameOf<C>> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = this.take(kind, matches);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0 || this.#ending !== undefined) throw new Error(this.#missing(kind));
      await this.#change(left);
    }
  }

  /** The first such frame that has come and that no call has returned yet. */
  take<C extends FrameCase>(kind: C, matches: (value: FrameOf<C>) => boolean = () => true): FrameOf<C> | undefined {
    // The case says which value it is; TypeScript does not carry that through a type parameter.
    const found = this.frames.find((frame) => {
      return frame.case === kind && !this.#taken.has(frame) && matches(frame.value as FrameOf<C>);
    });
    if (found !== undefined) this.#taken.add(found);
    return found?.value as FrameOf<C> | undefined;
  }

  /** Every frame of a kind, also those that a call has returned. */
  all<C extends FrameCase>(kind: C): FrameOf<C>[] {
    // As in `take`.
    return this.frames.flatMap((frame) => (frame.case === kind ? [frame.value as FrameOf<C>] : []));
  }

  /** The end of the link, which the server must bring about. */
  async expectEnd(patienceMs = PATIENCE_MS): Promise<Ending> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`The link did not end. Got: ${this.#got()}`)), patienceMs);
    try {
      return await Promise.race([this.#ended.promise, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The link ends with a Problem of this code, and then its close code. */
  async expectProblem(code: ProblemCode, patienceMs = PATIENCE_MS): Promise<void> {
    const ending = await this.expectEnd(patienceMs);
    const problem = this.all("problem").at(-1);
    expectThat(problem?.code === code, `a Problem with ${ProblemCode[code]}`, problem ?? ending);
    expectThat(problem.reason !== "", "a Problem to give a reason");
    this.#expectClose(ending, code);
  }

  /** The link ends with a Goodbye of this code, and then its close code. */
  async expectGoodbye(code: ProblemCode, patienceMs = PATIENCE_MS): Promise<FrameOf<"goodbye">> {
    const ending = await this.expectEnd(patienceMs);
    const goodbye = this.all("goodbye").at(-1);
    expectThat(goodbye?.code === code, `a Goodbye with ${ProblemCode[code]}`, goodbye ?? ending);
    this.#expectClose(ending, code);
    return goodbye;
  }

  /** Ends the link from this side. */
  close(): void {
    this.#channel?.close();
  }

  /** Fails if the server sent something that is no frame of the schema in the encoding of the link. */
  expectFramesOnly(): void {
    expectThat(this.#nonsense === 0, "nothing but frames from the server", `${this.#nonsense} messages that are none`);
  }

  #expectClose(ending: Ending, code: ProblemCode): void {
    expectThat(ending.code === closeCodeOf(code), `the close code ${closeCodeOf(code)} (${ProblemCode[code]})`, ending);
  }

  #receive(data: EncodedFrame): void {
    this.received.push(data);
    const frame = decodeServerFrame(this.encoding, data);
    if (frame === undefined) this.#nonsense++;
    else {
      this.#coverage.message("received", this.encoding, ServerFrameSchema, frame);
      this.frames.push(frame.frame);
    }
    this.#changed();
  }

  #end(ending: Ending): void {
    this.#ending = ending;
    this.#coverage.closed(this.encoding, ending.code);
    this.#ended.resolve(ending);
    this.#changed();
  }

  async #change(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    const before = this.#changed;
    this.#changed = () => {
      before();
      resolve();
    };
    await promise;
    clearTimeout(timer);
    this.#changed = before;
  }

  #missing(kind: string): string {
    const ending =
      this.#ending === undefined ? "" : `; the link ended with ${this.#ending.code} ${this.#ending.reason}`;
    return `Expected the frame "${kind}". Got: ${this.#got()}${ending}`;
  }

  /** What came, with how often it came in a row. */
  #got(): string {
    const runs: { name: string; times: number }[] = [];
    for (const frame of this.frames) {
      const name = frame.case === "problem" ? `problem(${frame.value.reason})` : String(frame.case);
      const last = runs.at(-1);
      if (last?.name === name) last.times++;
      else runs.push({ name, times: 1 });
    }
    return runs.map(({ name, times }) => (times === 1 ? name : `${name} × ${times}`)).join(", ");
  }
}
