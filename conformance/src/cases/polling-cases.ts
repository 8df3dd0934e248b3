import { AccountService, closeCodeOf, ProblemCode } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { Seat } from "../kit/person.ts";
import { type PollAnswer, RawPoll } from "../kit/raw-poll.ts";
import type { Session } from "../kit/session.ts";

/** What waits for a device that does not ask grows by this with each question. */
const LARGE_POSTS = 28;
const LARGE_TEXT = 16_000;
const QUESTIONS = 30;
/** Polls of one account, and what each of them asks for. */
const CROWD = 12;
const FEW_QUESTIONS = 14;
/** A server answers by then, with frames or without. */
const ANSWERED_WITHIN_MS = 26_000;
const ABSENT_FOR_MS = 37_000;

/** Frames over plain requests: how batches are numbered, repeated and refused. */
export const pollingCases: readonly ConformanceCase[] = [
  {
    title: "[POLL1] a poll is opened by a POST in an encoding of the schema, as the upgrade is authorised",
    async run(session) {
      const { seat } = await session.person();
      const authorization = `Bearer ${seat.token}`;
      const asked = await RawPoll.ask(session.url, session.encoding, { authorization });
      expectMatch([asked.status, asked.headers.get("parley-poll") !== null], [200, true], "the answer");
      const foreign = await RawPoll.ask(session.url, session.encoding, { authorization, origin: "https://x.example" });
      expectEqual(foreign.status, 403, "the answer to a page of another site");
      const text = await RawPoll.ask(session.url, session.encoding, { authorization, "content-type": "text/plain" });
      expectEqual(text.status, 415, "the answer to another content type");
      const got = await fetch(`${session.url}/poll`, { headers: { authorization } });
      expectEqual([got.status, got.headers.get("allow")], [405, "POST"], "the answer to a GET");
    },
  },
  {
    title: "[POLL1] [POLL6] without a session there is no poll, but a batch that says so, with the close code",
    async run({ url, encoding }) {
      for (const headers of [{}, { authorization: "Bearer made.up" }]) {
        const answer = await RawPoll.ask(url, encoding, headers);
        const told = [answer.status, answer.headers.get("parley-close"), answer.headers.get("parley-poll")];
        expectEqual(told, [401, String(closeCodeOf(ProblemCode.UNAUTHENTICATED)), null], "the answer");
        expectThat((await answer.arrayBuffer()).byteLength > 0, "a Problem");
      }
    },
  },
  {
    title: "[POLL2] several frames go in one batch each way, and an empty batch is none",
    async run(session) {
      const { poll } = await begun(session);
      expectEqual((await poll.send(2)).status, 204, "the answer to an empty batch");
      const nonces = Array.from({ length: 40 }, (_, index) => index + 1);
      await poll.send(3, ...nonces.map((nonce) => ({ case: "ping", value: { nonce } }) as const));
      expectEqual(noncesOf(await poll.receive(2)), nonces, "the Pongs");
    },
  },
  {
    title:
      "[POLL2] a batch that does not divide into frames, or is of the other encoding, ends the poll with MALFORMED",
    async run(session) {
      const other = session.encoding === "json" ? "application/proto" : "application/json";
      const wrong =
        session.encoding === "json"
          ? ["\n", "{}\n", Uint8Array.of(0xff, 0xfe)]
          : [Uint8Array.of(5, 1), Uint8Array.of(0x80), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 1)];
      const { seat } = await session.person();
      for (const body of wrong) {
        const poll = await RawPoll.open(session.url, session.encoding, seat.token);
        await poll.sendRaw(1, body);
        expectEnd(await poll.receive(1), ProblemCode.MALFORMED);
      }
      const poll = await RawPoll.open(session.url, session.encoding, seat.token);
      await poll.sendRaw(1, session.encoding === "json" ? Uint8Array.of(0) : "{}", { "content-type": other });
      expectEnd(await poll.receive(1), ProblemCode.MALFORMED);
    },
  },
  {
    title: "[POLL3] a batch that is sent again is taken in once, and one that comes too early not at all",
    async run(session) {
      const { poll } = await begun(session);
      expectEqual((await poll.send(3, pingOf(3))).status, 409, "the answer to the second batch but one");
      for (let again = 0; again < 3; again++) {
        const answer = await poll.send(2, pingOf(2));
        expectEqual([answer.status, answer.headers.get("parley-batch")], [204, "2"], "the answer to the next batch");
      }
      await poll.send(3, pingOf(4));
      expectEqual(noncesOf(await poll.receive(2)), [2, 4], "the Pongs");
    },
  },
  {
    title: "[POLL3] the same batch twice at once is taken in once",
    async run(session) {
      const { poll } = await begun(session);
      const answers = await Promise.all(Array.from({ length: 6 }, () => poll.send(2, pingOf(9))));
      expectThat(
        answers.every(({ status }) => status === 204),
        "every copy to be answered alike",
        answers,
      );
      await poll.send(3, pingOf(10));
      expectEqual(noncesOf(await poll.receive(2)), [9, 10], "the Pongs");
    },
  },
  {
    title: "[POLL4] a batch is given again word for word until the next is asked for; no other number is answered",
    async run(session) {
      const { poll, first } = await begun(session);
      expectEqual((await poll.receive(1)).frames, first.frames, "the first batch, once more");
      await poll.send(2, pingOf(1));
      for (const forged of [3, 99, 999_999_999]) {
        expectEqual((await poll.receive(forged)).status, 409, `the answer to a receive of batch ${forged}`);
      }
      expectEqual(noncesOf(await poll.receive(2)), [1], "the second batch");
      expectEqual((await poll.receive(1)).status, 409, "the answer to a receive of what was acknowledged");
      for (const impossible of ["0", "-1", "01", "1.5", "1e3", "x", ""]) {
        expectThat((await poll.receive(impossible)).status >= 400, `no batch "${impossible}"`);
      }
      expectEqual(noncesOf(await poll.receive(2)), [1], "the second batch, once more");
    },
  },
  {
    title: "[POLL4] what came while nobody was there to hear it is in the next answer",
    async run(session) {
      const { poll } = await begun(session);
      const aborting = new AbortController();
      const unheard = poll.receive(2, aborting.signal).catch(() => "lost");
      await Bun.sleep(50);
      aborting.abort();
      expectEqual(await unheard, "lost", "the first answer");
      await poll.send(2, pingOf(5));
      expectEqual(noncesOf(await poll.receive(2)), [5], "the second batch");
    },
  },
  {
    title: "[POLL5] a receive waits for frames, but is answered without them before proxies give up",
    only: "json",
    async run(session) {
      const poll = await welcomed(session);
      const begun = Date.now();
      const answer = await poll.receive(2);
      expectEqual([answer.status, answer.headers.get("parley-batch")], [204, "2"], "the answer");
      const tookMs = Date.now() - begun;
      expectThat(tookMs > 5_000 && tookMs < ANSWERED_WITHIN_MS, "an answer after some time", tookMs);
      const waiting = poll.receive(2);
      await poll.send(2, pingOf(7));
      expectEqual(noncesOf(await waiting), [7], "the same batch");
    },
  },
  {
    title: "[POLL5] of two receives at once the later one counts",
    async run(session) {
      const { poll } = await begun(session);
      const earlier = poll.receive(2);
      await Bun.sleep(50);
      const later = poll.receive(2);
      expectEqual((await earlier).status, 409, "the answer to the earlier one");
      await poll.send(2, pingOf(8));
      expectEqual(noncesOf(await later), [8], "the batch");
    },
  },
  {
    title: "[POLL6] the last batch tells the close code, again if it is asked for again",
    async run(session) {
      const { poll } = await begun(session);
      await poll.send(2, { case: "typing", value: { conversation: freshId(), active: true } });
      for (let again = 0; again < 2; again++) expectEnd(await poll.receive(2), ProblemCode.MALFORMED);
      expectEqual((await poll.send(3, pingOf(1))).status, 204, "the answer to a send after the end");
      const seat = await session.signIn(await session.person());
      const signedOut = await begun(session, seat);
      const waiting = signedOut.poll.receive(2);
      await session.http.as(seat.token).call(AccountService.method.signOut, {});
      const { status, headers } = await waiting;
      const told = [status, headers.get("parley-close")];
      expectEqual(told, [200, String(closeCodeOf(ProblemCode.UNAUTHENTICATED))], "the answer after signing out");
      expectEqual((await signedOut.poll.receive(3)).status, 401, "the answer to a session that has ended");
    },
  },
  {
    title: "[POLL7] a poll of another session, one that was left, and one that never was, are all the same: 404",
    async run(session) {
      const [ana, ben] = await session.two();
      const { poll } = await begun(session, ana.seat);
      const elsewhere = await session.signIn(ana);
      for (const { token } of [ben.seat, elsewhere]) {
        const other = poll.as(token);
        for (const answer of [await other.receive(1), await other.send(2, pingOf(1)), await other.leave()]) {
          expectEqual([answer.status, answer.frames.length], [404, 0], "the answer to another session");
        }
      }
      await poll.send(2, pingOf(6));
      expectEqual(noncesOf(await poll.receive(2)), [6], "what its own session is told");
      expectEqual((await poll.leave()).status, 204, "the answer to leaving");
      for (const left of [await poll.receive(3), await poll.send(3, pingOf(1)), await poll.leave()]) {
        expectEqual(left.status, 404, "the answer after leaving");
      }
    },
  },
  {
    title: "[POLL8] who lets too much wait is told TOO_SLOW and nothing of it",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      const text = "x".repeat(LARGE_TEXT);
      for (let at = 0; at < LARGE_POSTS; at += 4) {
        const answers = await device.submit(Array.from({ length: 4 }, () => post(log, text)));
        answers.forEach(expectAccepted);
      }
      const poll = await greeted(session, await session.signIn(person));
      const question = {
        case: "page",
        value: { conversation: log, cursor: { case: "newest", value: {} }, limit: LARGE_POSTS },
      } as const;
      const questions = Array.from({ length: QUESTIONS }, (_, id) => id + 1);
      await poll.send(2, ...questions.map((id) => ({ case: "request", value: { id, question } }) as const));
      // It is asked for late: everything was read and waits by then.
      await device.settle();
      await Bun.sleep(2_000);
      let answer = await poll.receive(2);
      if (!answer.headers.has("parley-close")) answer = await poll.receive(3);
      expectEqual(answer.headers.get("parley-close"), String(closeCodeOf(ProblemCode.TOO_SLOW)), "the close code");
      expectMatch(answer.frames.at(-1), { case: "goodbye", value: { code: ProblemCode.TOO_SLOW } }, "the last frame");
      expectThat(answer.frames.length <= 2, "no pages", answer.frames.length);
      session.spend(person);
    },
  },
  {
    title:
      "[LIMIT31] [POLL8] what waits for all devices of an account together is limited: those for whom most waits are told TOO_SLOW",
    only: "proto",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      const text = "x".repeat(LARGE_TEXT);
      for (let at = 0; at < LARGE_POSTS; at += 4) {
        const answers = await device.submit(Array.from({ length: 4 }, () => post(log, text)));
        answers.forEach(expectAccepted);
      }
      const question = {
        case: "page",
        value: { conversation: log, cursor: { case: "newest", value: {} }, limit: LARGE_POSTS },
      } as const;
      const polls: RawPoll[] = [];
      // Not at once: that would look like guessing passwords.
      for (let count = 0; count < CROWD; count++) polls.push(await greeted(session, await session.signIn(person)));
      // For each of them less waits than for one that is told TOO_SLOW by itself.
      const questions = Array.from({ length: FEW_QUESTIONS }, (_, id) => id + 1);
      const asked = questions.map((id) => ({ case: "request", value: { id, question } }) as const);
      await Promise.all(polls.map((poll) => poll.send(2, ...asked)));
      // What an account asks for is answered in turn, so that everything was read before this.
      await device.ask(question);
      const ends = await Promise.all(polls.map(endOf));
      const closed = ends.filter((answer) => answer.headers.has("parley-close"));
      expectThat(closed.length > 0 && closed.length < CROWD / 2, "some of them to be closed", closed.length);
      for (const answer of closed) {
        expectEqual(answer.headers.get("parley-close"), String(closeCodeOf(ProblemCode.TOO_SLOW)), "the close code");
        expectMatch(answer.frames.at(-1), { case: "goodbye", value: { code: ProblemCode.TOO_SLOW } }, "the last frame");
      }
      session.spend(person);
    },
  },
  {
    title: "[POLL8] a device that asks for nothing is gone after a while",
    only: "proto",
    async run(session) {
      const poll = await welcomed(session);
      await Bun.sleep(ABSENT_FOR_MS);
      expectEqual((await poll.receive(2)).status, 404, "the answer to who comes back too late");
    },
  },
  {
    title: "[POLL8] requests without end are refused with the time to wait, and the poll goes on",
    only: "proto",
    async run(session) {
      const person = await session.person();
      session.spend(person);
      const { poll } = await begun(session, person.seat);
      const refused = await untilRefused(poll);
      expectThat(Number(refused.headers.get("retry-after")) >= 1, "a time to wait", refused.headers.get("retry-after"));
      await Bun.sleep(1_500);
      await poll.send(2, pingOf(3));
      expectEqual(noncesOf(await poll.receive(2)), [3], "the batch");
    },
  },
  {
    title: "[POLL9] nothing on the way may keep an answer or hold it back",
    async run(session) {
      const { poll, first } = await begun(session);
      for (const { headers } of [first, await poll.send(2), await poll.receive(99), await poll.leave()]) {
        expectEqual(
          [headers.get("cache-control"), headers.get("x-accel-buffering")],
          ["no-store", "no"],
          "the headers",
        );
      }
    },
  },
];

/** A poll whose first batch, a Pong, has come. It has not said Hello, after which things come that a case has not asked for. */
async function begun(session: Session, seat?: Seat): Promise<{ poll: RawPoll; first: PollAnswer }> {
  const { token } = seat ?? (await session.person()).seat;
  const poll = await RawPoll.open(session.url, session.encoding, token);
  await poll.send(1, pingOf(0));
  const first = await poll.receive(1);
  expectMatch([first.status, first.headers.get("parley-batch")], [200, "1"], "the first batch");
  expectEqual(noncesOf(first), [0], "the first Pong");
  return { poll, first };
}

/** A poll of somebody without a past who has said Hello, with its Welcome as the first batch. */
async function welcomed(session: Session): Promise<RawPoll> {
  const { seat } = await session.newcomer();
  return greeted(session, seat);
}

async function greeted(session: Session, { token, device }: Seat): Promise<RawPoll> {
  const poll = await RawPoll.open(session.url, session.encoding, token);
  await poll.send(1, { case: "hello", value: { device, name: "conformance" } });
  const answer = await poll.receive(1);
  expectEqual([answer.status, answer.frames[0]?.case], [200, "welcome"], "the first batch");
  return poll;
}

/** The batch in which a poll ends, or the third. */
async function endOf(poll: RawPoll): Promise<PollAnswer> {
  const answer = await poll.receive(2);
  return answer.headers.has("parley-close") ? answer : poll.receive(3);
}

function pingOf(nonce: number) {
  return { case: "ping", value: { nonce } } as const;
}

/** The Pongs of a batch; what else may come at any time is passed over. */
function noncesOf({ frames }: PollAnswer): number[] {
  return frames.flatMap((frame) => (frame.case === "pong" ? [frame.value.nonce] : []));
}

function expectEnd(answer: PollAnswer, code: ProblemCode): void {
  expectEqual(answer.headers.get("parley-close"), String(closeCodeOf(code)), "the close code");
  expectMatch(answer.frames.at(-1), { case: "problem", value: { code } }, "the last frame");
}

async function untilRefused(poll: RawPoll): Promise<PollAnswer> {
  for (let round = 0; round < 100; round++) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => poll.receive(99)));
    const refused = answers.find(({ status }) => status === 429);
    if (refused !== undefined) return refused;
  }
  throw new Error("5,000 requests were answered.");
}
