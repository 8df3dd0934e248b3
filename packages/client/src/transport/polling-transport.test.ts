import { expect, test } from "bun:test";
import { type EncodedFrame, encodeBatch } from "@parley/protocol";
import type { Http } from "../ports/http.ts";
import type { SocketClosed } from "../ports/transport.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { PollingTransport } from "./polling-transport.ts";

type Answer = Response | "lost" | "never";

/** A device that polls a server whose answers the test makes up. */
class Stage {
  readonly clock = new ManualClock();
  readonly asked: string[] = [];
  readonly received: EncodedFrame[] = [];
  readonly closed: SocketClosed[] = [];
  opened = 0;
  readonly socket;

  constructor(answerTo: (path: string, times: number) => Answer) {
    const http: Http = {
      post: (path) => {
        this.asked.push(path);
        const answer = answerTo(path, this.asked.filter((each) => each === path).length);
        const { promise, resolve, reject } = Promise.withResolvers<Response>();
        if (answer === "lost") reject(new Error("lost"));
        else if (answer !== "never") resolve(answer);
        return { answer: promise, cancel: () => reject(new Error("cancelled")) };
      },
    };
    this.socket = new PollingTransport(http, "json", this.clock).connect({
      opened: () => this.opened++,
      received: (frame) => this.received.push(frame),
      closed: (why) => this.closed.push(why),
    });
  }
}

const page = () => new Response("<html>Accept our terms</html>", { headers: { "content-type": "text/html" } });
const opened = () => new Response(null, { headers: { "parley-poll": "p" } });
const taken = (number: number) => new Response(null, { status: 204, headers: { "parley-batch": String(number) } });

function batch(number: number, frames: readonly string[], headers: Readonly<Record<string, string>> = {}): Response {
  const body = String(encodeBatch("json", frames));
  const own = { "content-type": "application/json", "parley-batch": String(number) };
  return new Response(body, { headers: { ...own, ...headers } });
}

test("[CON7] a captive portal's page is no Parley server, and never taken for frames", async () => {
  for (const answer of [page, () => new Response('{"welcome":{}}\n'), () => new Response(null, { status: 204 })]) {
    const stage = new Stage(answer);
    await stage.clock.advance(0);
    expect([stage.opened, stage.received, stage.closed]).toEqual([0, [], [{ code: 1006, fault: "foreign" }]]);
  }
});

test("[CON7] one that comes in between is asked past for a while, and then ends the connection", async () => {
  const stage = new Stage((path) => (path === "/poll" ? opened() : page()));
  await stage.clock.advance(5_000);
  expect([stage.opened, stage.closed]).toEqual([1, []]);
  await stage.clock.advance(5_000);
  expect([stage.received, stage.closed]).toEqual([[], [{ code: 1006, fault: "foreign" }]]);
});

test("[CON3] a server, or a proxy for it, that says when to come again is left until then", async () => {
  for (const status of [429, 503]) {
    const later = () => new Response("<html>", { status, headers: { "retry-after": "120" } });
    const refused = new Stage(later);
    await refused.clock.advance(0);
    expect([refused.asked, refused.closed]).toEqual([["/poll"], [{ code: 1006, retryAfterMs: 120_000 }]]);
    const during = new Stage((path) => (path === "/poll" ? opened() : later()));
    await during.clock.advance(0);
    expect([during.opened, during.closed]).toEqual([1, [{ code: 1006, retryAfterMs: 120_000 }]]);
  }
});

test("a server that nothing is heard of is tried once, and said to be unreachable", async () => {
  for (const answer of ["lost", "never"] as const) {
    const stage = new Stage(() => answer);
    await stage.clock.advance(10_000);
    expect([stage.asked, stage.closed]).toEqual([["/poll"], [{ code: 1006, fault: "unreachable" }]]);
  }
});

test("who has no session hears so without a poll", async () => {
  const stage = new Stage(() => batch(1, ['{"problem":{}}'], { "parley-close": "4003" }));
  await stage.clock.advance(0);
  expect([stage.opened, stage.received, stage.closed]).toEqual([0, ['{"problem":{}}'], [{ code: 4003 }]]);
});

test("a poll that opens when nobody wants it any more is left at once", async () => {
  const stage = new Stage(opened);
  stage.socket.close();
  await stage.clock.advance(0);
  expect([stage.opened, stage.asked]).toEqual([0, ["/poll", "/poll/p/close"]]);
});

test("an answer that was lost is asked for again, and each batch is taken in once", async () => {
  const stage = new Stage((path, times) => {
    if (path === "/poll") return opened();
    if (path === "/poll/p/receive/1") return times < 3 ? "lost" : batch(1, ["one", "two"]);
    if (path === "/poll/p/receive/2") return times < 2 ? taken(2) : batch(2, ["three"], { "parley-close": "4009" });
    return times < 3 ? "lost" : taken(Number(path.at(-1)));
  });
  stage.socket.send("a");
  stage.socket.send("b");
  await stage.clock.advance(2_000);
  expect(stage.received).toEqual(["one", "two", "three"]);
  expect(stage.closed).toEqual([{ code: 4009 }]);
});

test("batches go up one after the other, each until it was taken in", async () => {
  const stage = new Stage((path, times) => {
    if (path === "/poll") return opened();
    if (path.includes("receive")) return "never";
    return times < 3 ? "lost" : taken(Number(path.at(-1)));
  });
  await stage.clock.advance(0);
  stage.socket.send("a");
  await stage.clock.advance(10);
  stage.socket.send("b");
  stage.socket.send("c");
  await stage.clock.advance(3_000);
  const sends = stage.asked.filter((path) => path.includes("send"));
  expect(sends).toEqual([...Array(3).fill("/poll/p/send/1"), ...Array(3).fill("/poll/p/send/2")]);
});

test("a server that asks for patience gets it, and the connection stays", async () => {
  const stage = new Stage((path, times) => {
    if (path === "/poll") return opened();
    if (times === 1) return new Response(null, { status: 429, headers: { "retry-after": "30" } });
    return times === 2 ? batch(1, ["late"]) : "never";
  });
  await stage.clock.advance(29_000);
  expect(stage.asked).toHaveLength(2);
  await stage.clock.advance(2_000);
  expect([stage.received, stage.closed]).toEqual([["late"], []]);
});

test("a receive whose place a copy of it took on the way is made again", async () => {
  const stage = new Stage((path, times) => {
    if (path === "/poll") return opened();
    return times === 1
      ? new Response(null, { status: 409 })
      : batch(Number(path.at(-1)), ["one"], { "parley-close": "4009" });
  });
  await stage.clock.advance(1_000);
  expect([stage.received, stage.closed]).toEqual([["one"], [{ code: 4009 }]]);
});

test("a poll that the server does not know ends at once; after `close` nothing is told", async () => {
  const stage = new Stage((path) => (path === "/poll" ? opened() : new Response(null, { status: 404 })));
  await stage.clock.advance(0);
  expect(stage.closed).toEqual([{ code: 1006 }]);
  const left = new Stage((path) => (path === "/poll" ? opened() : "never"));
  await left.clock.advance(0);
  left.socket.close();
  left.socket.send("late");
  await left.clock.advance(60_000);
  expect([left.asked, left.closed]).toEqual([["/poll", "/poll/p/receive/1", "/poll/p/close"], []]);
});
