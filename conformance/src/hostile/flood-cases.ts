import { ConversationService, ProblemCode } from "@parley/protocol";
import { createGroup, post } from "../kit/commands.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { shownOutcome, submit } from "./asking.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, expectClosed, PATIENCE_MS } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";
import { bytes, delimited } from "./wire/protobuf-bytes.ts";

const UNORDERED = { link: { case: "none", value: {} } } as const;
const FRAME_BYTES = 524_000;
const SOCKETS = 400;
const UPGRADES = 1_500;

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
    title: "requests without end are answered, or end the socket with FLOODING",
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
    title: "marks without end are merged, or end the socket with FLOODING",
    async run(scene) {
      const socket = await scene.online();
      const updates = Array.from({ length: 200 }, () => ({ conversation: freshId(), delivered: 1, read: 1 }));
      for (let index = 0; index < 450 && !socket.over; index++) {
        socket.send({ case: "marks", value: { updates } });
        if (index % 50 === 0) await Bun.sleep(1);
      }
      await scene.neighbours.heardAgain();
    },
  },
  {
    title: "commands beyond what an account may send get RATE_LIMITED and are recorded nowhere",
    async run(scene) {
      const person = scene.attacker(2);
      const socket = await scene.online({ as: person });
      const creation = createGroup([]);
      await submit(socket, [creation]);
      let limited = 0;
      for (let index = 0; index < 60; index++) {
        const commands = Array.from({ length: 64 }, () => post(creation.log, "flood"));
        for (const answer of await submit(socket, commands)) {
          const shown = shownOutcome(answer);
          expectThat(shown === "accepted" || shown === "retry RATE_LIMITED", "a verdict or RATE_LIMITED", shown);
          if (shown !== "accepted") limited++;
        }
      }
      expectThat(limited > 0, "RATE_LIMITED for some of 3,840 commands");
    },
  },
  {
    title: "the largest frames with the smallest fields, as many as may be sent",
    async run(scene) {
      const heavy = delimited(
        6,
        new Uint8Array(FRAME_BYTES - 20).fill(0).map((_, index) => (index % 2 === 0 ? 15 << 3 : 0)),
      );
      const socket = await scene.online();
      for (let index = 0; index < 60 && !socket.over; index++) {
        socket.sendMessage(heavy);
        await Bun.sleep(1);
      }
      await expectClosed(socket, ProblemCode.FLOODING, "30 MB in a moment");
      await scene.neighbours.heardAgain();
    },
  },
  {
    title: "more sockets than an account may have open",
    async run(scene) {
      const person = scene.attacker(2);
      const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => scene.socket({ as: person })));
      for (const socket of sockets) socket.send({ case: "ping", value: { nonce: 1 } });
      await Promise.all(sockets.map((socket) => socket.find(() => true, PATIENCE_MS)));
      const turnedAway = sockets.filter(({ frames }) => frames[0]?.case !== "pong");
      expectThat(
        turnedAway.length > 0 && turnedAway.length < SOCKETS,
        "some sockets to be turned away",
        turnedAway.length,
      );
      for (const socket of turnedAway) {
        await expectClosed(socket, ProblemCode.RATE_LIMITED, "too many sockets");
        const last = socket.frames.at(-1);
        expectThat(last?.case === "problem" && last.value.retryAfterMs > 0, "a time to come back", last);
      }
      for (const socket of sockets) socket.close();
      await Promise.all(sockets.map(({ ended }) => ended));
      await scene.online({ as: person });
    },
  },
  {
    title: "the largest frames of empty parts, on one socket after the other",
    async run(scene) {
      const parts = new Uint8Array(FRAME_BYTES - 20).fill(0);
      const heads = delimited(
        1,
        parts.map((_, index) => (index % 2 === 0 ? (5 << 3) | 2 : 0)),
      );
      const submissions = delimited(
        2,
        parts.map((_, index) => (index % 2 === 0 ? (1 << 3) | 2 : 0)),
      );
      for (let index = 0; index < 60; index++) {
        const socket = await scene.socket();
        socket.sendMessage(index % 2 === 0 ? heads : submissions);
        const { code } = await endOf(socket, "a frame of empty parts");
        expectThat(code > 4_000, "a close code of the protocol", code);
      }
    },
  },
  {
    title: "an account that says Hello again and again, with new devices and with one",
    async run(scene) {
      // Nobody else's: its devices are replaced by others.
      const person = scene.attacker(3);
      const sockets: AttackerSocket[] = [];
      for (let index = 0; index < 150; index++) {
        const socket = await scene.socket({ as: person });
        const device = index % 2 === 0 ? freshId() : person.seat.device;
        socket.send({ case: "hello", value: { device, name: `storm ${index}` } });
        sockets.push(socket);
      }
      const over = await Promise.all(sockets.slice(0, -2).map((socket) => endOf(socket, "a Hello after it")));
      const allowed = [ProblemCode.DEVICE_CLOSED, ProblemCode.SUPERSEDED, ProblemCode.RATE_LIMITED];
      for (const { code } of over) expectThat(allowed.includes(code - 4_000), "a documented close", code);
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
  {
    title: "calls beyond what an address may make get RATE_LIMITED",
    async run(scene) {
      const caller = scene.http.as(scene.attacker().seat.token).with({ connection: "close" });
      let limited = 0;
      for (let round = 0; round < 60 && limited === 0; round++) {
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, () => caller.outcome(ConversationService.method.listConversations, { limit: 1 })),
        );
        for (const outcome of outcomes) {
          if (outcome.ok) continue;
          expectThat(
            outcome.problem?.code === ProblemCode.RATE_LIMITED && outcome.problem.retryAfterMs > 0,
            "RATE_LIMITED with a time",
            outcome,
          );
          limited++;
        }
      }
      expectThat(limited > 0, "RATE_LIMITED for some of 3,000 calls");
    },
  },
  {
    title: "upgrades without a session, beyond what an address may try, are refused by their status",
    async run(scene) {
      const as = { ...scene.attacker(), seat: { token: "", device: "" } };
      const statuses = new Set<number>();
      for (let index = 0; index < UPGRADES; index += 50) {
        const sockets = await Promise.all(Array.from({ length: 50 }, () => scene.socket({ as })));
        for (const socket of sockets) statuses.add(await socket.answered);
        scene.end();
      }
      expectEqual([...statuses].toSorted(), [101, 429], "the statuses of upgrades without a session");
      await scene.online();
      // For the calls of those who come next from this address.
      await Bun.sleep(5_000);
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
