import { describe, expect, test } from "bun:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { CommandSchema, RetryCode } from "@parley/protocol";
import fc from "fast-check";
import { type Pending, pendingOf } from "./pending.ts";
import { emptyQueue, type Queue, type QueueEvent, stepQueue } from "./queue.ts";
import { takeSubmissions } from "./take-submissions.ts";

const plenty = { now: 0, credit: 64, bytes: 256 * 1024 };

function pending(id: string, position: number, held = false, bytes = 0): Pending {
  const body = {
    case: "post" as const,
    value: { content: { form: { case: "plain" as const, value: { text: "x".repeat(bytes) } } } },
  };
  const command = toBinary(CommandSchema, create(CommandSchema, { id, log: "log", body }));
  return pendingOf({
    id,
    log: "log",
    position,
    command,
    possiblySent: false,
    state: held ? { kind: "held", id: "creation", log: "log" } : { kind: "queued" },
  });
}

function queueOf(...ids: readonly string[]): Queue {
  return ids.reduce(
    (queue, id, index) => stepQueue(queue, { kind: "enqueued", pending: pending(id, index + 1) }).queue,
    emptyQueue("log", undefined),
  );
}

function after(queue: Queue, ...events: readonly QueueEvent[]): Queue {
  return events.reduce((state, event) => stepQueue(state, event).queue, queue);
}

function send(queue: Queue, allowance = plenty): { queue: Queue; sent: readonly string[]; links: readonly unknown[] } {
  const taken = takeSubmissions(queue, allowance);
  const flights = taken.queue.flights.slice(queue.flights.length);
  return {
    queue: taken.queue,
    sent: flights.map(({ id }) => id),
    links: taken.submissions.map(({ order }) => (order?.link.case === "after" ? order.link.value : order?.link.case)),
  };
}

const accepted = { kind: "accepted", seq: 1, receivedAt: 1 } as const;
const verdict = (id: string): QueueEvent => ({ kind: "verdict", id, outcome: accepted });

describe("sending", () => {
  test("[OUT4] begins with one command; the window doubles with each verdict", () => {
    let state = send(queueOf("a", "b", "c", "d", "e", "f", "g", "h"));
    expect(state.sent).toEqual(["a"]);
    state = send(after(state.queue, verdict("a")));
    expect(state.sent).toEqual(["b", "c"]);
    state = send(after(state.queue, verdict("b")));
    expect(state.sent).toEqual(["d", "e", "f"]);
  });

  test("[ORD1] links each command to the one before, the first to the last verdict", () => {
    expect(send(queueOf("a")).links).toEqual(["first"]);
    const wide = { ...queueOf("a", "b"), window: 64, link: { log: "log", last: "z", position: 0 } };
    expect(send(wide).links).toEqual(["z", "a"]);
  });

  test("[OUT3] stops at a held command and goes on when it is released", () => {
    const held = after(
      { ...queueOf("a"), window: 64 },
      { kind: "enqueued", pending: pending("b", 2, true) },
      { kind: "enqueued", pending: pending("c", 3) },
    );
    const first = send(held);
    expect(first.sent).toEqual(["a"]);
    expect(send(after(first.queue, { kind: "released", ids: new Set(["b"]) })).sent).toEqual(["b", "c"]);
  });

  test("keeps to credit and bytes", () => {
    const wide = { ...queueOf("a", "b", "c"), window: 64 };
    expect(send(wide, { ...plenty, credit: 2 }).sent).toEqual(["a", "b"]);
    const large = after(
      { ...emptyQueue("log", undefined), window: 64 },
      ...["a", "b", "c"].map((id, index) => ({ kind: "enqueued" as const, pending: pending(id, index, false, 1_000) })),
    );
    expect(send(large, { ...plenty, bytes: 2_500 }).sent).toEqual(["a", "b"]);
  });

  test("[ORD6] names the commands that leave for the first time", () => {
    const first = takeSubmissions(queueOf("a"), plenty);
    expect(first.firstSent.map(({ entry }) => [entry.id, entry.possiblySent])).toEqual([["a", true]]);
    const again = takeSubmissions(after(first.queue, { kind: "lost" }), plenty);
    expect(again.submissions).toHaveLength(1);
    expect(again.firstSent).toEqual([]);
  });
});

describe("answers that are not verdicts", () => {
  const flying = (): Queue => send({ ...queueOf("a", "b", "c"), window: 3 }).queue;

  test("[ORD3] STALE for the head links it anew; those behind are sent again after it", () => {
    const stale = after(flying(), { kind: "stale", id: "a", last: "z" });
    const again = send(stale);
    expect(again).toMatchObject({ sent: ["a"], links: ["z"] });
    const late = after(again.queue, { kind: "stale", id: "b", last: "z" }, { kind: "stale", id: "c", last: "z" });
    expect(send(late).sent).toEqual([]);
    expect(send(after(late, verdict("a")))).toMatchObject({ sent: ["b", "c"], links: ["a", "b"] });
  });

  test("[ORD3] STALE without a last command means that the device has none", () => {
    const linked = { ...flying(), link: { log: "log", last: "gone", position: 0 } };
    expect(send(after(linked, { kind: "stale", id: "a", last: "" })).links).toEqual(["first"]);
  });

  test("[ORD4] RETRY goes back to the head, not before its time", () => {
    const waiting = after(flying(), { kind: "retry", id: "b", at: 500, code: RetryCode.UNAVAILABLE });
    expect(send(waiting).sent).toEqual([]);
    expect(send(waiting, { ...plenty, now: 500 }).sent).toEqual(["a"]);
  });

  test("[ORD4] RETRY says why, until the next verdict or until the socket is lost", () => {
    const full = { kind: "retry", id: "a", at: 500, code: RetryCode.STORAGE_FULL } as const;
    const again = send(after(flying(), full), { ...plenty, now: 500 }).queue;
    expect(again.holdUp).toBe(RetryCode.STORAGE_FULL);
    expect(after(again, { kind: "stale", id: "a", last: "z" }).holdUp).toBe(RetryCode.STORAGE_FULL);
    expect(after(again, verdict("a")).holdUp).toBeUndefined();
    expect(after(again, { kind: "settled", id: "a", outcome: accepted }).holdUp).toBeUndefined();
    expect(after(again, { kind: "lost" }).holdUp).toBeUndefined();
  });

  test("[ORD4] a verdict of a former round counts all the same", () => {
    const back = send(after(flying(), { kind: "stale", id: "a", last: "z" })).queue;
    expect(after(back, verdict("b")).waiting.map(({ entry }) => entry.id)).toEqual(["a", "c"]);
  });

  test("a lost socket begins at the head with one command", () => {
    expect(send(after(flying(), { kind: "lost" })).sent).toEqual(["a"]);
  });
});

test("[SYN5] a command settles once, by verdict or by event", () => {
  const flying = send(queueOf("a")).queue;
  const byEvent = stepQueue(flying, { kind: "settled", id: "a", outcome: accepted });
  expect(byEvent.settled?.entry.state).toEqual(accepted);
  const byVerdict = stepQueue(byEvent.queue, verdict("a"));
  expect(byVerdict.settled).toBeUndefined();
  expect(byVerdict.queue.flights).toEqual([]);
});

test("an event of a later command does not make the link go back when an earlier verdict follows", () => {
  const flying = send({ ...queueOf("a", "b", "c"), window: 2 }).queue;
  const settled = after(flying, { kind: "settled", id: "b", outcome: accepted }, verdict("a"));
  expect(settled.link?.last).toBe("b");
});

test("[WDR2] what replaces a command has its place, and sending begins at the head", () => {
  const flying = send({ ...queueOf("a", "b"), window: 2, link: { log: "log", last: "z", position: 0 } }).queue;
  const replaced = after(flying, { kind: "replaced", id: "a", by: pending("w", 1) });
  const again = send(replaced);
  expect(again).toMatchObject({ sent: ["w"], links: ["z"] });
  expect(send(after(again.queue, { kind: "stale", id: "w", last: "b" })).links).toEqual(["b"]);
});

test("[INC2] what a restored history lost comes before what waits", () => {
  const queue = after(queueOf("x", "y"), { kind: "unlinked" });
  const back = after(queue, { kind: "enqueued", pending: pending("a", -1) });
  expect(send(back)).toMatchObject({ sent: ["a"], links: ["first"] });
});

/** A server that runs linked commands of one device in one log, as the rules say. */
class ModelServer {
  readonly done: string[] = [];

  answer(id: string, link: string): QueueEvent {
    if (this.done.includes(id)) return verdict(id);
    const last = this.done.at(-1);
    if (link !== (last ?? "first")) return { kind: "stale", id, last: last ?? "" };
    this.done.push(id);
    return verdict(id);
  }
}

test("[ORD5] [OUT4] whatever is lost, late or retried, every command is done once, in order, within the credit", () => {
  const chaos = fc.array(fc.constantFrom("send", "answer", "lose", "late", "retry"), { maxLength: 80 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), chaos, (count, steps) => {
      const ids = Array.from({ length: count }, (_, index) => `c${index}`);
      const server = new ModelServer();
      let queue = queueOf(...ids);
      let wire: { readonly id: string; readonly link: string }[] = [];
      let lost: typeof wire = [];
      for (const step of [...steps, ...Array.from({ length: 400 }, (_, index) => (index % 2 ? "answer" : "send"))]) {
        const before = queue.flights.length;
        if (step === "send") {
          const result = send(queue, { ...plenty, credit: 8 - before });
          wire.push(...result.sent.map((id, index) => ({ id, link: String(result.links[index]) })));
          queue = result.queue;
        }
        expect(queue.flights.length).toBeLessThanOrEqual(8);
        if (step === "lose") {
          lost = [...lost, ...wire];
          wire = [];
          queue = after(queue, { kind: "lost" });
        }
        // A copy that everybody has given up on still arrives at the server; nobody hears the answer.
        if (step === "late") for (const copy of lost.splice(0, 1)) server.answer(copy.id, copy.link);
        const next = step === "answer" || step === "retry" ? wire.shift() : undefined;
        if (next === undefined) continue;
        queue = after(
          queue,
          step === "retry"
            ? { kind: "retry", id: next.id, at: 0, code: RetryCode.RATE_LIMITED }
            : server.answer(next.id, next.link),
        );
      }
      expect(server.done).toEqual(ids);
      expect(queue.waiting).toEqual([]);
    }),
  );
});
