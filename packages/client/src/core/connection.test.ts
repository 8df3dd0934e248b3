import { describe, expect, test } from "bun:test";
import { closeCodeOf, ProblemCode } from "@parley/protocol";
import fc from "fast-check";
import { backoffMs } from "./backoff.ts";
import { connectionAtRest, isConnected, stepConnection } from "./connection.ts";
import type { ConnectionEvent, ConnectionState } from "./connection-state.ts";

const moment = { now: 1_000, fraction: 0.5 };

const states = {
  idle: connectionAtRest,
  connecting: { kind: "connecting", waitedMs: 2_000 },
  greeting: { kind: "greeting", waitedMs: 2_000 },
  syncing: { kind: "syncing", waitedMs: 0, heartbeatMs: 30_000, nonce: 4 },
  online: { kind: "online", waitedMs: 0, heartbeatMs: 30_000, nonce: 4 },
  waiting: { kind: "waiting", waitedMs: 2_000, retryAt: 5_000 },
  stopped: { kind: "stopped", why: "stopped" },
  signedOut: { kind: "stopped", why: "signed-out" },
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
  superseded: { kind: "stop", why: "superseded" },
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
    ...everything("-"),
    opened: "greeting: hello",
    closed: "waiting:",
    moved: "connecting: open",
    closedSignedOut: "stopped:",
    closedDevice: "stopped:",
    closedSuperseded: "waiting: check-owner",
    broken: "waiting: close",
    goodbye: "waiting: close",
    goodbyeSuperseded: "waiting: close check-owner",
    goodbyeForEver: "stopped: close",
    handshakeTimer: "waiting: close",
    wake: "connecting: close open",
    superseded: "stopped: close",
    stop: "stopped: close",
  },
  greeting: {
    ...everything("-"),
    welcomed: "syncing:",
    closed: "waiting:",
    moved: "connecting: open",
    closedSignedOut: "stopped:",
    closedDevice: "stopped:",
    closedSuperseded: "waiting: check-owner",
    broken: "waiting: close",
    goodbye: "waiting: close",
    goodbyeSuperseded: "waiting: close check-owner",
    goodbyeForEver: "stopped: close",
    handshakeTimer: "waiting: close",
    superseded: "stopped: close",
    stop: "stopped: close",
  },
  syncing: { ...connected("syncing"), synced: "online:" },
  online: connected("online"),
  waiting: {
    ...everything("-"),
    broken: "waiting: close",
    retryTimer: "connecting: open",
    wake: "connecting: open",
    superseded: "stopped:",
    stop: "stopped:",
  },
  stopped: { ...everything("-"), broken: "stopped: close" },
  signedOut: {
    ...everything("-"),
    broken: "stopped: close",
    wake: "connecting: open",
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
    superseded: outcome,
    stop: outcome,
  };
}

function connected(kind: string): Record<EventName, string> {
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
    pong: `${kind}:`,
    heartbeatTimer: `${kind}: ping`,
    pongTimer: "waiting: close",
    wake: `${kind}: ping`,
    superseded: "stopped: close",
    stop: "stopped: close",
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
  const { state } = stepConnection(states.online, events.closed, { now: 0, fraction: 0.999 });
  expect(state).toEqual({ kind: "waiting", waitedMs: 999, retryAt: 999 });
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

test("[CON2] on wake a Pong is awaited for 2 s, else for longer", () => {
  const timers = (event: ConnectionEvent): unknown => stepConnection(states.online, event, moment).effects;
  expect(timers(events.wake)).toContainEqual({ kind: "timer", timer: "pong", delayMs: 2_000 });
  expect(timers(events.heartbeatTimer)).toContainEqual({ kind: "timer", timer: "pong", delayMs: 10_000 });
});

test("[CON3] after Goodbye the time given is waited for, and up to a second of one's own", () => {
  const { state } = stepConnection(states.online, events.goodbye, moment);
  expect(state).toMatchObject({ kind: "waiting", retryAt: 1_000 + 3_000 + 500 });
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
