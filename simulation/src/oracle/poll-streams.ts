import type { EncodedFrame } from "@parley/protocol";
import type { Violation } from "./violation.ts";

interface Stream {
  readonly up: EncodedFrame[];
  readonly down: EncodedFrame[];
  /** The server has ended it: of what is still under way it may keep only the end. */
  ended: boolean;
}

/** What goes through each poll: every frame arrives once and in its order, both ways, or it and all after it do not. */
export class PollStreams {
  readonly #streams = new Map<string, Stream>();
  readonly #report: (violations: readonly Violation[]) => void;

  constructor(report: (violations: readonly Violation[]) => void) {
    this.#report = report;
  }

  /** A device gives a frame away. */
  sent(poll: string, frame: EncodedFrame): void {
    this.#stream(poll).up.push(frame);
  }

  /** The server takes one in. */
  taken(poll: string, frame: EncodedFrame): void {
    const expected = this.#stream(poll).up.shift();
    if (expected !== undefined && isSame(expected, frame)) return;
    this.#report([{ rule: "POLL3", detail: `${poll} brought a frame that is not the next one` }]);
  }

  /** The server gives one away. */
  given(poll: string, frame: EncodedFrame): void {
    this.#stream(poll).down.push(frame);
  }

  ended(poll: string): void {
    this.#stream(poll).ended = true;
  }

  /** A device is given one. */
  received(poll: string, frame: EncodedFrame): void {
    const { down, ended } = this.#stream(poll);
    const skipped = ended ? down.findIndex((each) => isSame(each, frame)) : 0;
    const expected = down.splice(0, skipped + 1).at(-1);
    if (expected !== undefined && isSame(expected, frame)) return;
    this.#report([{ rule: "POLL4", detail: `${poll} gave a frame that is not the next one` }]);
  }

  #stream(poll: string): Stream {
    const known = this.#streams.get(poll);
    if (known !== undefined) return known;
    const stream = { up: [], down: [], ended: false };
    this.#streams.set(poll, stream);
    return stream;
  }
}

function isSame(one: EncodedFrame, other: EncodedFrame): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return Buffer.compare(one, other) === 0;
}
