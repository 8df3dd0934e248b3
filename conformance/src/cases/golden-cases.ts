import { readdirSync, readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { CommandSchema, decodeClientFrame, type EncodedFrame, type Encoding, ProblemCode } from "@parley/protocol";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

const FOLDER = new URL("../golden/", import.meta.resolve("@parley/protocol"));
const names = readdirSync(FOLDER)
  .filter((file) => /^client-.*\.json$/.test(file))
  .map((file) => file.replace(".json", ""));

/** Frames that devices have sent since the first version: every server reads them as they were meant. */
export const goldenCases: readonly ConformanceCase[] = names.map((name) => ({
  title: `[GOLDEN1] the golden frame ${name} is read`,
  async run(session) {
    const data = vector(name, session.encoding);
    if (name.startsWith("client-hello")) await greet(session, data);
    else await sendOnline(session, data);
  },
}));

function vector(name: string, encoding: Encoding): EncodedFrame {
  if (encoding === "json") return readFileSync(new URL(`${name}.json`, FOLDER), "utf8");
  return new Uint8Array(readFileSync(new URL(`${name}.bin`, FOLDER)));
}

/**
 * The device of the vector belongs to the first account that ever said this Hello to this server; any other is told so. A vector that names its account names one
 * that this server does not have.
 */
async function greet(session: Session, data: EncodedFrame): Promise<void> {
  const device = await session.connect(await session.signIn(await session.person()));
  device.sendRaw(data);
  const frame = decodeClientFrame(device.encoding, data)?.frame;
  expectThat(frame?.case === "hello", "a vector of a Hello");
  if (frame.value.account !== "") return device.expectProblem(ProblemCode.UNAUTHENTICATED);
  const welcome = device.expect("welcome");
  await welcome.catch(() => device.expectGoodbye(ProblemCode.DEVICE_CLOSED));
}

async function sendOnline(session: Session, data: EncodedFrame): Promise<void> {
  const device = await session.online(await session.person());
  device.sendRaw(data);
  await expectAnswer(device, data);
  await device.settle();
  expectEqual(device.all("problem"), [], "problems");
}

/** What was asked in the vector is answered under the vector's own ids, so it was read. */
async function expectAnswer(device: RawDevice, data: EncodedFrame): Promise<void> {
  const frame = decodeClientFrame(device.encoding, data)?.frame;
  expectThat(frame?.case !== undefined, "a vector of a known frame");
  if (frame.case === "submit") {
    const { answers } = await device.expect("answers");
    const ids = frame.value.submissions.map(({ command }) => fromBinary(CommandSchema, command).id);
    expectEqual(
      answers.map(({ id }) => id),
      ids,
      "the ids of the answers",
    );
  }
  if (frame.case === "request") await device.expect("response", ({ id }) => id === frame.value.id);
  if (frame.case === "ping") await device.expect("pong", ({ nonce }) => nonce === frame.value.nonce);
}
