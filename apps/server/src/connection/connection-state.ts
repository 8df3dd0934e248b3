import { create } from "@bufbuild/protobuf";
import {
  type ClientFrame,
  type DraftUpdate,
  type Goodbye,
  GoodbyeSchema,
  type Hello,
  type MarkUpdate,
  type Pong,
  PongSchema,
  type Problem,
  ProblemCode,
  type Request,
  type Submission,
  type TypingUpdate,
} from "@parley/protocol";
import { type Bucket, fullBucket, takeToken } from "../limits/token-bucket.ts";
import { faultOf } from "./check-frame.ts";
import type { ConnectionLimits } from "./connection-limits.ts";
import { malformed, problem } from "./problem.ts";

/**
 * One device socket, from its opening to its end:
 *
 *     awaiting-hello ──Hello──► greeting ──Welcome──► online
 *           └──────────────────────┴────────────────────┴────► closed
 *
 * Pure: `step` says what follows from an input; the driver (connection.ts) does it. What a device sends before Welcome is
 * held and taken up after it, so that devices may send at once.
 */
export type ConnectionState = Alive | { readonly kind: "closed" };

type Alive = Pulse &
  (
    | { readonly kind: "awaiting-hello" }
    | { readonly kind: "greeting"; readonly held: readonly ClientFrame[] }
    | {
        readonly kind: "online";
        readonly unanswered: number;
        readonly questions: number;
        /** Undefined until the first frame of marks. */
        readonly marks: Bucket | undefined;
        /** Undefined until the first frame of drafts. */
        readonly drafts: Bucket | undefined;
      }
  );

interface Pulse {
  readonly heardAt: number;
  readonly allowance: Bucket;
}

export type ConnectionInput =
  /** A message of the socket; undefined if it is no frame of the schema. */
  | { readonly kind: "received"; readonly frame: ClientFrame | undefined }
  /** The device was registered and has its Welcome. */
  | { readonly kind: "greeted" }
  /** Something that the connection waited for cannot be had. */
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "answered"; readonly count: number }
  | { readonly kind: "responded" }
  /** Time has passed. */
  | { readonly kind: "checked" }
  /** The server ends the connection on purpose. */
  | { readonly kind: "dismissed"; readonly code: ProblemCode; readonly retryAfterMs: number }
  /** The socket is gone. */
  | { readonly kind: "lost" };

export type ConnectionEffect =
  | { readonly kind: "greet"; readonly hello: Hello }
  | { readonly kind: "submit"; readonly submissions: readonly Submission[] }
  | { readonly kind: "answer"; readonly request: Request }
  | { readonly kind: "mark"; readonly updates: readonly MarkUpdate[] }
  | { readonly kind: "draft"; readonly updates: readonly DraftUpdate[] }
  | { readonly kind: "type"; readonly update: TypingUpdate }
  | { readonly kind: "pong"; readonly pong: Pong }
  | { readonly kind: "fail"; readonly problem: Problem }
  | { readonly kind: "part"; readonly goodbye: Goodbye }
  /** Always the last effect of a connection. */
  | { readonly kind: "forget" };

export interface Step {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}

export function openedState(limits: ConnectionLimits, now: number): ConnectionState {
  return { kind: "awaiting-hello", heardAt: now, allowance: fullBucket(limits.frames, now) };
}

export function step(limits: ConnectionLimits, state: ConnectionState, input: ConnectionInput, now: number): Step {
  if (state.kind === "closed") return { state, effects: [] };
  switch (input.kind) {
    case "received":
      return received(limits, state, input.frame, now);
    case "greeted":
      return state.kind === "greeting" ? greeted(limits, state, now) : { state, effects: [] };
    case "answered":
      return state.kind === "online"
        ? { state: { ...state, unanswered: state.unanswered - input.count }, effects: [] }
        : { state, effects: [] };
    case "responded":
      return state.kind === "online"
        ? { state: { ...state, questions: state.questions - 1 }, effects: [] }
        : { state, effects: [] };
    case "checked":
      return checked(limits, state, now);
    case "failed":
      return fail(input.problem);
    case "dismissed": {
      const goodbye = create(GoodbyeSchema, { code: input.code, retryAfterMs: input.retryAfterMs });
      return { state: { kind: "closed" }, effects: [{ kind: "part", goodbye }, { kind: "forget" }] };
    }
    case "lost":
      return { state: { kind: "closed" }, effects: [{ kind: "forget" }] };
  }
}

function received(limits: ConnectionLimits, state: Alive, frame: ClientFrame | undefined, now: number): Step {
  const allowance = takeToken(limits.frames, state.allowance, now);
  if (allowance === undefined) return fail(problem(ProblemCode.FLOODING, "Too many frames in a short time."));
  if (frame === undefined) return fail(malformed("Not a frame of this schema in the encoding of this socket."));
  const fault = faultOf(frame);
  if (fault !== undefined) return fail(fault);
  // Pings do not stand in for Hello: the time to say it runs on.
  const heardAt = state.kind === "awaiting-hello" && frame.frame.case === "ping" ? state.heardAt : now;
  return accepted(limits, { ...state, heardAt, allowance }, frame);
}

function accepted(limits: ConnectionLimits, state: Alive, { frame }: ClientFrame): Step {
  if (frame.case === "ping") {
    return { state, effects: [{ kind: "pong", pong: create(PongSchema, { nonce: frame.value.nonce }) }] };
  }
  if (state.kind === "awaiting-hello") {
    if (frame.case !== "hello") return fail(malformed("The first frame must be Hello."));
    const { heardAt, allowance } = state;
    return {
      state: { kind: "greeting", held: [], heardAt, allowance },
      effects: [{ kind: "greet", hello: frame.value }],
    };
  }
  if (frame.case === "hello") return fail(malformed("Hello comes once."));
  if (state.kind === "greeting") {
    if (state.held.length >= limits.heldFrames) {
      return fail(problem(ProblemCode.FLOODING, "Too many frames before Welcome."));
    }
    return { state: { ...state, held: [...state.held, heldFrame(frame)] }, effects: [] };
  }
  return online(limits, state, frame);
}

type Online = Extract<Alive, { kind: "online" }>;
type Frame = ClientFrame["frame"];

function heldFrame(frame: Frame): ClientFrame {
  return { $typeName: "parley.v1.ClientFrame", frame };
}

function online(limits: ConnectionLimits, state: Online, frame: Frame): Step {
  switch (frame.case) {
    case "submit": {
      const { submissions } = frame.value;
      const unanswered = state.unanswered + submissions.length;
      if (unanswered > limits.credit) {
        return fail(problem(ProblemCode.FLOODING, `More than ${limits.credit} submissions are unanswered.`));
      }
      return { state: { ...state, unanswered }, effects: [{ kind: "submit", submissions }] };
    }
    case "request": {
      const questions = state.questions + 1;
      if (questions > limits.questions) {
        return fail(problem(ProblemCode.FLOODING, `More than ${limits.questions} requests are unanswered.`));
      }
      return { state: { ...state, questions }, effects: [{ kind: "answer", request: frame.value }] };
    }
    case "marks": {
      const marks = takeToken(limits.marks, state.marks ?? fullBucket(limits.marks, state.heardAt), state.heardAt);
      if (marks === undefined) return fail(problem(ProblemCode.FLOODING, "Too many frames of marks in a short time."));
      return { state: { ...state, marks }, effects: [{ kind: "mark", updates: frame.value.updates }] };
    }
    case "drafts": {
      const drafts = takeToken(limits.drafts, state.drafts ?? fullBucket(limits.drafts, state.heardAt), state.heardAt);
      if (drafts === undefined) {
        return fail(problem(ProblemCode.FLOODING, "Too many frames of drafts in a short time."));
      }
      return { state: { ...state, drafts }, effects: [{ kind: "draft", updates: frame.value.updates }] };
    }
    case "typing":
      return { state, effects: [{ kind: "type", update: frame.value }] };
    default:
      return { state, effects: [] };
  }
}

function greeted(limits: ConnectionLimits, state: Extract<Alive, { kind: "greeting" }>, now: number): Step {
  let current: ConnectionState = {
    kind: "online",
    unanswered: 0,
    questions: 0,
    marks: undefined,
    drafts: undefined,
    heardAt: state.heardAt,
    allowance: state.allowance,
  };
  const effects: ConnectionEffect[] = [];
  for (const frame of state.held) {
    if (current.kind !== "online") break;
    const next: Step = accepted(limits, { ...current, heardAt: now }, frame);
    current = next.state;
    effects.push(...next.effects);
  }
  return { state: current, effects };
}

function checked(limits: ConnectionLimits, state: Alive, now: number): Step {
  const patience = state.kind === "awaiting-hello" ? limits.helloWithinMs : 2 * limits.heartbeatMs;
  if (now - state.heardAt <= patience) return { state, effects: [] };
  return fail(problem(ProblemCode.SILENT, `Nothing was heard for ${patience} ms.`));
}

function fail(why: Problem): Step {
  return { state: { kind: "closed" }, effects: [{ kind: "fail", problem: why }, { kind: "forget" }] };
}
