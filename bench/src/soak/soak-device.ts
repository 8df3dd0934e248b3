import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  ClientFrameSchema,
  type Command,
  CommandSchema,
  decodeServerFrame,
  encodeClientFrame,
  type Head,
  HeadSchema,
  type RequestSchema,
  type Response,
  type ServerFrame,
} from "@parley/protocol";
import { pollLine, type SoakLine, socketLine } from "./soak-line.ts";

type ClientCase = NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>;
type Question = NonNullable<MessageInitShape<typeof RequestSchema>["question"]>;

/** What a device keeps from one connection to the next: heads, and nothing that grows with what was said. */
export interface SoakStore {
  readonly device: string;
  incarnation: string;
  accountHead: number;
  readonly heads: Map<string, Head>;
  readonly entryHeads: Map<string, number>;
}

const ANSWER_WITHIN_MS = 20_000;
const unordered = { link: { case: "none", value: {} } } as const;

export function emptyStore(device: string): SoakStore {
  return { device, incarnation: "", accountHead: 0, heads: new Map(), entryHeads: new Map() };
}

/** A device that is connected: it follows what it is told, and asks what the load wants. */
export class SoakDevice {
  readonly #store: SoakStore;
  readonly #line: SoakLine;
  readonly #answers = new Map<string, (answer: Answer) => void>();
  readonly #responses = new Map<number, (response: Response) => void>();
  #welcomed: () => void = () => undefined;
  #requests = 0;

  private constructor(store: SoakStore, line: SoakLine) {
    this.#store = store;
    this.#line = line;
    line.receive = (payload) => this.#receive(payload);
  }

  /** Resolves when Welcome has come. */
  static async connect(port: number, token: string, store: SoakStore, by: "socket" | "poll"): Promise<SoakDevice> {
    const line = by === "socket" ? await socketLine(port, token) : await pollLine(port, token);
    const device = new SoakDevice(store, line);
    const { incarnation, accountHead, heads } = store;
    await within("Welcome", (resolve) => {
      device.#welcomed = () => resolve(undefined);
      const hello = { device: store.device, name: "soak", incarnation, accountHead, heads: [...heads.values()] };
      device.#send({ case: "hello", value: hello });
    });
    return device;
  }

  /** The close code; undefined while it is open. */
  get closed(): number | undefined {
    return this.#line.closed;
  }

  async submit(command: Command): Promise<Answer> {
    const [answer] = await this.submitAll([command]);
    if (answer === undefined) throw new Error("A command has one answer.");
    return answer;
  }

  /** At most as many as a frame may carry. */
  submitAll(commands: readonly Command[]): Promise<readonly Answer[]> {
    const answers = commands.map(({ id }) =>
      within<Answer>("an answer", (resolve) => void this.#answers.set(id, resolve)),
    );
    const submissions = commands.map((command) => ({ order: unordered, command: toBinary(CommandSchema, command) }));
    this.#send({ case: "submit", value: { submissions } });
    return Promise.all(answers);
  }

  ask(question: Question): Promise<Response> {
    const id = ++this.#requests;
    return within("a response", (resolve) => {
      this.#responses.set(id, resolve);
      this.#send({ case: "request", value: { id, question } });
    });
  }

  /** The newest entry of a conversation that this device knows of. */
  entryHead(conversation: string): number {
    return this.#store.entryHeads.get(conversation) ?? 0;
  }

  mark(conversation: string): void {
    const ordinal = this.entryHead(conversation);
    const update = { conversation, delivered: ordinal, read: ordinal };
    if (ordinal > 0) this.#send({ case: "marks", value: { updates: [update] } });
  }

  type(conversation: string, active: boolean): void {
    this.#send({ case: "typing", value: { conversation, active } });
  }

  ping(): void {
    this.#send({ case: "ping", value: {} });
  }

  close(): void {
    this.#line.close();
  }

  #send(frame: ClientCase): void {
    const encoded = encodeClientFrame("proto", create(ClientFrameSchema, { frame }));
    if (typeof encoded !== "string") this.#line.send(encoded);
  }

  #receive(payload: Uint8Array): void {
    const frame = decodeServerFrame("proto", payload.slice())?.frame;
    if (frame !== undefined) this.#take(frame);
  }

  #take(frame: ServerFrame["frame"]): void {
    switch (frame.case) {
      case "welcome":
        Object.assign(this.#store, { incarnation: frame.value.incarnation, accountHead: frame.value.accountHead });
        this.#welcomed();
        break;
      case "changes":
        this.#advance(frame.value.to, frame.value.entryHead);
        break;
      case "reset":
        this.#advance(frame.value.status?.head, frame.value.status?.entryHead ?? 0);
        break;
      case "event": {
        const { log = "", seq = 0, tag = 0, ordinal = 0 } = frame.value.event ?? {};
        this.#advance(create(HeadSchema, { conversation: log, seq, tag }), ordinal);
        break;
      }
      case "accountEvent":
        this.#store.accountHead = frame.value.seq;
        break;
      case "answers":
        for (const answer of frame.value.answers) settle(this.#answers, answer.id, answer);
        break;
      case "response":
        settle(this.#responses, frame.value.id, frame.value);
        break;
    }
  }

  #advance(head: Head | undefined, entryHead: number): void {
    if (head === undefined) return;
    this.#store.heads.set(head.conversation, head);
    if (entryHead > 0) this.#store.entryHeads.set(head.conversation, entryHead);
  }
}

function settle<Key, Value>(waiting: Map<Key, (value: Value) => void>, key: Key, value: Value): void {
  waiting.get(key)?.(value);
  waiting.delete(key);
}

async function within<Value>(what: string, begin: (resolve: (value: Value) => void) => void): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const timer = setTimeout(() => reject(new Error(`${what} did not come in time.`)), ANSWER_WITHIN_MS);
  begin(resolve);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
