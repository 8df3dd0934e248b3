import { create, toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema, limits, OrderSchema } from "@parley/protocol";
import type { RawDevice } from "@parley/rig";
import type { SeededRandom } from "@parley/simulation";
import type { History } from "../history/history.ts";
import type { Recorder } from "../history/recorder.ts";

/** Within the limits of a question and of a connection's credit. */
const IDS_AT_ONCE = 100;
const COPIES_AT_ONCE = 32;
const unordered = create(OrderSchema, { link: { case: "none", value: {} } });

/** Asks what became of the commands of an account that were never answered: their answers were lost with a socket or a process. */
export async function askUnanswered(device: RawDevice, account: string, recorder: Recorder): Promise<void> {
  const answered = answeredIds(recorder.history);
  const logs = Map.groupBy(
    submittedBy(account, recorder.history).filter(({ id }) => !answered.has(id)),
    ({ log }) => log,
  );
  let id = 0;
  for (const [log, commands] of logs) {
    for (let from = 0; from < commands.length; from += IDS_AT_ONCE) {
      id += 1;
      const request = id;
      const ids = commands.slice(from, from + IDS_AT_ONCE).map((command) => command.id);
      device.send({ case: "request", value: { id, question: { case: "verdicts", value: { log, ids } } } });
      const { answer } = await device.next("response", (response) => response.id === request);
      if (answer.case !== "verdicts") throw new Error(`Verdicts were answered with ${JSON.stringify(answer.value)}`);
      for (const each of answer.value.answers) recorder.tell(account, each);
    }
  }
}

/** Sends copies of some answered commands again: each must get the verdict it has. */
export async function sendAgain(
  device: RawDevice,
  account: string,
  count: number,
  recorder: Recorder,
  random: SeededRandom,
): Promise<void> {
  const answered = answeredIds(recorder.history);
  const known = submittedBy(account, recorder.history).filter(({ id }) => answered.has(id));
  for (const frame of framesOf(random.sample(known, count))) {
    for (const answer of await device.submit(frame, unordered)) recorder.tell(account, answer);
  }
}

/** As many commands in a frame as the limits allow. */
function framesOf(commands: readonly Command[]): Command[][] {
  const frames: Command[][] = [];
  let bytes = 0;
  for (const command of commands) {
    const size = toBinary(CommandSchema, command).length;
    const frame = frames.at(-1);
    bytes += size;
    if (frame !== undefined && frame.length < COPIES_AT_ONCE && bytes <= limits.submissionBytesPerFrame) {
      frame.push(command);
    } else {
      frames.push([command]);
      bytes = size;
    }
  }
  return frames;
}

function submittedBy(account: string, { devices }: History): Command[] {
  return devices.filter((device) => device.account === account).flatMap(({ submitted }) => submitted);
}

function answeredIds({ answers }: History): Set<string> {
  return new Set(answers.flatMap(({ answer }) => (answer.outcome.case === "verdict" ? [answer.id] : [])));
}
