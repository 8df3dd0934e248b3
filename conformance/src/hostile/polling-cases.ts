import { closeCodeOf, limits, ProblemCode } from "@parley/protocol";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { RawPoll } from "../kit/raw-poll.ts";
import type { HostileCase } from "./hostile-case.ts";
import type { HostileScene } from "./hostile-scene.ts";

const OPENINGS = 320;
const HALF_OPEN = 100;
const RECEIVES_AT_ONCE = 60;
const BOMB_BYTES = 200_000_000;

/** Polls that are misused. Numbers and ids are the attacker's own. */
export const pollingCases: readonly HostileCase[] = [
  {
    title: "[POLL7] polls that were guessed, overheard, or are no ids at all",
    async run(scene) {
      const [own, other] = [await opened(scene), scene.attacker(1).seat.token];
      const made = ["..", "%2e%2e", "a/b", "%00", `${own.id}%0a`, freshId(), "x".repeat(5_000), own.id.slice(1)];
      for (const id of made) expectRefused((await own.named(id, other).receive(1)).status, id);
      for (const stolen of [await own.as(other).receive(1), await own.as("made.up").receive(1)]) {
        expectThat([401, 404].includes(stolen.status), "no answer to another", stolen.status);
        expectThat(!stolen.frames.some(({ case: kind }) => kind === "pong"), "no frame of another's", stolen.frames);
      }
      await expectPollAlive(own, 1);
      await own.leave();
    },
  },
  {
    title: "[POLL3] [POLL4] forged acknowledgements, swapped and absurd numbers leave a poll as it was",
    async run(scene) {
      const poll = await opened(scene);
      for (const number of ["2", "7", "999999999", "1e9", "-1", "0", "99999999999999999999", "NaN", "1/../2"]) {
        expectRefused((await poll.receive(number)).status, `receive/${number}`);
        expectRefused((await poll.sendRaw(number, '{"typing":{}}')).status, `send/${number}`);
      }
      await expectPollAlive(poll, 1);
      await poll.leave();
    },
  },
  {
    title: "[POLL2] [LIMIT1] a frame and a body that are too large",
    async run(scene) {
      const poll = await opened(scene);
      await poll.sendRaw(1, '{"ping":{}}'.padEnd(limits.frameBytes + 1, " "));
      const { headers } = await poll.receive(1);
      expectEqual(headers.get("parley-close"), String(closeCodeOf(ProblemCode.TOO_LARGE)), "the close code");
      const other = await opened(scene);
      expectEqual((await other.sendRaw(1, " ".repeat(2 * limits.frameBytes + 1))).status, 413, "the status of 1 MiB");
      await other.leave();
    },
  },
  {
    title: "[POLL2] a compressed bomb is not unpacked: it is no frame",
    async run(scene) {
      const spaces = new Uint8Array(BOMB_BYTES).fill(32);
      const bombs = { gzip: Bun.gzipSync(spaces), deflate: Bun.deflateSync(spaces) };
      for (const [coding, bomb] of Object.entries(bombs)) {
        const poll = await opened(scene);
        await poll.sendRaw(1, bomb, { "content-encoding": coding });
        const { headers } = await poll.receive(1);
        expectEqual(headers.get("parley-close"), String(closeCodeOf(ProblemCode.MALFORMED)), `the end after ${coding}`);
      }
      await scene.neighbours.heardAgain();
    },
  },
  {
    title: "[POLL5] many receives at once, and many whose connection is cut",
    async run(scene) {
      const poll = await opened(scene);
      const many = Array.from({ length: RECEIVES_AT_ONCE }, () => poll.receive(1));
      await Bun.sleep(200);
      await poll.send(1, ping(1));
      const statuses = (await Promise.all(many)).map(({ status }) => status);
      expectEqual(statuses.filter((status) => status === 200).length, 1, "how many of them were answered");
      const cut = Array.from({ length: HALF_OPEN }, async () => {
        const aborting = new AbortController();
        const half = await opened(scene);
        const receiving = half.receive(1, aborting.signal).catch(() => undefined);
        await Bun.sleep(20);
        aborting.abort();
        await receiving;
        return half;
      });
      const halves = await Promise.all(cut);
      await scene.neighbours.heardAgain();
      for (const half of halves) await half.leave();
    },
  },
  {
    title: "[LIMIT24] [POLL6] polls count as sockets of their account: one too many is told when to come back",
    async run(scene) {
      const { token } = scene.attacker(1).seat;
      const own = await opened(scene);
      const polls: RawPoll[] = [];
      let refused = 0;
      for (let round = 0; round < OPENINGS / 20; round++) {
        const asked = Array.from({ length: 20 }, () =>
          RawPoll.ask(scene.url, "json", { authorization: `Bearer ${token}` }),
        );
        for (const answer of await Promise.all(asked)) {
          const id = answer.headers.get("parley-poll");
          if (id !== null) polls.push(own.named(id, token));
          else if (await isRateLimited(answer)) refused++;
        }
      }
      expectThat(polls.length <= 256 && polls.length + refused === OPENINGS, "a limit", [polls.length, refused]);
      await scene.neighbours.heardAgain();
      for (const poll of [own, ...polls]) await poll.leave();
    },
  },
];

async function isRateLimited(answer: Response): Promise<boolean> {
  const told = answer.headers.get("parley-close") === String(closeCodeOf(ProblemCode.RATE_LIMITED));
  return answer.status === 429 && told && (await answer.text()).includes("retryAfterMs");
}

function opened(scene: HostileScene): Promise<RawPoll> {
  return RawPoll.open(scene.url, "json", scene.attacker().seat.token, (bytes) => scene.witness.sawBytes(bytes));
}

function ping(nonce: number) {
  return { case: "ping", value: { nonce } } as const;
}

function expectRefused(status: number, what: string): void {
  expectThat(status >= 400 && status < 500, `a refusal of "${what.slice(0, 60)}"`, status);
}

/** A poll that has sent nothing yet answers its first Ping in its first batch. */
async function expectPollAlive(poll: RawPoll, nonce: number): Promise<void> {
  expectEqual((await poll.send(1, ping(nonce))).status, 204, "the answer to a batch");
  expectThat((await poll.receive(1)).frames[0]?.case === "pong", "a Pong");
}
