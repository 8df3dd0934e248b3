import { ProblemCode } from "@parley/protocol";
import { createGroup, post } from "../kit/commands.ts";
import { expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { shownOutcome, submit } from "./asking.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, expectClosed, PATIENCE_MS } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";
import { bytes } from "./wire/protobuf-bytes.ts";

const UNORDERED = { link: { case: "none", value: {} } } as const;
/** As docs/protocol.md promises. */
const VERDICTS = { burst: 10_000, refillMs: 5 };
const FLOOD_FRAMES = 200;
const COMMANDS_PER_FRAME = 64;

/** Too much of something on one socket. */
export const floodCases: readonly HostileCase[] = [
  {
    title: "more frames than a connection may send",
    async run(scene) {
      const socket = await scene.online();
      for (let nonce = 0; nonce < 5_000; nonce++) socket.send({ case: "ping", value: { nonce } });
      await expectClosed(socket, ProblemCode.FLOODING, "5,000 Pings");
      const typing = await scene.online();
      const conversation = freshId();
      for (let index = 0; index < 5_000; index++)
        typing.send({ case: "typing", value: { conversation, active: index % 2 === 0 } });
      await expectClosed(typing, ProblemCode.FLOODING, "5,000 typing updates");
    },
  },
  {
    title: "more submissions than the credit, and frames before Welcome without end",
    async run(scene) {
      const socket = await scene.online();
      const submissions = Array.from({ length: 64 }, () => ({ order: UNORDERED, command: bytes("x") }));
      for (let index = 0; index < 3; index++) socket.send({ case: "submit", value: { submissions } });
      await expectClosed(socket, ProblemCode.FLOODING, "192 submissions at once");
      const hasty = await scene.socket();
      hasty.send({ case: "hello", value: { device: scene.attacker().seat.device } });
      for (let index = 0; index < 600; index++) hasty.send({ case: "submit", value: { submissions } });
      await expectClosed(hasty, ProblemCode.FLOODING, "600 frames before Welcome");
    },
  },
  {
    title: "[LIMIT26] requests without end are answered, or end the socket with FLOODING",
    async run(scene) {
      const socket = await scene.online();
      const log = await groupWithMessages(socket, 200);
      for (let id = 1; id <= 400; id++) {
        socket.send({
          case: "request",
          value: {
            id,
            question: { case: "page", value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 200 } },
          },
        });
      }
      await settledOr(socket, 400, ProblemCode.FLOODING);
    },
  },
  {
    title: "[MARKS2] marks without end end the socket with FLOODING",
    async run(scene) {
      const socket = await scene.online();
      const updates = Array.from({ length: 200 }, () => ({ conversation: freshId(), delivered: 1, read: 1 }));
      for (let index = 0; index < 200; index++) socket.send({ case: "marks", value: { updates } });
      await expectClosed(socket, ProblemCode.FLOODING, "200 frames of marks");
    },
  },
  {
    title: "[LIMIT22] commands beyond what an account may send get RATE_LIMITED",
    async run(scene) {
      const person = scene.attacker(2);
      const socket = await scene.online({ as: person });
      const creation = createGroup([]);
      const begun = performance.now();
      await submit(socket, [creation]);
      let accepted = 1;
      for (let index = 0; index < FLOOD_FRAMES; index++) {
        const commands = Array.from({ length: COMMANDS_PER_FRAME }, () => post(creation.log, "flood"));
        for (const answer of await submit(socket, commands)) {
          const shown = shownOutcome(answer);
          expectThat(shown === "accepted" || shown === "retry RATE_LIMITED", "a verdict or RATE_LIMITED", shown);
          if (shown === "accepted") accepted++;
        }
      }
      // However slow the machine is: a burst, and what was refilled since.
      const allowed = VERDICTS.burst + Math.ceil((performance.now() - begun) / VERDICTS.refillMs);
      expectThat(
        accepted <= allowed,
        `at most ${allowed} of ${1 + FLOOD_FRAMES * COMMANDS_PER_FRAME} commands to be accepted`,
        accepted,
      );
    },
  },
  {
    title: "a device that asks for everything and reads nothing is let go, and nobody waits for it",
    async run(scene) {
      const socket = await scene.online({ as: scene.attacker(1) });
      const log = await groupWithMessages(socket, 60, "x".repeat(8_000));
      socket.tcp.pause();
      for (let id = 1; id <= 300; id++) {
        socket.send({
          case: "request",
          value: {
            id,
            question: { case: "page", value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 200 } },
          },
        });
        if (id % 16 === 0) await Bun.sleep(50);
      }
      await scene.neighbours.heardAgain();
      socket.tcp.resume();
      const { code } = await endOf(socket, "not reading");
      expectThat([4_007, 4_008, 1_006].includes(code), "TOO_SLOW, FLOODING or a connection that just ends", code);
    },
  },
];

async function groupWithMessages(socket: AttackerSocket, count: number, text = "flood"): Promise<string> {
  const creation = createGroup([]);
  await submit(socket, [creation]);
  for (let sent = 0; sent < count; sent += 20) {
    await submit(
      socket,
      Array.from({ length: 20 }, () => post(creation.log, text)),
    );
  }
  return creation.log;
}

/** Every request is answered, or the socket ends with this code. */
async function settledOr(socket: AttackerSocket, requests: number, code: ProblemCode): Promise<void> {
  const answered = () => socket.frames.filter((frame) => frame.case === "response").length;
  const deadline = Date.now() + PATIENCE_MS;
  while (!socket.over && answered() < requests && Date.now() < deadline) await Bun.sleep(20);
  if (socket.over) await expectClosed(socket, code, "so many requests");
  else expectThat(answered() === requests, "every request to be answered", answered());
}
