import type { ServerFrame } from "@parley/protocol";

export type Frame = ServerFrame["frame"];
export type FrameCase = NonNullable<Frame["case"]>;
export type FrameOf<C extends FrameCase> = Extract<Frame, { case: C }>["value"];

/** Everything that came over a link, and who waits for more. */
export class FrameInbox {
  /** In the order in which they came. */
  readonly frames: Frame[] = [];
  readonly #taken = new Set<Frame>();
  readonly #waiting = new Set<() => void>();
  /** Why nothing more will come; undefined while it may. */
  #closed: string | undefined;

  push(frame: Frame): void {
    this.frames.push(frame);
    this.#wake();
  }

  close(why: string): void {
    this.#closed = why;
    this.#wake();
  }

  /** The next frame of a kind that no call has returned yet. */
  async expect<C extends FrameCase>(
    kind: C,
    matches: (value: FrameOf<C>) => boolean,
    patienceMs: number,
  ): Promise<FrameOf<C>> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = this.take(kind, matches);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0 || this.#closed !== undefined) {
        throw new Error(`Expected the frame "${kind}". Got: ${this.shown()}${this.#closed ?? ""}`);
      }
      await this.#change(left);
    }
  }

  /** The first such frame that has come and that no call has returned yet. */
  take<C extends FrameCase>(kind: C, matches: (value: FrameOf<C>) => boolean): FrameOf<C> | undefined {
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

  /** What came, with how often it came in a row. */
  shown(): string {
    const runs: { name: string; times: number }[] = [];
    for (const frame of this.frames) {
      const name = frame.case === "problem" ? `problem(${frame.value.reason})` : String(frame.case);
      const last = runs.at(-1);
      if (last?.name === name) last.times++;
      else runs.push({ name, times: 1 });
    }
    return runs.map(({ name, times }) => (times === 1 ? name : `${name} × ${times}`)).join(", ");
  }

  async #change(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    this.#waiting.add(resolve);
    await promise;
    this.#waiting.delete(resolve);
    clearTimeout(timer);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }
}
