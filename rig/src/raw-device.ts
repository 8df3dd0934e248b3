import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  ClientFrameSchema,
  type Command,
  CommandSchema,
  decodeServerFrame,
  type Encoding,
  encodeClientFrame,
  type Head,
  type OrderSchema,
  type ServerFrame,
} from "@parley/protocol";
import { freshId } from "./commands.ts";

type Frame = ServerFrame["frame"];
type Case = NonNullable<Frame["case"]>;
type ValueOf<C extends Case> = Extract<Frame, { case: C }>["value"];

const PATIENCE_MS = 5_000;
const unordered = { link: { case: "none", value: {} } } as const;

/** A device that speaks raw frames and remembers all that it got. */
export class RawDevice {
  readonly id: string;
  readonly frames: Frame[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #encoding: Encoding;
  #changed: () => void = () => undefined;
  #taken = new Set<Frame>();

  constructor(
    url: string,
    token: string,
    encoding: Encoding = "proto",
    id: string = freshId(),
    headers: Record<string, string> = {},
  ) {
    this.id = id;
    this.#encoding = encoding;
    const options = {
      protocols: [`parley.v1.${encoding}`],
      headers: { ...(token === "" ? {} : { authorization: `Bearer ${token}` }), ...headers },
    };
    // Beside the types of browsers, which know no headers, those of Bun give way.
    this.#socket = Reflect.construct(WebSocket, [`${url.replace("http", "ws")}/socket`, options]);
    this.#socket.binaryType = "arraybuffer";
    this.closed = new Promise((resolve) => {
      this.#socket.onclose = ({ code }) => resolve(code);
    });
    this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      const frame = decodeServerFrame(encoding, typeof data === "string" ? data : new Uint8Array(data));
      if (frame === undefined) throw new Error("The server sent something that is no frame.");
      this.frames.push(frame.frame);
      this.#changed();
    };
  }

  async opened(): Promise<this> {
    while (this.#socket.readyState === WebSocket.CONNECTING) await Bun.sleep(2);
    return this;
  }

  /** Says Hello and waits for Welcome. */
  async hello(hello: { incarnation?: string; accountHead?: number; heads?: Head[] } = {}): Promise<ValueOf<"welcome">> {
    await this.opened();
    this.send({ case: "hello", value: { device: this.id, name: "test", ...hello } });
    return this.next("welcome");
  }

  send(frame: MessageInitShape<typeof ClientFrameSchema>["frame"]): void {
    this.sendRaw(encodeClientFrame(this.#encoding, create(ClientFrameSchema, frame === undefined ? {} : { frame })));
  }

  sendRaw(data: string | Uint8Array): void {
    this.#socket.send(typeof data === "string" ? data : new Uint8Array(data));
  }

  /** Submits commands in one frame and waits for their answers. */
  async submit(
    commands: readonly Command[],
    order: MessageInitShape<typeof OrderSchema> = unordered,
  ): Promise<Answer[]> {
    const submissions = commands.map((each) => ({ order, command: toBinary(CommandSchema, each) }));
    this.send({ case: "submit", value: { submissions } });
    return (await this.next("answers")).answers;
  }

  /** The next frame of a kind that no call has returned yet. */
  async next<C extends Case>(kind: C, matches: (value: ValueOf<C>) => boolean = () => true): Promise<ValueOf<C>> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      for (const frame of this.frames) {
        if (frame.case !== kind || this.#taken.has(frame)) continue;
        // The case says which value it is; TypeScript does not carry that through a type parameter.
        const value = frame.value as ValueOf<C>;
        if (!matches(value)) continue;
        this.#taken.add(frame);
        return value;
      }
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No ${kind} came. Got: ${this.frames.map((frame) => frame.case).join(", ")}`);
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#changed = resolve;
        }),
        Bun.sleep(left),
      ]);
    }
  }

  all<C extends Case>(kind: C): ValueOf<C>[] {
    return this.frames.flatMap((frame) => (frame.case === kind ? [frame.value as ValueOf<C>] : []));
  }

  close(): void {
    this.#socket.close();
  }
}
