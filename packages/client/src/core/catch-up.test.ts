import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Event, EventSchema } from "@parley/protocol";
import fc from "fast-check";
import { type CatchUp, type CatchUpEvent, current, stepCatchUp } from "./catch-up.ts";

function event(seq: number): Event {
  return create(EventSchema, { seq });
}

const states = {
  current,
  expecting: { kind: "expecting", ahead: [event(7)] },
  asked: { kind: "asked", ahead: [event(7)] },
} satisfies Record<string, CatchUp>;

/** The device's head is 5. */
const events = {
  behind: { kind: "behind" },
  old: { kind: "arrived", event: event(5), head: 5 },
  next: { kind: "arrived", event: event(6), head: 5 },
  gap: { kind: "arrived", event: event(9), head: 5 },
  broughtTo5: { kind: "brought", head: 5 },
  broughtTo6: { kind: "brought", head: 6 },
  broughtTo9: { kind: "brought", head: 9 },
  short: { kind: "short" },
  lost: { kind: "lost" },
} satisfies Record<string, CatchUpEvent>;

/** State after; events applied; "ask" if the server is asked. */
const table: Record<keyof typeof states, Record<keyof typeof events, string>> = {
  current: {
    behind: "expecting []",
    old: "current []",
    next: "current [6]",
    gap: "asked [] ask",
    broughtTo5: "current []",
    broughtTo6: "current []",
    broughtTo9: "current []",
    short: "asked [] ask",
    lost: "current []",
  },
  expecting: {
    behind: "expecting []",
    old: "expecting []",
    next: "expecting []",
    gap: "expecting []",
    broughtTo5: "asked [] ask",
    broughtTo6: "current [7]",
    broughtTo9: "current []",
    short: "asked [] ask",
    lost: "current []",
  },
  asked: {
    behind: "expecting []",
    old: "asked []",
    next: "asked []",
    gap: "asked []",
    broughtTo5: "asked [] ask",
    broughtTo6: "current [7]",
    broughtTo9: "current []",
    short: "asked [] ask",
    lost: "current []",
  },
};

describe.each(Object.entries(states))("%s", (name, state) => {
  test.each(Object.entries(events))("%s", (eventName, input) => {
    const step = stepCatchUp(state, input);
    const outcome = `${step.state.kind} [${step.apply.map(({ seq }) => seq)}]${step.ask ? " ask" : ""}`;
    const row: Readonly<Record<string, string>> = Object.entries(table).find(([each]) => each === name)?.[1] ?? {};
    expect(outcome).toBe(row[eventName] ?? "not in the table");
  });
});

test("[SYN1] events that come in any order with the changes asked for are applied once, in order, to the end", () => {
  const shuffled = fc.shuffledSubarray(
    Array.from({ length: 12 }, (_, index) => index + 1),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(shuffled, fc.nat({ max: 12 }), (seqs, reach) => {
      let state: CatchUp = current;
      let head = 0;
      const applied: number[] = [];
      const run = (input: CatchUpEvent): boolean => {
        const step = stepCatchUp(state, input);
        state = step.state;
        for (const each of step.apply) {
          applied.push(each.seq);
          head = each.seq;
        }
        return step.ask;
      };
      const fetched = (): void => {
        for (let seq = head + 1; seq <= Math.max(head, reach); seq++) applied.push(seq);
        head = Math.max(head, reach);
        // Whatever is still missing is there when it is asked for again.
        for (let again = run({ kind: "brought", head }); again; again = run({ kind: "brought", head })) {
          applied.push(head + 1);
          head++;
        }
      };
      for (const seq of seqs) if (run({ kind: "arrived", event: event(seq), head })) fetched();
      expect(applied).toEqual(Array.from({ length: head }, (_, index) => index + 1));
      expect(head).toBeGreaterThanOrEqual(Math.max(...seqs));
    }),
  );
});
