/**
 * A draft after a change that was made from one text to another, while it says something else by now: nothing that was written in either place is lost.
 * A change that is applied again changes nothing more.
 *
 * @param current what the draft says now
 */
export function carryOver(from: string, to: string, current: string): string {
  if (current === from || current === to) return to;
  if (to === from) return current;
  const place = from === "" ? undefined : placeOf(from, current);
  if (place !== undefined) return withPart(current, place, to);
  // All that is left was there when the change was made.
  if (current === "" || hasLines(from, current)) return to;
  // Joined with what was written elsewhere in the midst of it.
  if (to === "") return withoutLines(current, from) ?? current;
  if (current.startsWith(to) || placeOf(to, current) !== undefined) return current;
  if (to.startsWith(current)) return to;
  return `${current}\n${to}`;
}

/** Whether a text that is not empty stands as whole lines in another. */
export function hasLines(whole: string, part: string): boolean {
  return part !== "" && placeOf(part, whole) !== undefined;
}

/** Without the lines of another text, where they all stand in it in their order; undefined where they do not. */
export function withoutLines(whole: string, part: string): string | undefined {
  const wanted = part.split("\n");
  const rest = whole.split("\n").filter((line) => {
    if (line !== wanted[0]) return true;
    wanted.shift();
    return false;
  });
  return wanted.length === 0 ? rest.join("\n") : undefined;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a text stands as whole lines of another. */
function placeOf(part: string, whole: string): Place | undefined {
  for (let start = whole.indexOf(part); start >= 0; start = whole.indexOf(part, start + 1)) {
    const end = start + part.length;
    const begins = start === 0 || whole[start - 1] === "\n";
    const ends = end === whole.length || whole[end] === "\n";
    if (begins && ends) return { start, end };
  }
  return undefined;
}

function withPart(whole: string, { start, end }: Place, part: string): string {
  if (part !== "") return whole.slice(0, start) + part + whole.slice(end);
  const [before, after] = [whole.slice(0, Math.max(0, start - 1)), whole.slice(end + 1)];
  return before === "" || after === "" ? before + after : `${before}\n${after}`;
}
