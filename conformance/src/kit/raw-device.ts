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
  ServerFrameSchema,
} from "@parley/protocol";
import { encodeCommand } from "./commands.ts";
import type { Coverage } from "./coverage.ts";
import { expectThat } from "./expectation.ts";
import { type Frame, type FrameCase, FrameInbox, type FrameOf } from "./frame-inbox.ts";
import { unordered } from "./orders.ts";
import type { Channel, Ending, Transport } from "./transport.ts";

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
  /** Everything that came, as it came. */
  readonly received: EncodedFrame[] = [];
  readonly #inbox = new FrameInbox();
  readonly #coverage: Coverage;
  readonly #ended = Promise.withResolvers<Ending>();
  #channel: Channel | undefined;
  #nonsense = 0;

  private constructor({ id, encoding, coverage, transport }: DeviceSettings) {
    this.id = id;
    this.encoding = encoding;
    this.#coverage = coverage.over(transport.name);
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

  /** Every frame that came, in order. */
  get frames(): readonly Frame[] {
    return this.#inbox.frames;
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
  expect<C extends FrameCase>(
    kind: C,
    matches: (value: FrameOf<C>) => boolean = () => true,
    patienceMs = PATIENCE_MS,
  ): Promise<FrameOf<C>> {
    return this.#inbox.expect(kind, matches, patienceMs);
  }

  /** Every frame of a kind, also those that a call has returned. */
  all<C extends FrameCase>(kind: C): FrameOf<C>[] {
    return this.#inbox.all(kind);
  }

  /** The end of the link, which the server must bring about. */
  async expectEnd(patienceMs = PATIENCE_MS): Promise<Ending> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`The link did not end. Got: ${this.#inbox.shown()}`)), patienceMs);
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
    if (frame === undefined) {
      this.#nonsense++;
      return;
    }
    this.#coverage.message("received", this.encoding, ServerFrameSchema, frame);
    this.#inbox.push(frame.frame);
  }

  #end(ending: Ending): void {
    this.#coverage.closed(this.encoding, ending.code);
    this.#ended.resolve(ending);
    this.#inbox.close(`; the link ended with ${ending.code} ${ending.reason}`);
  }
}
