import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type ClientFrame, ClientFrameSchema, OrderSchema, ProblemCode } from "@parley/protocol";
import { connectionLimits } from "./connection-limits.ts";
import {
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionState,
  openedState,
  step,
} from "./connection-state.ts";
import { problem } from "./problem.ts";

const DEVICE = "01936d2f-1000-7aaa-8bbb-0c0d0e0f1011";
const CONVERSATION = "df247f46-95fe-8db5-9c27-c9e94b78efea";
const limits = {
  ...connectionLimits,
  credit: 4,
  questions: 2,
  heldFrames: 2,
  frames: { burst: 20, refillMs: 1_000 },
  marks: { burst: 3, refillMs: 250 },
};

function frame(value: ClientFrame["frame"]): ClientFrame {
  return create(ClientFrameSchema, { frame: value });
}

const hello = frame({
  case: "hello",
  value: {
    $typeName: "parley.v1.Hello",
    device: DEVICE,
    name: "test",
    incarnation: "",
    accountHead: 0,
    heads: [],
    draftsKnown: 0,
    account: "",
  },
});
const ping = frame({ case: "ping", value: { $typeName: "parley.v1.Ping", nonce: 7 } });
const mark = frame({
  case: "marks",
  value: {
    $typeName: "parley.v1.MarkUpdates",
    updates: [{ $typeName: "parley.v1.MarkUpdate", conversation: CONVERSATION, delivered: 1, read: 1 }],
  },
});
const typing = frame({
  case: "typing",
  value: { $typeName: "parley.v1.TypingUpdate", conversation: CONVERSATION, active: true },
});
const request = create(ClientFrameSchema, {
  frame: { case: "request", value: { id: 1, question: { case: "verdicts", value: { log: CONVERSATION, ids: [] } } } },
});

function submit(count: number): ClientFrame {
  const order = create(OrderSchema, { link: { case: "none", value: {} } });
  const submissions = Array.from({ length: count }, () => ({ order, command: new Uint8Array([1]) }));
  return create(ClientFrameSchema, { frame: { case: "submit", value: { submissions } } });
}

function received(value: ClientFrame | undefined): ConnectionInput {
  return { kind: "received", frame: value };
}

/** Runs inputs from the opening of a socket; the state at the end and the effects of the last input. */
function run(...inputs: readonly ConnectionInput[]): { state: ConnectionState; effects: readonly ConnectionEffect[] } {
  let current: { state: ConnectionState; effects: readonly ConnectionEffect[] } = {
    state: openedState(limits, 0),
    effects: [],
  };
  for (const input of inputs) current = step(limits, current.state, input, 0);
  return current;
}

const to = {
  "awaiting-hello": [],
  greeting: [received(hello)],
  online: [received(hello), { kind: "greeted" }],
  closed: [{ kind: "lost" }],
} as const satisfies Record<ConnectionState["kind"], readonly ConnectionInput[]>;

const inputs = {
  hello: received(hello),
  ping: received(ping),
  submit: received(submit(1)),
  request: received(request),
  mark: received(mark),
  typing: received(typing),
  nonsense: received(undefined),
  unknown: received(create(ClientFrameSchema)),
  greeted: { kind: "greeted" },
  answered: { kind: "answered", count: 0 },
  responded: { kind: "responded" },
  checked: { kind: "checked" },
  failed: { kind: "failed", problem: problem(ProblemCode.UNAVAILABLE, "broken") },
  dismissed: { kind: "dismissed", code: ProblemCode.SUPERSEDED, retryAfterMs: 0 },
  lost: { kind: "lost" },
} as const satisfies Record<string, ConnectionInput>;

type Outcome = readonly [state: ConnectionState["kind"], ...effects: ConnectionEffect["kind"][]];

const failure: Outcome = ["closed", "fail", "forget"];
const nothing: Outcome = ["closed"];

const table: Record<ConnectionState["kind"], Record<keyof typeof inputs, Outcome>> = {
  "awaiting-hello": {
    hello: ["greeting", "greet"],
    ping: ["awaiting-hello", "pong"],
    submit: failure,
    request: failure,
    mark: failure,
    typing: failure,
    nonsense: failure,
    unknown: failure,
    greeted: ["awaiting-hello"],
    answered: ["awaiting-hello"],
    responded: ["awaiting-hello"],
    checked: ["awaiting-hello"],
    failed: failure,
    dismissed: ["closed", "part", "forget"],
    lost: ["closed", "forget"],
  },
  greeting: {
    hello: failure,
    ping: ["greeting", "pong"],
    submit: ["greeting"],
    request: ["greeting"],
    mark: ["greeting"],
    typing: ["greeting"],
    nonsense: failure,
    unknown: failure,
    greeted: ["online"],
    answered: ["greeting"],
    responded: ["greeting"],
    checked: ["greeting"],
    failed: failure,
    dismissed: ["closed", "part", "forget"],
    lost: ["closed", "forget"],
  },
  online: {
    hello: failure,
    ping: ["online", "pong"],
    submit: ["online", "submit"],
    request: ["online", "answer"],
    mark: ["online", "mark"],
    typing: ["online", "type"],
    nonsense: failure,
    unknown: failure,
    greeted: ["online"],
    answered: ["online"],
    responded: ["online"],
    checked: ["online"],
    failed: failure,
    dismissed: ["closed", "part", "forget"],
    lost: ["closed", "forget"],
  },
  closed: {
    hello: nothing,
    ping: nothing,
    submit: nothing,
    request: nothing,
    mark: nothing,
    typing: nothing,
    nonsense: nothing,
    unknown: nothing,
    greeted: nothing,
    answered: nothing,
    responded: nothing,
    checked: nothing,
    failed: nothing,
    dismissed: nothing,
    lost: nothing,
  },
};

describe("connection state", () => {
  for (const [state, row] of Object.entries(table)) {
    for (const [name, outcome] of Object.entries(row)) {
      test(`${state} × ${name} → ${outcome.join(", ")}`, () => {
        const { state: after, effects } = run(...to[state as keyof typeof to], inputs[name as keyof typeof inputs]);
        expect([after.kind, ...effects.map((effect) => effect.kind)]).toEqual([...outcome]);
      });
    }
  }

  test("frames before Welcome are taken up after it, in order", () => {
    const { effects } = run(received(hello), received(submit(2)), received(mark), { kind: "greeted" });
    expect(effects.map(({ kind }) => kind)).toEqual(["submit", "mark"]);
  });

  test("frames before Welcome are bounded", () => {
    const { effects } = run(received(hello), received(mark), received(mark), received(mark));
    expect(codeOf(effects)).toBe(ProblemCode.FLOODING);
  });

  test("[OUT4] more unanswered submissions than the credit end the connection", () => {
    expect(run(...to.online, received(submit(3)), received(submit(1))).state).toMatchObject({ unanswered: 4 });
    expect(codeOf(run(...to.online, received(submit(3)), received(submit(2))).effects)).toBe(ProblemCode.FLOODING);
    const freed = run(...to.online, received(submit(4)), { kind: "answered", count: 4 }, received(submit(4)));
    expect(freed.effects.map(({ kind }) => kind)).toEqual(["submit"]);
  });

  test("open questions are bounded", () => {
    const two = [received(request), received(request)];
    expect(codeOf(run(...to.online, ...two, received(request)).effects)).toBe(ProblemCode.FLOODING);
    expect(run(...to.online, ...two, { kind: "responded" }, received(request)).state.kind).toBe("online");
  });

  test("too many frames of marks in a short time end the connection", () => {
    const marks = Array.from({ length: limits.marks.burst }, () => received(mark));
    expect(run(...to.online, ...marks).state.kind).toBe("online");
    expect(codeOf(run(...to.online, ...marks, received(mark)).effects)).toBe(ProblemCode.FLOODING);
  });

  test("too many frames in a short time end the connection", () => {
    const pings = Array.from({ length: limits.frames.burst }, () => received(ping));
    expect(run(...pings).state.kind).toBe("awaiting-hello");
    expect(codeOf(run(...pings, received(ping)).effects)).toBe(ProblemCode.FLOODING);
  });

  test("silence for more than two heartbeats ends the connection, and any frame breaks it", () => {
    const { state } = run(...to.online);
    const patience = 2 * limits.heartbeatMs;
    expect(step(limits, state, { kind: "checked" }, patience).state.kind).toBe("online");
    expect(codeOf(step(limits, state, { kind: "checked" }, patience + 1).effects)).toBe(ProblemCode.SILENT);
    const heard = step(limits, state, received(ping), patience).state;
    expect(step(limits, heard, { kind: "checked" }, patience + 1).state.kind).toBe("online");
  });

  test("a socket that never says Hello is closed sooner", () => {
    const { state } = run();
    expect(codeOf(step(limits, state, { kind: "checked" }, limits.helloWithinMs + 1).effects)).toBe(ProblemCode.SILENT);
  });

  test("nor do Pings put off the time to say Hello", () => {
    const { state } = step(limits, run().state, received(ping), limits.helloWithinMs);
    expect(codeOf(step(limits, state, { kind: "checked" }, limits.helloWithinMs + 1).effects)).toBe(ProblemCode.SILENT);
    const late = step(limits, state, received(hello), limits.helloWithinMs).state;
    expect(step(limits, late, { kind: "checked" }, limits.helloWithinMs + 1).state.kind).toBe("greeting");
  });

  test("[CON3] an end on purpose says when to come back", () => {
    const { effects } = run(...to.online, {
      kind: "dismissed",
      code: ProblemCode.SHUTTING_DOWN,
      retryAfterMs: 2_000,
    });
    expect(effects[0]).toMatchObject({
      kind: "part",
      goodbye: { code: ProblemCode.SHUTTING_DOWN, retryAfterMs: 2_000 },
    });
  });
});

function codeOf(effects: readonly ConnectionEffect[]): ProblemCode | undefined {
  return effects.find((effect) => effect.kind === "fail")?.problem.code;
}
