import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Choice, type ChoiceEffect, type ChoiceEvent, choiceAtRest, stepChoice } from "./choice.ts";

const NOW = 1_000_000;
const DAY = 24 * 60 * 60 * 1_000;
const moment = { now: NOW, fraction: 0 };

/** The state after some events, and what the last one made happen. */
function after(events: readonly ChoiceEvent[], from: Choice = choiceAtRest(0)) {
  let state = from;
  let effects: readonly ChoiceEffect[] = [];
  for (const event of events) ({ state, effects } = stepChoice(state, event, moment));
  return { state, told: effects.map(shown) };
}

function shown(effect: ChoiceEffect): string {
  switch (effect.kind) {
    case "timer":
      return `${effect.timer} in ${effect.delayMs}`;
    case "cancel":
      return `no ${effect.timer}`;
    case "remember":
      return `remember ${effect.blockedUntil === 0 ? "nothing" : effect.blockedUntil - NOW}`;
    default:
      return "way" in effect ? `${effect.kind} ${effect.way}` : effect.kind;
  }
}

const connect: ChoiceEvent = { kind: "connect" };
const socketOpened: ChoiceEvent = { kind: "opened", way: "socket" };
const pollingOpened: ChoiceEvent = { kind: "opened", way: "polling" };
const socketClosed: ChoiceEvent = { kind: "closed", way: "socket" };
const pollingClosed: ChoiceEvent = { kind: "closed", way: "polling" };
const impatient: ChoiceEvent = { kind: "timer", timer: "patience" };
const trialDue: ChoiceEvent = { kind: "timer", timer: "trial" };

describe("connecting", () => {
  test("a socket that opens is taken, and polling is never begun", () => {
    expect(after([connect]).told).toEqual(["begin socket", "patience in 2500"]);
    expect(after([connect, socketOpened]).told).toEqual(["no patience", "tell-opened socket"]);
  });

  test("[CON5] a socket that fails is followed by polling at once", () => {
    expect(after([connect, socketClosed]).told).toEqual(["no patience", "begin polling"]);
    expect(after([connect, socketClosed, pollingOpened]).told).toEqual([
      "no patience",
      "tell-opened polling",
      "trial in 2000",
      `remember ${DAY}`,
    ]);
  });

  test("[CON5] a server that is down is asked once each way, and then it is for who connects to wait", () => {
    const { state, told } = after([connect, socketClosed, pollingClosed]);
    expect(told).toEqual(["no patience", "tell-closed"]);
    expect(state).toEqual(choiceAtRest(0));
  });

  test("[CON5] of a socket that hangs and polling whichever opens first is taken, and the other is given up", () => {
    expect(after([connect, impatient]).told).toEqual(["begin polling"]);
    expect(after([connect, impatient, socketOpened]).told).toContain("drop polling");
    expect(after([connect, impatient, pollingOpened]).told).toContain("drop socket");
    expect(after([connect, impatient, pollingClosed]).told).toEqual([]);
    expect(after([connect, impatient, pollingClosed, socketClosed]).told).toContain("tell-closed");
  });

  test("where sockets were blocked polling comes first, and the socket if that fails or hangs", () => {
    const blocked = choiceAtRest(NOW + 1);
    expect(after([connect], blocked).told).toEqual(["begin polling", "patience in 2500"]);
    expect(after([connect, pollingClosed], blocked).told).toEqual(["no patience", "begin socket"]);
    expect(after([connect, impatient], blocked).told).toEqual(["begin socket"]);
  });

  test("what was learnt is not believed for ever, whatever the clock does", () => {
    expect(after([connect], choiceAtRest(NOW)).told[0]).toBe("begin socket");
    expect(after([connect], choiceAtRest(NOW + DAY + 1)).told[0]).toBe("begin socket");
  });

  test.each<[string, ChoiceEvent]>([
    ["ended", socketClosed],
    ["was given up by who waited for a frame", { kind: "close" }],
  ])(
    "[CON5] a socket that opened, never brought a frame and %s is suspected: polling comes first for a while",
    (_, end) => {
      const silent = after([connect, socketOpened, end]).state;
      expect(after([connect], silent).told[0]).toBe("begin polling");
      const heard = after([connect, socketOpened, { kind: "heard" }, end]).state;
      expect(after([connect], heard).told[0]).toBe("begin socket");
    },
  );
});

describe("while polling", () => {
  const polling = after([connect, socketClosed, pollingOpened]).state;

  test("[CON6] a socket is tried again, after ever longer pauses", () => {
    expect(after([trialDue], polling).told).toEqual(["no trial", "begin-trial"]);
    const pauses: string[] = [];
    let state = polling;
    for (let trial = 0; trial < 5; trial++) {
      const failed = after([trialDue, { kind: "trial-failed" }], state);
      state = failed.state;
      pauses.push(...failed.told);
    }
    expect(pauses).toEqual([
      "trial in 15000",
      "trial in 60000",
      "trial in 300000",
      "trial in 300000",
      "trial in 300000",
    ]);
  });

  test("[CON6] one that works takes over: the poll ends, and who connects again is given it", () => {
    const moving = after([trialDue, { kind: "trial-worked" }], polling);
    expect(moving.told).toEqual(["drop polling", "move in 5000", "tell-moved", "remember nothing"]);
    expect(after([connect], moving.state).told).toEqual(["no move", "adopt-trial", "tell-opened socket"]);
    expect(after([{ kind: "timer", timer: "move" }], moving.state).told).toEqual(["drop-trial"]);
    expect(after([{ kind: "trial-failed" }, connect], moving.state).told[0]).toBe("begin socket");
  });

  test("another network is a reason to try at once, but not each time that somebody looks", () => {
    expect(after([{ kind: "network-changed" }], polling).told).toEqual([]);
    const later = stepChoice(polling, { kind: "network-changed" }, { now: NOW + 10_000, fraction: 0 });
    expect(later.effects.map(shown)).toEqual(["no trial", "begin-trial"]);
  });

  test("when the poll ends so does the trial", () => {
    expect(after([trialDue, pollingClosed], polling).told).toEqual([
      "no trial",
      "drop polling",
      "drop-trial",
      "tell-closed",
    ]);
  });
});

test("whatever happens, who connected hears of one opening and one end at most, and nothing stays under way after the end", () => {
  const events: fc.Arbitrary<ChoiceEvent> = fc.constantFrom<ChoiceEvent[]>(
    socketOpened,
    pollingOpened,
    socketClosed,
    pollingClosed,
    impatient,
    trialDue,
    { kind: "timer", timer: "move" },
    { kind: "heard" },
    { kind: "trial-worked" },
    { kind: "trial-failed" },
    { kind: "network-changed" },
    { kind: "close" },
    connect,
  );
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (sequence) => {
      let state = choiceAtRest(0);
      let [opened, ended] = [true, true];
      const underWay = new Set<string>();
      for (const event of sequence) {
        // The driver hands on only what comes from an attempt that it knows.
        if ((event.kind === "opened" || event.kind === "closed") && !underWay.has(event.way)) continue;
        if (event.kind === "connect") [opened, ended] = [false, false];
        if (event.kind === "closed") underWay.delete(event.way);
        const step = stepChoice(state, event, moment);
        state = step.state;
        for (const effect of step.effects) {
          if (effect.kind === "begin") underWay.add(effect.way);
          if (effect.kind === "drop") underWay.delete(effect.way);
          if (effect.kind === "adopt-trial") underWay.add("socket");
          if (effect.kind === "tell-opened") {
            expect([opened, ended]).toEqual([false, false]);
            opened = true;
          }
          if (effect.kind === "tell-closed" || effect.kind === "tell-moved") {
            expect(ended).toBe(false);
            ended = true;
          }
        }
        if (event.kind === "close") ended = true;
        if (state.kind === "idle") expect(underWay).toEqual(new Set());
      }
    }),
    { numRuns: 2_000 },
  );
});
