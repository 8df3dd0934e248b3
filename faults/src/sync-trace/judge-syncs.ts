import type { SystemCall } from "../strace/system-call.ts";

/** A message whose way through the server is judged. Text and ids are plain ASCII, found nowhere else. */
export interface TracedMessage {
  readonly text: string;
  /** The id of the command that posted it. */
  readonly command: string;
  /** The device that posted it; it speaks JSON, so that its acknowledgement can be told from its event. */
  readonly author: string;
  /** A device of somebody else. */
  readonly reader: string;
}

export type SyncProblem =
  | "never written to the log"
  | "no sync of the log between its write and the first word of it on a socket"
  | "its sync did not cover a commit"
  | "never acknowledged"
  | "never delivered";

export interface SyncFinding {
  readonly text: string;
  readonly problem: SyncProblem;
}

const WRITES = new Set(["write", "pwrite64", "writev", "pwritev", "pwritev2"]);
const SYNCS = new Set(["fsync", "fdatasync"]);
const SENDS = new Set(["write", "writev", "sendto", "sendmsg", "sendmmsg"]);
/** The header of a frame of SQLite's write-ahead log; its second word is the size of the database if the frame ends a commit, else 0. */
const FRAME_HEADER_BYTES = 24;

/**
 * What is wrong with the order of these system calls. For each message it must be
 *
 *     its text written to the log ─► a sync of that very file returns 0 ─► any word of it on any socket:
 *                                                   the acknowledgement to its author, the event to its reader
 */
export function judgeSyncs(
  calls: readonly SystemCall[],
  log: string,
  messages: readonly TracedMessage[],
): SyncFinding[] {
  const file = { writes: wholeWrites(calls, log), syncs: calls.filter((call) => isSync(call, log)) };
  const sends = calls.filter(({ name, target }) => SENDS.has(name) && target.startsWith("TCP"));
  return messages.flatMap((message) => {
    const mentions = sends.filter(({ data }) => data.includes(message.text) || data.includes(message.command));
    const problems = [...storageProblems(file, message.text, mentions[0]), ...answerProblems(sends, mentions, message)];
    return problems.map((problem) => ({ text: message.text, problem }));
  });
}

interface LogFile {
  readonly writes: readonly SystemCall[];
  readonly syncs: readonly SystemCall[];
}

function wholeWrites(calls: readonly SystemCall[], log: string): SystemCall[] {
  return calls.filter(
    ({ name, target, data, result }) => WRITES.has(name) && target === log && result === data.length && result > 0,
  );
}

function isSync({ name, target, result }: SystemCall, log: string): boolean {
  return SYNCS.has(name) && target === log && result === 0;
}

function storageProblems({ writes, syncs }: LogFile, text: string, mention: SystemCall | undefined): SyncProblem[] {
  const written = writes.find(({ data }) => data.includes(text));
  if (written === undefined) return ["never written to the log"];
  const told = mention?.begin ?? Number.POSITIVE_INFINITY;
  const sync = syncs.find(({ begin, end }) => begin > written.end && end < told);
  if (sync === undefined) return ["no sync of the log between its write and the first word of it on a socket"];
  const headers = writes.filter(({ data, end }) => data.length === FRAME_HEADER_BYTES && end < sync.begin);
  const ending = headers.at(-1)?.data.slice(4, 8) ?? "\0\0\0\0";
  return ending === "\0\0\0\0" ? ["its sync did not cover a commit"] : [];
}

function answerProblems(
  sends: readonly SystemCall[],
  mentions: readonly SystemCall[],
  { text, command, author, reader }: TracedMessage,
): SyncProblem[] {
  const [authors, readers] = [socketOf(sends, author), socketOf(sends, reader)];
  const acknowledged = mentions.some(
    ({ target, data }) => target === authors && data.includes('"answers"') && data.includes(command),
  );
  const delivered = mentions.some(({ target, data }) => target === readers && data.includes(text));
  return [
    ...(acknowledged ? [] : (["never acknowledged"] as const)),
    ...(delivered ? [] : (["never delivered"] as const)),
  ];
}

/** The socket of a device is the one on which Welcome named it. */
function socketOf(sends: readonly SystemCall[], device: string): string | undefined {
  return sends.find(({ data }) => data.includes(device))?.target;
}
