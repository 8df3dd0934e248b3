import { afterAll, beforeAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { create } from "@bufbuild/protobuf";
import { RejectedSchema, RejectionCode } from "@parley/protocol";
import { ServerProcess, temporaryFolder } from "@parley/rig";
import { allCases } from "./cases/all-cases.ts";
import { runCases } from "./kit/runner.ts";
import type { Channel, ChannelEvents, Opening, Transport } from "./kit/transport.ts";
import { webSocketTransport } from "./kit/web-socket-transport.ts";
import { runKit } from "./kit.ts";

/** What a faulty server would have sent in place of a frame in JSON. */
type Spoil = (frame: string) => readonly string[];

/** Each fault, with the rule whose case must notice. */
const faults: readonly (readonly [string, string, () => Spoil])[] = [
  ["WIRE6", "the tags of events differ", () => (frame) => [frame.replace(/("event":\{.*"tag":)\d+/, "$17")]],
  ["SOCK7", "an event comes twice", () => (frame) => (frame.startsWith('{"event"') ? [frame, frame] : [frame])],
  ["SOCK7", "two events are swapped", swapping],
  [
    "SUBMIT2",
    "answers come in another order",
    () => (frame) => [frame.replace(/("answers":\[)(\{.*?\}\}\}),(.*)\]/, "$1$3,$2]")],
  ],
  ["WIRE4", "times have fractions", () => (frame) => [frame.replace(/("receivedAt":\d+)/, "$1.5")]],
  ["HELLO1", "a rule is broken without a Problem", () => (frame) => (frame.startsWith('{"problem"') ? [] : [frame])],
  [
    "WELCOME1",
    "a stranger's profile is in Welcome",
    () => (frame) => [frame.replace('"profiles":[', '"profiles":[{"account":"x"},')],
  ],
  ["WIRE1", "something comes that is no frame", () => (frame) => [frame, "{"]],
];

function swapping(): Spoil {
  let kept: string | undefined;
  return (frame) => {
    if (!frame.startsWith('{"event"')) return [frame];
    const before = kept;
    kept = before === undefined ? frame : undefined;
    return before === undefined ? [] : [frame, before];
  };
}

/** A real server as if it had a fault. */
function faulty(spoil: () => Spoil): Transport {
  return {
    name: "faulty",
    open(opening: Opening, events: ChannelEvents): Promise<Channel> {
      const spoiled = spoil();
      const message: ChannelEvents["message"] = (data) => {
        for (const frame of spoiled(String(data))) events.message(frame);
      };
      return webSocketTransport.open(opening, { ...events, message });
    },
  };
}

const folder = temporaryFolder();
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(folder);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function failuresOf(id: string, transport: Transport) {
  const cases = allCases.filter(({ title }) => title.includes(`[${id}]`));
  return runCases(cases, { url: server.url, encodings: ["json"], print: () => undefined, transport });
}

test("what nothing covered fails the kit, and so does an exception that is covered", async () => {
  const gone = create(RejectedSchema, { code: RejectionCode.GONE });
  const lines: string[] = [];
  const [passed, failed] = await runKit({
    cases: [
      {
        title: "an account that is gone",
        run: async ({ coverage }) => coverage.message("received", "json", RejectedSchema, gone),
      },
    ],
    url: server.url,
    encodings: ["json"],
    only: undefined,
    operated: false,
    print: (line) => lines.push(line),
  });
  expect(passed).toBe(1);
  expect(failed).toBe(lines.filter((line) => line.startsWith("✗")).length);
  expect(lines).toContain("✗ json  covered, so no exception: received RejectionCode=GONE");
  expect(lines).toContain("✗ json  not covered: received Role=OWNER");
  expect(lines).toContain("✗ json  not covered: method ConversationService.SetMark");
  expect(lines).not.toContain("✗ json  not covered: received Encryption=MLS");
});

for (const [id, fault, spoil] of faults) {
  test(`the kit notices: ${fault}`, async () => {
    const sound = await failuresOf(id, webSocketTransport);
    expect(sound.failed).toBe(0);
    expect((await failuresOf(id, faulty(spoil))).failed).toBeGreaterThan(0);
  });
}
