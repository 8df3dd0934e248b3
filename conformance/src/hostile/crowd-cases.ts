import { AccountService, ConversationService, ProblemCode } from "@parley/protocol";
import { createGroup, post } from "../kit/commands.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { submit } from "./asking.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, expectClosed, type HostileScene, PATIENCE_MS } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";
import { delimited } from "./wire/protobuf-bytes.ts";
import { frameBytes, opcodes } from "./wire/web-socket-frame.ts";

const FRAME_BYTES = 524_000;
const SOCKETS = 400;
const UPGRADES = 1_500;
const DEVICES = 100;
const PAGES = 300;
const AT_ONCE = 10;
const CALLS = 500;
const CALL_BYTES = 100_000;

const [HELLO, SUBMIT, PING] = [1, 2, 6];
/** The smallest fields that there are: each costs its reader as much as a large one. */
const UNKNOWN_NUMBER = [15 << 3, 0] as const;
const EMPTY_HEAD = [(5 << 3) | 2, 0] as const;
const EMPTY_SUBMISSION = [(1 << 3) | 2, 0] as const;

/** Too much of something on many sockets, or of an address. */
export const crowdCases: readonly HostileCase[] = [
  {
    title: "[LIMIT25] the largest frames with the smallest fields, without end",
    async run(scene) {
      const socket = await scene.online();
      const frame = frameBytes({ opcode: opcodes.binary, payload: delimited(PING, repeated(UNKNOWN_NUMBER)) });
      for (let index = 0; index < 100; index++) socket.tcp.send(frame);
      await expectClosed(socket, ProblemCode.FLOODING, "50 MB in a moment");
    },
  },
  {
    title: "[LIMIT24] more sockets than an account may have open",
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
      const frames = [delimited(HELLO, repeated(EMPTY_HEAD)), delimited(SUBMIT, repeated(EMPTY_SUBMISSION))].map(
        (payload) => frameBytes({ opcode: opcodes.binary, payload }),
      );
      for (let index = 0; index < 30; index++) {
        for (const frame of frames) {
          const socket = await scene.socket();
          socket.tcp.send(frame);
          const { code } = await endOf(socket, "a frame of empty parts");
          expectThat(code > 4_000, "a close code of the protocol", code);
        }
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
    title: "[LIMIT23] one device more than an account may have closes the one that was seen longest ago",
    async run(scene) {
      const { userName, password } = scene.attacker(3);
      const first = await signedIn(scene, userName, password);
      for (let count = 0; count < DEVICES; count += AT_ONCE) {
        await Promise.all(Array.from({ length: AT_ONCE }, () => signedIn(scene, userName, password)));
      }
      const { code } = await endOf(first, "so many devices after it");
      expectThat(
        [ProblemCode.DEVICE_CLOSED, ProblemCode.UNAUTHENTICATED].includes(code - 4_000),
        "DEVICE_CLOSED",
        code,
      );
      const { token } = await scene.http.call(AccountService.method.signIn, { userName, password });
      const { devices } = await scene.http.as(token).call(AccountService.method.listDevices, {});
      expectEqual(devices.length, DEVICES, "the number of open devices");
    },
  },
  {
    title: "[LIMIT26] pages asked for on many connections at once keep nobody waiting",
    async run(scene) {
      const creation = createGroup([]);
      const socket = await scene.online();
      await submit(socket, [creation, ...Array.from({ length: 60 }, () => post(creation.log, "x".repeat(500)))]);
      const caller = scene.http.as(scene.attacker().seat.token).with({ connection: "close" });
      const page = { conversation: creation.log, cursor: { case: "newest", value: {} }, limit: 200 } as const;
      const pages = Array.from({ length: PAGES }, () => caller.outcome(ConversationService.method.getPage, page));
      await scene.neighbours.heardAgain();
      for (const outcome of await Promise.all(pages)) {
        expectThat(outcome.ok || outcome.problem?.code === ProblemCode.RATE_LIMITED, "a page or RATE_LIMITED", outcome);
      }
    },
  },
  {
    title: "[LIMIT27] calls beyond what an address may make get RATE_LIMITED, the sooner the larger they are",
    async run(scene) {
      const caller = scene.http.as(scene.attacker().seat.token).with({ connection: "close" });
      const large = { query: "x".repeat(CALL_BYTES) };
      let limited = 0;
      for (let count = 0; count < CALLS && limited === 0; count++) {
        const outcome = await caller.outcome(AccountService.method.findPeople, large);
        expectThat(!outcome.ok && outcome.problem !== undefined, "a Problem", outcome);
        if (outcome.problem.code === ProblemCode.INVALID) continue;
        const { code, retryAfterMs } = outcome.problem;
        expectThat(code === ProblemCode.RATE_LIMITED && retryAfterMs > 0, "RATE_LIMITED with a time", outcome);
        limited++;
      }
      expectThat(limited > 0, `RATE_LIMITED for one of ${CALLS} large calls`);
    },
  },
  {
    title: "[LIMIT28] upgrades without a session, beyond what an address may try, are refused by their status",
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

/** A socket on a new session, with a new device. */
async function signedIn(scene: HostileScene, userName: string, password: string): Promise<AttackerSocket> {
  const { token } = await scene.http.call(AccountService.method.signIn, { userName, password });
  return scene.online({ as: { ...scene.attacker(3), seat: { token, device: freshId() } } });
}

function repeated([tag, value]: readonly [number, number]): Uint8Array {
  const out = new Uint8Array(FRAME_BYTES);
  for (let index = 0; index < FRAME_BYTES; index += 2) {
    out[index] = tag;
    out[index + 1] = value;
  }
  return out;
}
