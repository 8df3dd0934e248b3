import { describe, expect, test } from "bun:test";
import { closeCodeOf, ProblemCode } from "@parley/protocol";
import fc from "fast-check";
import { backoffMs } from "./backoff.ts";
import { connectionAtRest, stepConnection } from "./connection.ts";
import { type ConnectionEffect, type ConnectionEvent, type ConnectionState, isConnected } from "./connection-state.ts";
import { restedPace } from "./pace.ts";

const START = Date.UTC(2026, 0, 1);
const moment = { now: START, elapsed: 1_000, fraction: 0.5 };
const haste = { network: restedPace, person: restedPace };
const connected = { waitedMs: 0, heartbeatMs: 30_000, nonce: 4, doubted: false, haste } as const;

const states = {
  idle: connectionAtRest,
  connecting: { kind: "connecting", waitedMs: 2_000, since: 500, haste },
  young: { kind: "connecting", waitedMs: 2_000, since: 900, haste },
  greeting: { kind: "greeting", waitedMs: 2_000, haste },
  syncing: { ...connected, kind: "syncing", pingedAt: 0, pongBy: undefined },
  online: { ...connected, kind: "online", pingedAt: 0, pongBy: undefined },
  pinging: { ...connected, kind: "online", pingedAt: 0, pongBy: 2_000 },
  waiting: {
    kind: "waiting",
    waitedMs: 2_000,
    retryAt: 5_000,
    retryTime: START + 4_000,
    why: "unreachable",
    haste,
  },
  patient: { kind: "waiting", waitedMs: 2_000, retryAt: 5_000, retryTime: START + 4_000, why: "asked", haste },
  stopped: { kind: "stopped", why: "stopped", haste },
  signedOut: { kind: "stopped", why: "signed-out", haste },
} satisfies Record<string, ConnectionState>;

const events = {
  start: { kind: "start" },
  opened: { kind: "opened" },
  welcomed: { kind: "welcomed", heartbeatMs: 30_000 },
  synced: { kind: "synced" },
  closed: { kind: "closed", code: 1006 },
  moved: { kind: "closed", code: 1000, moved: true },
  closedSignedOut: { kind: "closed", code: closeCodeOf(ProblemCode.UNAUTHENTICATED) },
  closedDevice: { kind: "closed", code: closeCodeOf(ProblemCode.DEVICE_CLOSED) },
  closedSuperseded: { kind: "closed", code: closeCodeOf(ProblemCode.SUPERSEDED) },
  broken: { kind: "broken" },
  goodbye: { kind: "goodbye", code: ProblemCode.SHUTTING_DOWN, retryAfterMs: 3_000 },
  goodbyeSuperseded: { kind: "goodbye", code: ProblemCode.SUPERSEDED, retryAfterMs: 0 },
  goodbyeForEver: { kind: "goodbye", code: ProblemCode.UNAUTHENTICATED, retryAfterMs: 0 },
  pong: { kind: "pong", nonce: 4 },
  otherPong: { kind: "pong", nonce: 3 },
  retryTimer: { kind: "timer", timer: "retry" },
  handshakeTimer: { kind: "timer", timer: "handshake" },
  heartbeatTimer: { kind: "timer", timer: "heartbeat" },
  pongTimer: { kind: "timer", timer: "pong" },
  wake: { kind: "wake" },
  doubt: { kind: "doubt" },
  wanted: { kind: "wanted" },
  tryNow: { kind: "try-now" },
  superseded: { kind: "stop", why: "superseded" },
  rest: { kind: "rest" },
  stop: { kind: "stop", why: "stopped" },
} satisfies Record<string, ConnectionEvent>;

type Name = keyof typeof states;
type EventName = keyof typeof events;

/** The kind of the state after the event and its telling effects; "-" where nothing happens at all. */
const table: Record<Name, Record<EventName, string>> = {
  idle: {
    ...everything("-"),
    start: "connecting: open",
    broken: "idle: close",
    superseded: "stopped:",
    stop: "stopped:",
  },
  connecting: {
    ...whileOpening(),
    wake: "connecting: close open",
    tryNow: "connecting: close open",
  },
  young: whileOpening(),
  greeting: { ...withSocket(), welcomed: "syncing:", handshakeTimer: "waiting: close" },
  syncing: { ...whileConnected("syncing"), synced: "online:" },
  online: whileConnected("online"),
  pinging: { ...whileConnected("online"), heartbeatTimer: "online:", wake: "-", doubt: "-", tryNow: "-" },
  waiting: {
    ...everything("-"),
    broken: "waiting: close",
    retryTimer: "connecting: open",
    wake: "connecting: open",
    wanted: "connecting: open",
    tryNow: "connecting: open",
    rest: "idle:",
    superseded: "stopped:",
    stop: "stopped:",
  },
  patient: {
    ...everything("-"),
    broken: "waiting: close",
    retryTimer: "connecting: open",
    tryNow: "connecting: open",
    rest: "idle:",
    superseded: "stopped:",
    stop: "stopped:",
  },
  stopped: { ...everything("-"), broken: "stopped: close" },
  signedOut: {
    ...everything("-"),
    broken: "stopped: close",
    wake: "connecting: open",
    tryNow: "connecting: open",
    superseded: "stopped:",
    stop: "stopped:",
  },
};

function everything(outcome: string): Record<EventName, string> {
  return {
    start: outcome,
    opened: outcome,
    welcomed: outcome,
    synced: outcome,
    closed: outcome,
    moved: outcome,
    closedSignedOut: outcome,
    closedDevice: outcome,
    closedSuperseded: outcome,
    broken: outcome,
    goodbye: outcome,
    goodbyeSuperseded: outcome,
    goodbyeForEver: outcome,
    pong: outcome,
    otherPong: outcome,
    retryTimer: outcome,
    handshakeTimer: outcome,
    heartbeatTimer: outcome,
    pongTimer: outcome,
    wake: outcome,
    doubt: outcome,
    wanted: outcome,
    tryNow: outcome,
    rest: outcome,
    superseded: outcome,
    stop: outcome,
  };
}

/** What ends a socket ends it in every state that has one. */
function withSocket(): Record<EventName, string> {
  return {
    ...everything("-"),
    closed: "waiting:",
    moved: "connecting: open",
    closedSignedOut: "stopped:",
    closedDevice: "stopped:",
    closedSuperseded: "waiting: check-owner",
    broken: "waiting: close",
    goodbye: "waiting: close",
    goodbyeSuperseded: "waiting: close check-owner",
    goodbyeForEver: "stopped: close",
    rest: "idle: close",
    superseded: "stopped: close",
    stop: "stopped: close",
  };
}

function whileOpening(): Record<EventName, string> {
  return {
    ...withSocket(),
    opened: "greeting: hello",
    retryTimer: "connecting: close open",
    handshakeTimer: "waiting: close",
  };
}

function whileConnected(kind: string): Record<EventName, string> {
  return {
    ...withSocket(),
    pong: `${kind}:`,
    heartbeatTimer: `${kind}: ping`,
    pongTimer: "waiting: close",
    wake: `${kind}: ping`,
    doubt: `${kind}: ping`,
    tryNow: `${kind}: ping`,
  };
}

function outcomeOf(state: ConnectionState, event: ConnectionEvent): string {
  const step = stepConnection(state, event, moment);
  if (step.state === state && step.effects.length === 0) return "-";
  const telling = step.effects.map(({ kind }) => kind).filter((kind) => kind !== "timer" && kind !== "cancel");
  return `${step.state.kind}:${telling.map((kind) => ` ${kind}`).join("")}`;
}

const names = Object.keys(states) as Name[]; // Object.keys forgets the type of its argument.

describe.each(names)("%s", (name) => {
  test.each(Object.entries(events))("%s", (eventName, event) => {
    const expected = Object.entries(table[name]).find(([each]) => each === eventName)?.[1];
    expect(outcomeOf(states[name], event)).toBe(expected ?? "not in the table");
  });
});

test("[CON1] the first attempt after a server went away comes within a second, later ones within a growing time", () => {
  const { state } = stepConnection(states.online, events.closed, { now: START, elapsed: 0, fraction: 0.999 });
  expect(state).toMatchObject({ kind: "waiting", waitedMs: 999, retryAt: 999, retryTime: START + 999 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (waitedMs, fraction) => {
        const delay = backoffMs(waitedMs, fraction);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThan(Math.min(30_000, Math.max(1_000, waitedMs)));
      },
    ),
  );
});

test("[CON2] in doubt a Pong is awaited for 2 s, else for longer", () => {
  const timers = (event: ConnectionEvent): unknown => stepConnection(states.online, event, moment).effects;
  for (const event of [events.wake, events.doubt, events.tryNow]) {
    expect(timers(event)).toContainEqual({ kind: "timer", timer: "pong", delayMs: 2_000 });
  }
  expect(timers(events.heartbeatTimer)).toContainEqual({ kind: "timer", timer: "pong", delayMs: 10_000 });
});

test("[CON2] doubt shortens the limit of a Ping that is under way, and never lengthens it", () => {
  const { state } = stepConnection(states.online, events.heartbeatTimer, moment);
  const doubted = stepConnection(state, events.doubt, { ...moment, elapsed: 1_500 });
  expect(doubted.effects).toEqual([{ kind: "timer", timer: "pong", delayMs: 2_000 }]);
  expect(stepConnection(doubted.state, events.doubt, { ...moment, elapsed: 3_400 }).effects).toEqual([]);
});

test("[CON3] after Goodbye the time given is waited for, and up to a second of one's own", () => {
  const { state } = stepConnection(states.online, events.goodbye, moment);
  expect(state).toMatchObject({ kind: "waiting", retryAt: 1_000 + 3_000 + 500, why: "asked" });
});

describe("[CON3] who was asked for patience", () => {
  const asked = { kind: "closed", code: 1006, retryAfterMs: 60_000 } as const;
  const { state } = stepConnection(states.connecting, asked, moment);
  const after = (elapsedMs: number, clockMs: number) => ({
    now: moment.now + clockMs,
    elapsed: moment.elapsed + elapsedMs,
    fraction: 0,
  });

  test("keeps it when the network returns or a person writes, but not when a person asks to try now", () => {
    expect(state).toMatchObject({ kind: "waiting", retryAt: 61_500, why: "asked" });
    for (const event of [events.wake, events.wanted]) {
      expect(stepConnection(state, event, after(59_000, 59_000))).toEqual({ state, effects: [] });
    }
    expect(stepConnection(state, events.tryNow, after(1_000, 1_000)).state.kind).toBe("connecting");
  });

  test("connects at once when it wakes after that time, by whichever clock went on while it slept", () => {
    expect(stepConnection(state, events.wake, after(10, 3_600_000)).state.kind).toBe("connecting");
    expect(stepConnection(state, events.wake, after(3_600_000, -86_400_000)).state.kind).toBe("connecting");
  });

  test("is not kept away for longer than an hour", () => {
    const forEver = { ...asked, retryAfterMs: Number.MAX_SAFE_INTEGER };
    expect(stepConnection(states.connecting, forEver, moment).state).toMatchObject({ retryAt: 3_601_500 });
  });
});

test("[CON7] what something else answered is told apart, and tried again as usual", () => {
  const foreign = { kind: "closed", code: 1006, fault: "foreign" } as const;
  const { state } = stepConnection(states.connecting, foreign, moment);
  expect(state).toMatchObject({ kind: "waiting", why: "foreign", retryAt: 2_000 });
  expect(stepConnection(state, events.wake, moment).state.kind).toBe("connecting");
});

test("pauses are measured by the clock that never jumps", () => {
  const jumped = { ...moment, now: START - 86_400_000, elapsed: 2_000 };
  const { effects } = stepConnection(states.waiting, events.broken, jumped);
  expect(effects).toContainEqual({ kind: "timer", timer: "retry", delayMs: 3_000 });
});

/** Plays a network that comes and goes every 20 ms, on a clock of its own; every attempt ends after so long. */
function flap(seconds: number, lasts: (attempt: number) => number | "opens", event: ConnectionEvent) {
  let state: ConnectionState = states.waiting;
  const attempts: number[] = [];
  const timers = new Map<string, number>();
  let endsAt = Number.POSITIVE_INFINITY;
  let opens = false;
  const begin = 100_000;
  const take = (happened: ConnectionEvent, elapsed: number): void => {
    const step = stepConnection(state, happened, { now: START + elapsed, elapsed, fraction: 0.9 });
    state = step.state;
    for (const effect of step.effects) carryOut(effect, elapsed);
  };
  const carryOut = (effect: ConnectionEffect, elapsed: number): void => {
    if (effect.kind === "timer") timers.set(effect.timer, elapsed + effect.delayMs);
    if (effect.kind === "cancel") timers.delete(effect.timer);
    if (effect.kind === "close") endsAt = Number.POSITIVE_INFINITY;
    if (effect.kind !== "open") return;
    attempts.push(elapsed - begin);
    const length = lasts(attempts.length);
    opens = length === "opens";
    endsAt = elapsed + (length === "opens" ? 9_000 : length);
  };
  for (let elapsed = begin; elapsed < begin + seconds * 1_000; elapsed += 20) {
    for (const [timer, at] of [...timers]) {
      if (at > elapsed) continue;
      timers.delete(timer);
      take({ kind: "timer", timer: timer as "retry" }, elapsed); // Names of timers are what was put in.
    }
    if (endsAt <= elapsed) {
      endsAt = Number.POSITIVE_INFINITY;
      take(opens ? events.opened : events.closed, elapsed);
    }
    take(event, elapsed);
  }
  return { attempts, state };
}

describe("[CON8] what tells fifty times a second that the network returned, or that somebody writes,", () => {
  test.each([
    ["wake", events.wake],
    ["wanted", events.wanted],
  ])("%s: connects at once the first time, then with growing gaps", (_, event) => {
    const { attempts } = flap(60, () => 20, event);
    expect(attempts[0]).toBe(0);
    expect(attempts.filter((at) => at < 10_000).length).toBeLessThan(16);
    // By the backoff alone there would be few; hastened ones add one in 8 s.
    expect(attempts.filter((at) => at >= 10_000).length).toBeLessThan(20);
    expect(attempts.filter((at) => at >= 10_000).length).toBeGreaterThan(5);
  });

  test("does not keep an attempt from succeeding that takes long", () => {
    const { attempts, state } = flap(60, () => "opens", events.wake);
    expect(state.kind).not.toBe("waiting");
    expect(attempts.length).toBeLessThan(12);
  });

  test("sends one Ping at a time, at most one a second, and finds a dead connection within 2 s of it", () => {
    let state: ConnectionState = states.online;
    const pings: number[] = [];
    for (let elapsed = 2_000; elapsed <= 4_000; elapsed += 20) {
      const step = stepConnection(state, events.wake, { now: START, elapsed, fraction: 0 });
      if (step.effects.some(({ kind }) => kind === "ping")) pings.push(elapsed);
      expect(step.effects.filter(({ kind }) => kind === "timer").length).toBe(elapsed === 2_000 ? 1 : 0);
      state = step.state;
    }
    expect(pings).toEqual([2_000]);
    if (!isConnected(state)) throw new Error("The connection is gone.");
    const answered = stepConnection(state, { kind: "pong", nonce: state.nonce }, { ...moment, elapsed: 2_100 });
    const again = stepConnection(answered.state, events.wake, { ...moment, elapsed: 2_200 });
    expect(again.effects).toEqual([{ kind: "timer", timer: "heartbeat", delayMs: 800 }]);
    expect(stepConnection(again.state, events.wake, { ...moment, elapsed: 2_300 }).effects).toEqual([]);
    const beat = stepConnection(again.state, events.heartbeatTimer, { ...moment, elapsed: 3_000 });
    expect(beat.effects).toContainEqual({ kind: "timer", timer: "pong", delayMs: 2_000 });
  });
});

test("no order of events loses the socket: a connected state is reached only by way of Hello and Welcome", () => {
  const anything = fc.array(fc.constantFrom(...Object.values(events)), { maxLength: 60 });
  fc.assert(
    fc.property(anything, (sequence) => {
      let state: ConnectionState = connectionAtRest;
      let open = false;
      let greeted = false;
      for (const event of sequence) {
        const step = stepConnection(state, event, moment);
        if (event.kind === "closed") open = false;
        for (const { kind } of step.effects) {
          if (kind === "close") open = false;
          if (kind === "open") {
            open = true;
            greeted = false;
          }
          if (kind === "hello") greeted = true;
        }
        state = step.state;
        if (isConnected(state)) expect(open && greeted).toBe(true);
        if (state.kind === "stopped" || state.kind === "waiting") expect(open).toBe(false);
      }
    }),
  );
});
