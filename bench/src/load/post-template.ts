import { create, toBinary } from "@bufbuild/protobuf";
import { ClientFrameSchema, CommandSchema, formatUuid } from "@parley/protocol";
import { clientFrame } from "../wire/web-socket-codec.ts";
import { writeMessageId } from "./message-id.ts";

/** Characters of each message, as in the budgets. */
export const TEXT_CHARACTERS = 200;

const ID_CHARACTERS = 36;
const NUMBER_CHARACTERS = 10;

/** Where the parts of one submission lie in the frame. */
interface Places {
  readonly after: number;
  readonly id: number;
  readonly sentAt: number;
  readonly number: number;
}

/**
 * A frame that submits posts of one device in one log, encoded once. For each use its ids, times and texts are overwritten where they lie, so that the
 * generator spends next to nothing on what it sends.
 */
export class PostTemplate {
  readonly submissions: number;
  readonly #frame: Uint8Array;
  readonly #view: DataView;
  readonly #places: readonly Places[];

  /** @param submissions how many posts the frame carries, at most 64 */
  constructor(log: string, submissions: number) {
    this.submissions = submissions;
    this.#frame = clientFrame(encoded(log, submissions));
    this.#view = new DataView(this.#frame.buffer);
    this.#places = Array.from({ length: submissions }, (_, index) => placesIn(this.#frame, index));
  }

  /**
   * The frame with its next posts, good until the next call.
   *
   * @param last the id of the device's last command in this log, as text in ASCII; overwritten with the last one of this frame
   */
  fill(sender: number, firstNumber: number, now: number, last: Uint8Array): Uint8Array {
    let number = firstNumber;
    for (const { after, id, sentAt, number: digits } of this.#places) {
      this.#frame.set(last, after);
      writeMessageId(this.#frame, id, now, sender, number);
      last.set(this.#frame.subarray(id, id + ID_CHARACTERS));
      this.#view.setFloat64(sentAt, now, true);
      writeDecimal(this.#frame, digits, number);
      number++;
    }
    return this.#frame;
  }
}

function writeDecimal(bytes: Uint8Array, at: number, value: number): void {
  let rest = value;
  for (let index = at + NUMBER_CHARACTERS - 1; index >= at; index--) {
    bytes[index] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

function encoded(log: string, submissions: number): Uint8Array {
  const all = Array.from({ length: submissions }, (_, index) => {
    const text = `${marked(index, 3).slice(0, NUMBER_CHARACTERS)}${" the quick brown fox jumps over the lazy dog".repeat(5)}`;
    const command = create(CommandSchema, {
      id: marked(index, 2),
      log,
      sentAt: markedTime(index),
      body: {
        case: "post",
        value: { content: { form: { case: "plain", value: { text: text.slice(0, TEXT_CHARACTERS) } } } },
      },
    });
    const order = { link: { case: "after", value: marked(index, 1) } } as const;
    return { order, command: toBinary(CommandSchema, command) };
  });
  return toBinary(
    ClientFrameSchema,
    create(ClientFrameSchema, { frame: { case: "submit", value: { submissions: all } } }),
  );
}

/** A text of the length of an id that occurs once in a frame. */
function marked(submission: number, part: number): string {
  const bytes = new Uint8Array(16).fill(0xe0 + part);
  bytes[0] = 0x80 + submission;
  return formatUuid(bytes, 7);
}

function markedTime(submission: number): number {
  return 1_000_000_000_000 + submission;
}

function placesIn(frame: Uint8Array, submission: number): Places {
  const bytes = Buffer.from(frame.buffer);
  const time = Buffer.alloc(8);
  time.writeDoubleLE(markedTime(submission));
  return {
    after: found(bytes.indexOf(marked(submission, 1))),
    id: found(bytes.indexOf(marked(submission, 2))),
    sentAt: found(bytes.indexOf(time)),
    number: found(bytes.indexOf(marked(submission, 3).slice(0, NUMBER_CHARACTERS))),
  };
}

function found(place: number): number {
  if (place < 0) throw new Error("A mark is not in its frame.");
  return place;
}
