import { create, type MessageInitShape, toBinary, toJsonString } from "@bufbuild/protobuf";
import {
  ClientFrameSchema,
  type Command,
  CommandSchema,
  ConversationKind,
  CreateSchema,
  type EncodedFrame,
  type Encoding,
  Encryption,
  encodeClientFrame,
  HistoryPolicy,
  type OrderSchema,
} from "@parley/protocol";
import type { Cast } from "./cast.ts";
import { generateMessage } from "./generate-message.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateMessage } from "./mutate-message.ts";
import { mutateText } from "./mutate-text.ts";
import { planCall } from "./plan-call.ts";
import { Random } from "./random.ts";
import type { SessionPlan, Step } from "./session-plan.ts";
import { spoiledFrames } from "./spoiled-frames.ts";
import { Vocabulary } from "./vocabulary.ts";

type FrameInit = NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>;

const STEPS = { least: 6, more: 20 };
const SPOIL_COMMAND = 0.25;
const SPOIL_FRAME = 0.25;
const SPOIL_ENCODED = 0.2;
const CUT = 0.1;
const SPOIL_WEB_SOCKET = 0.03;

/** The session of a seed: a right one first, then spoiled here and there. The same seed and cast always give the same bytes. */
export function planSession(seed: number, cast: Cast): SessionPlan {
  const random = new Random(seed, cast.attacker.account);
  const encoding = random.pick<Encoding>(["proto", "json"]);
  const planner = new SessionPlanner(random, encoding, new Vocabulary(random, cast));
  return { seed, encoding, hellos: planner.hellos(), steps: planner.steps() };
}

class SessionPlanner {
  readonly #random: Random;
  readonly #encoding: Encoding;
  readonly #words: Vocabulary;
  /** The last command of the session's queue in each log. */
  readonly #last = new Map<string, string>();

  constructor(random: Random, encoding: Encoding, words: Vocabulary) {
    this.#random = random;
    this.#encoding = encoding;
    this.#words = words;
  }

  hellos(): EncodedFrame[] {
    return this.#words.devices.map((device) => {
      const frame = create(ClientFrameSchema, { frame: { case: "hello", value: { device, name: "fuzz" } } });
      return encodeClientFrame(this.#encoding, frame);
    });
  }

  steps(): Step[] {
    const steps: Step[] = [this.#message(this.#beginning(), "the beginning of a group")];
    for (let count = STEPS.least + this.#random.below(STEPS.more); count > 0; count--) steps.push(this.#step());
    return this.#disordered(steps);
  }

  #step(): Step {
    const kind = this.#random.pick([
      "submit",
      "submit",
      "submit",
      "request",
      "request",
      "marks",
      "typing",
      "ping",
      "hello",
      "call",
    ]);
    if (kind === "call") return planCall(this.#words);
    if (this.#random.chance(SPOIL_WEB_SOCKET)) return spoiledFrames(this.#random);
    if (kind === "submit") return this.#message(this.#submit(), "submit");
    const frame = generateMessage(ClientFrameSchema, this.#words, kind) as MessageInitShape<typeof ClientFrameSchema>;
    return frame.frame === undefined ? spoiledFrames(this.#random) : this.#message(frame.frame, kind);
  }

  /** A group of one's own, and what makes it a conversation. */
  #beginning(): FrameInit {
    const log = this.#random.id();
    this.#words.logs.push(log);
    const value = create(CreateSchema, {
      kind: ConversationKind.GROUP,
      encryption: Encryption.NONE,
      history: this.#random.pick([HistoryPolicy.ALL, HistoryPolicy.SINCE_JOINED]),
      title: "Fuzzed",
    });
    const begin = create(CommandSchema, { id: this.#random.id(), log, sentAt: 1, body: { case: "create", value } });
    const posts = ["one", "two", "three"].map((text) => this.#post(log, text));
    return { case: "submit", value: { submissions: [begin, ...posts].map((command) => this.#submission(command)) } };
  }

  #post(log: string, text: string): Command {
    const content = { form: { case: "plain", value: { text } } } as const;
    const command = create(CommandSchema, {
      id: this.#random.id(),
      log,
      sentAt: 2,
      body: { case: "post", value: { content } },
    });
    this.#words.messages.push(command.id);
    return command;
  }

  #submit(): FrameInit {
    const submissions = Array.from({ length: 1 + this.#random.below(4) }, () => {
      // Made by the schema it was asked for.
      const command = generateMessage(CommandSchema, this.#words) as Command;
      if (command.body.case === "post") this.#words.messages.push(command.id);
      if (command.body.case === "create") this.#words.logs.push(command.log);
      return this.#submission(command);
    });
    return { case: "submit", value: { submissions } };
  }

  #submission(command: Command): { order: MessageInitShape<typeof OrderSchema>; command: Uint8Array } {
    const order = this.#orderOf(command);
    if (this.#random.chance(SPOIL_COMMAND)) mutateMessage(CommandSchema, command, this.#words);
    const bytes = toBinary(CommandSchema, command);
    return { order, command: this.#random.chance(SPOIL_COMMAND) ? mutateBytes(bytes, this.#random) : bytes };
  }

  #orderOf({ id, log }: Command): MessageInitShape<typeof OrderSchema> {
    if (this.#random.chance(0.3)) return { link: { case: "none", value: {} } };
    const last = this.#last.get(log);
    this.#last.set(log, id);
    return last === undefined ? { link: { case: "first", value: {} } } : { link: { case: "after", value: last } };
  }

  #message(init: FrameInit, label: string): Step {
    const frame = create(ClientFrameSchema, { frame: init });
    if (this.#random.chance(SPOIL_FRAME)) mutateMessage(ClientFrameSchema, frame, this.#words);
    const spoil = this.#random.chance(SPOIL_ENCODED);
    const data: EncodedFrame =
      this.#encoding === "proto"
        ? this.#spoiled(toBinary(ClientFrameSchema, frame), spoil, mutateBytes)
        : this.#spoiled(toJsonString(ClientFrameSchema, frame), spoil, mutateText);
    const cuts = this.#random.chance(CUT)
      ? [1, 2, 5].map((part) => Math.floor(data.length / part)).filter((at) => at > 0 && at < data.length)
      : [];
    return { kind: "message", label, data, cuts: cuts.toSorted((one, other) => one - other) };
  }

  #spoiled<T>(data: T, spoil: boolean, mutate: (data: T, random: Random) => T): T {
    return spoil ? mutate(data, this.#random) : data;
  }

  /** Some steps twice, some not at all, some before the one before them. */
  #disordered(steps: readonly Step[]): Step[] {
    const disordered = steps.flatMap((step) => {
      if (this.#random.chance(0.05)) return [];
      return this.#random.chance(0.1) ? [step, step] : [step];
    });
    for (let index = 1; index < disordered.length; index++) {
      const [one, other] = [disordered[index - 1], disordered[index]];
      if (one === undefined || other === undefined || !this.#random.chance(0.1)) continue;
      [disordered[index - 1], disordered[index]] = [other, one];
    }
    return disordered;
  }
}
