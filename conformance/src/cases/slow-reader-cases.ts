import { create } from "@bufbuild/protobuf";
import { closeCodeOf, limits, ProblemCode, ServerFrameSchema } from "@parley/protocol";
import { AttackerSocket } from "../hostile/wire/attacker-socket.ts";
import { Witness } from "../hostile/witness.ts";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import type { Person } from "../kit/person.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

/** Together they write more than the buffers of two systems and what a server lets wait. An account may not write as much alone. */
const WRITERS = 6;
const POSTS_OF_EACH = 220;
const POSTS_AT_ONCE = 10;

/** A device that stops reading below its WebSocket. */
export const slowReaderCases: readonly ConformanceCase[] = [
  {
    title: "[GOODBYE1] [CLOSE1] a device that stops reading is told TOO_SLOW; the others get everything meanwhile",
    alone: true,
    async run(session) {
      const slow = await session.person();
      const writers: Person[] = [];
      for (let count = 0; count < WRITERS; count++) writers.push(await session.person());
      for (const writer of writers) session.spend(writer);
      const devices: RawDevice[] = [];
      for (const writer of writers) devices.push(await session.online(writer));
      const [owner] = devices;
      expectThat(owner !== undefined, "a device");
      const log = await session.group(owner, [slow, ...writers.slice(1)]);
      const deaf = await listening(session, slow);
      deaf.tcp.pause();
      await Promise.all(devices.map((device) => write(device, log)));
      const last = 1 + devices.length * POSTS_OF_EACH;
      for (const device of devices)
        await device.expect("event", ({ event }) => event?.log === log && event.seq === last);
      deaf.tcp.resume();
      const { code } = await deaf.ended;
      session.coverage.closed(session.encoding, code);
      const goodbye = deaf.frames.at(-1);
      session.coverage.message(
        "received",
        session.encoding,
        ServerFrameSchema,
        create(ServerFrameSchema, goodbye === undefined ? {} : { frame: goodbye }),
      );
      expectEqual(code, closeCodeOf(ProblemCode.TOO_SLOW), "the close code");
      expectThat(goodbye?.case === "goodbye" && goodbye.value.code === ProblemCode.TOO_SLOW, "a Goodbye", goodbye);
    },
  },
];

/** A device of a person that has its Welcome. */
async function listening({ url, encoding }: Session, { seat }: Person): Promise<AttackerSocket> {
  const witness = new Witness({ canary: "nothing is secret here", conversations: new Set() });
  const socket = await AttackerSocket.open(url, witness, seat.token, { encoding });
  socket.send({ case: "hello", value: { device: seat.device } });
  const welcome = await socket.find((frame) => frame.case === "welcome", 10_000);
  expectThat(welcome !== undefined, "a Welcome");
  return socket;
}

async function write(device: RawDevice, log: string): Promise<void> {
  const text = "s".repeat(limits.textCharacters);
  for (let sent = 0; sent < POSTS_OF_EACH; sent += POSTS_AT_ONCE) {
    const answers = await device.submit(Array.from({ length: POSTS_AT_ONCE }, () => post(log, text)));
    answers.forEach(expectAccepted);
  }
}
