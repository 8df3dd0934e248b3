import { describe, expect, test } from "bun:test";
import { type ElectionEvent, type ElectionState, electionBegins, stepElection } from "./election.ts";
import { type EngineName, formatEngineName, parseEngineName } from "./engine-name.ts";

const account = "018f0000-0000-7000-8000-00000000000a";
const own = { account, version: "leader /assets/one.js" };
const engine = (number: number, version = own.version): EngineName => ({ account, number, version });
const step = (state: ElectionState, event: ElectionEvent) => stepElection(state, event, own);
const turn = (living: readonly EngineName[], lastNumber = 0): ElectionEvent => ({
  kind: "turn-came",
  living,
  lastNumber,
});

const reaching = step(electionBegins, turn([engine(4)], 4));
const connected = step(reaching, { kind: "reached" });
const afterDeath = step(connected, { kind: "died" });

describe("the election of an engine side", () => {
  test("[HST1] joins the one that lives, or starts one under a number never used", () => {
    expect(reaching).toMatchObject({ kind: "reaching", deed: "join", engine: engine(4) });
    const first = step(electionBegins, turn([], 7));
    expect(first).toMatchObject({ kind: "reaching", deed: "start", engine: engine(8) });
    const forgotten = step(electionBegins, turn([engine(9, "another")], 0));
    expect(forgotten).toMatchObject({ deed: "start", engine: engine(10) });
  });

  test("[HST2] after its death the tab chooses again, and starts the next one if no other tab has", () => {
    expect(afterDeath).toEqual({ kind: "choosing", past: 4, fresh: false, failures: 0 });
    expect(step(afterDeath, turn([], 4))).toMatchObject({ deed: "start", engine: engine(5) });
    expect(step(afterDeath, turn([engine(5)], 5))).toMatchObject({ deed: "join", engine: engine(5) });
  });

  test("[HST2] one that died between being seen and being joined is nobody's failure", () => {
    expect(step(reaching, { kind: "died" })).toEqual({ kind: "choosing", past: 4, fresh: true, failures: 0 });
  });

  test("[HST3] one that is frozen keeps its lock, and is passed over", () => {
    const left = step(connected, { kind: "frozen" });
    expect(step(left, turn([engine(4)], 4))).toMatchObject({ deed: "start", engine: engine(5) });
  });

  test("[HST4] a page that was just loaded takes over from another version; a tab that lost its own leaves that alone", () => {
    const newer = engine(5, "leader /assets/two.js");
    expect(step(electionBegins, turn([newer], 5))).toMatchObject({ deed: "start", engine: engine(6) });
    const elsewhere = step(afterDeath, turn([newer], 5));
    expect(elsewhere).toEqual({ kind: "elsewhere", engine: newer, past: 4 });
    const vacant = step(elsewhere, { kind: "died" });
    expect(step(vacant, turn([], 5))).toMatchObject({ deed: "start", engine: engine(6) });
  });

  test("[HST4] never joins one of another version, not even when an older one of its own is still held", () => {
    const living = [engine(5), engine(6, "leader /assets/two.js")];
    expect(step(afterDeath, turn(living, 6)).kind).toBe("elsewhere");
    expect(step(electionBegins, turn(living, 6))).toMatchObject({ deed: "start", engine: engine(7) });
  });

  test("looks for another way after three that could not be reached, one after the other", () => {
    let state = electionBegins;
    for (let attempt = 1; attempt <= 3; attempt++) {
      state = step(step(state, turn([], attempt)), { kind: "unreachable" });
      expect(state.kind).toBe(attempt < 3 ? "choosing" : "failed");
    }
    const twice = [1, 2].reduce(
      (before, number) => step(step(before, turn([], number)), { kind: "unreachable" }),
      electionBegins,
    );
    const reached = step(step(twice, turn([], 3)), { kind: "reached" });
    expect(step(reached, { kind: "died" })).toMatchObject({ failures: 0 });
  });

  test("what says nothing in a state leaves it as it is, and stopping ends it everywhere", () => {
    const elsewhere = step(afterDeath, turn([engine(5, "another")], 5));
    const states = [electionBegins, reaching, connected, elsewhere, step(electionBegins, { kind: "stop" })];
    const events: ElectionEvent[] = [
      turn([]),
      { kind: "reached" },
      { kind: "unreachable" },
      { kind: "died" },
      { kind: "frozen" },
      { kind: "stop" },
    ];
    const table = states.map((state) => events.map((event) => step(state, event).kind).join(" "));
    expect(table).toEqual([
      "reaching choosing choosing choosing choosing stopped",
      "reaching connected choosing choosing reaching stopped",
      "connected connected connected choosing choosing stopped",
      "elsewhere elsewhere elsewhere choosing elsewhere stopped",
      "stopped stopped stopped stopped stopped stopped",
    ]);
  });
});

describe("the name of an engine side", () => {
  test("says its account, number and version, and nothing else is taken for one", () => {
    const name = formatEngineName(engine(12));
    expect(parseEngineName(name, account)).toEqual(engine(12));
    expect(parseEngineName(name, "018f0000-0000-7000-8000-00000000000b")).toBeUndefined();
    for (const other of ["parley-choosing-x", `parley-engine-${account}-x leader`, `parley-engine-${account}-3`]) {
      expect(parseEngineName(other, account)).toBeUndefined();
    }
  });
});
