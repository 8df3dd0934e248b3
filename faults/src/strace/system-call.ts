/** One system call of a traced process. Calls are compared by their places in the trace, never by time. */
export interface SystemCall {
  readonly thread: number;
  readonly name: string;
  /** What the first argument refers to: a path, or `TCP:[local->remote]`; empty if it is no open file. */
  readonly target: string;
  /** All bytes given to the call, a character each. */
  readonly data: string;
  /** Where in the file `pwrite64` writes. */
  readonly offset: number | undefined;
  /** What it returned; undefined if it never did. */
  readonly result: number | undefined;
  /** The name of the error, such as EIO. */
  readonly error: string | undefined;
  /** Lines of the trace at which it began and returned. */
  readonly begin: number;
  readonly end: number;
}

interface Begun {
  readonly name: string;
  readonly args: string;
  readonly begin: number;
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (.*)$/;
const UNFINISHED = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (.*)$/;

/** Reads what `strace -f -yy -xx -o FILE` wrote. Lines that tell of signals and ends are passed over. */
export function parseTrace(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const begun = new Map<string, Begun>();
  trace.split("\n").forEach((line, place) => {
    const unfinished = UNFINISHED.exec(line);
    if (unfinished !== null) {
      const [, thread = "", name = "", args = ""] = unfinished;
      begun.set(thread, { name, args, begin: place });
      return;
    }
    const resumed = RESUMED.exec(line);
    if (resumed !== null) {
      const [, thread = "", name = "", rest = "", outcome = ""] = resumed;
      const beginning = begun.get(thread);
      begun.delete(thread);
      if (beginning?.name === name) {
        calls.push(systemCall(thread, { ...beginning, args: beginning.args + rest }, outcome, place));
      }
      return;
    }
    const [, thread, name = "", args = "", outcome = ""] = WHOLE.exec(line) ?? [];
    if (thread !== undefined) calls.push(systemCall(thread, { name, args, begin: place }, outcome, place));
  });
  for (const [thread, one] of begun) calls.push(systemCall(thread, one, "?", Number.POSITIVE_INFINITY));
  return calls.sort((one, other) => one.begin - other.begin);
}

function systemCall(thread: string, { name, args, begin }: Begun, outcome: string, end: number): SystemCall {
  const [, result = "?", error] = /^(-?\d+|\?)(?:<[^>]*>)?(?: (E[A-Z0-9]+))?/.exec(outcome) ?? [];
  return {
    thread: Number(thread),
    name,
    target: targetOf(args),
    data: [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = ""]) => unescaped(hex)).join(""),
    offset: offsetOf(name, args),
    result: result === "?" ? undefined : Number(result),
    error,
    begin,
    end,
  };
}

function offsetOf(name: string, args: string): number | undefined {
  const offset = name === "pwrite64" ? /, (\d+)$/.exec(args)?.[1] : undefined;
  return offset === undefined ? undefined : Number(offset);
}

/** A file that was deleted while it was open is not the file of that path any more. */
function targetOf(args: string): string {
  const [, target = "", deleted = ""] = /^\d+<([^,]*)>(\(deleted\))?(?:, |$)/.exec(args) ?? [];
  return unescaped(target) + deleted;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
