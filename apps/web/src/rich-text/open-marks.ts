import type { Effort, Inline, MarkedInline } from "./rich-text.ts";

export type Mark = "*" | "_" | "~";

/** A run of marks that may begin a form, and is text until its other half is found. */
interface OpenMark {
  readonly mark: Mark;
  /** How many of the run are left: one for emphasis, two for strong, three for both. */
  left: number;
  /** Where its text stands among the inlines. */
  readonly at: number;
  /** Kinds of forms behind it so far. */
  readonly inside: Set<MarkedInline["kind"]>;
}

/**
 * The parts of one line, and the marks in it whose other half may still come. Each mark is opened once and dropped once, and each part is taken
 * into at most three forms, so a line costs as much as it is long whatever stands in it.
 */
export class OpenMarks {
  readonly #effort: Effort;
  readonly #inlines: Inline[] = [];
  readonly #open: OpenMark[] = [];
  /** How many of a mark are open with one, two and three left. */
  readonly #counts: Record<Mark, [number, number, number]> = { "*": [0, 0, 0], _: [0, 0, 0], "~": [0, 0, 0] };

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  add(inline: Inline): void {
    this.#inlines.push(inline);
  }

  open(mark: Mark, length: number): void {
    this.#open.push({ mark, left: length, at: this.#inlines.length, inside: new Set() });
    this.#count(mark, length, 1);
    this.add({ kind: "text", text: mark.repeat(length) });
  }

  /** Closes what these marks can close. @returns how many of them are left over */
  close(mark: Mark, length: number): number {
    let left = length;
    while (this.#canClose(mark, left)) {
      this.#effort.steps += 1;
      const last = this.#open.at(-1);
      const used = last?.mark === mark ? closing(last.left, left) : 0;
      if (last === undefined || used === 0 || !this.#form(last, used)) this.#drop();
      else left -= used;
    }
    return left;
  }

  /** All parts; what is open now stays text. */
  finish(): readonly Inline[] {
    return joined(this.#inlines);
  }

  /** Makes one form of what stands behind a mark. False if there is one of its kind in there already. */
  #form(open: OpenMark, used: number): boolean {
    const kinds = kindsOf(open.mark, used);
    if (kinds.some((kind) => open.inside.has(kind))) return false;
    const behind = this.#inlines.splice(open.at + 1);
    this.#effort.steps += behind.length;
    let inlines = joined(behind);
    for (const kind of kinds) {
      inlines = [{ kind, inlines }];
      open.inside.add(kind);
    }
    this.#count(open.mark, open.left, -1);
    open.left -= used;
    this.#inlines.pop();
    if (open.left === 0) this.#take();
    else {
      this.#count(open.mark, open.left, 1);
      this.add({ kind: "text", text: open.mark.repeat(open.left) });
    }
    this.#inlines.push(...inlines);
    return true;
  }

  /** The last open mark is text. */
  #drop(): void {
    const dropped = this.#take();
    if (dropped !== undefined) this.#count(dropped.mark, dropped.left, -1);
  }

  /** What is behind the last mark is behind the one before it. */
  #take(): OpenMark | undefined {
    const taken = this.#open.pop();
    const before = this.#open.at(-1);
    for (const kind of taken?.inside ?? []) before?.inside.add(kind);
    return taken;
  }

  #canClose(mark: Mark, length: number): boolean {
    return this.#counts[mark].some((count, index) => count > 0 && closing(index + 1, length) > 0);
  }

  #count(mark: Mark, left: number, by: 1 | -1): void {
    const counts = this.#counts[mark];
    if (left === 1) counts[0] += by;
    else if (left === 2) counts[1] += by;
    else counts[2] += by;
  }
}

/** How many marks of a run close an open run. */
function closing(open: number, run: number): number {
  if (run === 1) return open === 2 ? 0 : 1;
  if (run === 2) return open === 1 ? 0 : 2;
  return run === 3 ? open : 0;
}

/** From the inside to the outside. */
function kindsOf(mark: Mark, used: number): readonly MarkedInline["kind"][] {
  if (mark === "~") return ["struck"];
  if (used === 3) return ["emphasis", "strong"];
  return [used === 2 ? "strong" : "emphasis"];
}

/** With texts that follow each other as one. */
function joined(inlines: readonly Inline[]): readonly Inline[] {
  const result: Inline[] = [];
  for (const inline of inlines) {
    const last = result.at(-1);
    if (inline.kind === "text" && last?.kind === "text") {
      result[result.length - 1] = { kind: "text", text: last.text + inline.text };
    } else result.push(inline);
  }
  return result;
}
