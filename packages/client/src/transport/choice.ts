/**
 * How a device reaches its server: by a WebSocket, or by polling where WebSockets are blocked.
 *
 *   idle ─connect─► trying ─opened─► by-socket
 *                      │                 ▲ connect (with the socket that was tried)
 *                      └────opened─► by-polling ─trial-worked─► moving
 *
 * Pure: time comes with each event. A server that is down answers neither way, and then one request was made of each.
 */
export type Choice =
  | { readonly kind: "idle"; readonly blockedUntil: number }
  | { readonly kind: "trying"; readonly blockedUntil: number; readonly socket: Attempt; readonly polling: Attempt }
  | { readonly kind: "by-socket"; readonly blockedUntil: number; readonly heard: boolean }
  | {
      readonly kind: "by-polling";
      readonly blockedUntil: number;
      /** Trials of a socket that failed. */
      readonly trials: number;
      readonly trying: boolean;
      /** When the last one began, or the poll. */
      readonly triedAt: number;
    }
  /** A socket that works is at hand, and the poll is given up for it. */
  | { readonly kind: "moving"; readonly blockedUntil: number };

type Attempt = "none" | "opening" | "failed";
export type Way = "socket" | "polling";
export type ChoiceTimer = "patience" | "trial" | "move";

export type ChoiceEvent =
  | { readonly kind: "connect" }
  | { readonly kind: "opened"; readonly way: Way }
  | { readonly kind: "heard" }
  /** Of the way that is in use, or of an attempt. */
  | { readonly kind: "closed"; readonly way: Way }
  | { readonly kind: "timer"; readonly timer: ChoiceTimer }
  | { readonly kind: "trial-worked" }
  | { readonly kind: "trial-failed" }
  /** The device is in another network, or awake again. */
  | { readonly kind: "network-changed" }
  | { readonly kind: "close" };

export type ChoiceEffect =
  | { readonly kind: "begin"; readonly way: Way }
  | { readonly kind: "drop"; readonly way: Way }
  | { readonly kind: "tell-opened"; readonly way: Way }
  /** Whoever connected is told how the last way ended. */
  | { readonly kind: "tell-closed" }
  | { readonly kind: "tell-moved" }
  /** Opens a socket beside the poll, and asks over it for an answer. */
  | { readonly kind: "begin-trial" }
  | { readonly kind: "drop-trial" }
  /** The socket of the trial becomes the way. */
  | { readonly kind: "adopt-trial" }
  /** Replaces a timer of the same name. */
  | { readonly kind: "timer"; readonly timer: ChoiceTimer; readonly delayMs: number }
  | { readonly kind: "cancel"; readonly timer: ChoiceTimer }
  /** What was learnt, for the next start: until when sockets are held to be blocked; 0 if they are not. */
  | { readonly kind: "remember"; readonly blockedUntil: number };

export interface ChoiceStep {
  readonly state: Choice;
  readonly effects: readonly ChoiceEffect[];
}

export interface ChoiceMoment {
  /** Milliseconds since 1970: what is remembered outlives this program. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly fraction: number;
}

/**
 * A socket that is not open by then may be blocked: so a poll is open within 3 s, where one opens in half a second. A busy server takes as long only
 * when everybody comes back at once.
 */
const PATIENCE_MS = 2_500;
/** How long it is believed that sockets are blocked. */
const REMEMBERED_MS = 24 * 60 * 60 * 1_000;
/** A socket that opened and never brought a frame: so long polling is tried first. */
const SUSPECTED_MS = 60_000;
/** Pauses before sockets are tried again. The first is short: it may have been a server that was just starting. */
const TRIAL_PAUSES_MS = [2_000, 15_000, 60_000, 300_000] as const;
/** A person who comes and goes is no reason to try each time. */
const TRIALS_APART_MS = 10_000;
/** Who is told to connect again does so at once. */
const MOVE_WITHIN_MS = 5_000;

export function stepChoice(state: Choice, event: ChoiceEvent, moment: ChoiceMoment): ChoiceStep {
  switch (event.kind) {
    case "connect":
      return connect(state, moment);
    case "opened":
      return state.kind === "trying" ? opened(state, event.way, moment) : same(state);
    case "heard":
      return state.kind === "by-socket" && !state.heard ? heard(state) : same(state);
    case "closed":
      return closed(state, event.way, moment);
    case "timer":
      return timerRang(state, event.timer, moment);
    case "trial-worked":
      return state.kind === "by-polling" && state.trying ? move(state) : same(state);
    case "trial-failed":
      return trialFailed(state, moment);
    case "network-changed":
      if (state.kind !== "by-polling" || state.trying) return same(state);
      return Math.abs(moment.now - state.triedAt) < TRIALS_APART_MS ? same(state) : beginTrial(state, moment);
    case "close":
      return { state: idle(suspicion(state, moment)), effects: dropAll(state) };
  }
}

export function choiceAtRest(blockedUntil: number): Choice {
  return idle(blockedUntil);
}

type Of<Kind extends Choice["kind"]> = Extract<Choice, { readonly kind: Kind }>;

function same(state: Choice): ChoiceStep {
  return { state, effects: [] };
}

function idle(blockedUntil: number): Choice {
  return { kind: "idle", blockedUntil };
}

function connect(state: Choice, { now }: ChoiceMoment): ChoiceStep {
  const { blockedUntil } = state;
  if (state.kind === "moving") {
    return {
      state: { kind: "by-socket", blockedUntil, heard: true },
      effects: [
        { kind: "cancel", timer: "move" },
        { kind: "adopt-trial" },
        { kind: "tell-opened", way: "socket" },
        ...remembered(state, 0),
      ],
    };
  }
  // A clock that was set back must not make it for ever.
  const blocked = blockedUntil > now && blockedUntil <= now + REMEMBERED_MS;
  const way = blocked ? "polling" : "socket";
  return {
    state: {
      kind: "trying",
      blockedUntil,
      socket: blocked ? "none" : "opening",
      polling: blocked ? "opening" : "none",
    },
    effects: [...dropAll(state), { kind: "begin", way }, { kind: "timer", timer: "patience", delayMs: PATIENCE_MS }],
  };
}

function opened(state: Of<"trying">, way: Way, { now, fraction }: ChoiceMoment): ChoiceStep {
  const other = way === "socket" ? "polling" : "socket";
  const settled: readonly ChoiceEffect[] = [
    { kind: "cancel", timer: "patience" },
    ...drop(state[other] === "opening", other),
    { kind: "tell-opened", way },
  ];
  if (way === "socket") {
    return { state: { kind: "by-socket", blockedUntil: state.blockedUntil, heard: false }, effects: settled };
  }
  const blockedUntil = now + REMEMBERED_MS;
  return {
    state: { kind: "by-polling", blockedUntil, trials: 0, trying: false, triedAt: now },
    effects: [...settled, trialTimer(0, fraction), { kind: "remember", blockedUntil }],
  };
}

function heard(state: Of<"by-socket">): ChoiceStep {
  return { state: { ...state, blockedUntil: 0, heard: true }, effects: remembered(state, 0) };
}

function closed(state: Choice, way: Way, moment: ChoiceMoment): ChoiceStep {
  switch (state.kind) {
    case "trying":
      return attemptFailed(state, way);
    case "by-socket": {
      if (way !== "socket") return same(state);
      return { state: idle(suspicion(state, moment)), effects: [{ kind: "tell-closed" }] };
    }
    case "by-polling":
      if (way !== "polling") return same(state);
      return { state: idle(state.blockedUntil), effects: [...dropAll(state), { kind: "tell-closed" }] };
    case "idle":
    case "moving":
      return same(state);
  }
}

/** What to believe once a way is given up, by whichever side: something may take sockets and carry nothing. */
function suspicion(state: Choice, { now }: ChoiceMoment): number {
  return state.kind === "by-socket" && !state.heard ? now + SUSPECTED_MS : state.blockedUntil;
}

/** The other way is tried, or awaited; when both have failed the server cannot be reached. */
function attemptFailed(state: Of<"trying">, way: Way): ChoiceStep {
  if (state[way] !== "opening") return same(state);
  const other = way === "socket" ? "polling" : "socket";
  const failed = { ...state, [way]: "failed" as const };
  if (state[other] === "opening") return same(failed);
  const quiet: ChoiceEffect = { kind: "cancel", timer: "patience" };
  if (state[other] === "none") {
    return { state: { ...failed, [other]: "opening" as const }, effects: [quiet, { kind: "begin", way: other }] };
  }
  return { state: idle(state.blockedUntil), effects: [quiet, { kind: "tell-closed" }] };
}

function timerRang(state: Choice, timer: ChoiceTimer, moment: ChoiceMoment): ChoiceStep {
  if (timer === "patience") return state.kind === "trying" ? hurry(state) : same(state);
  if (timer === "trial") return state.kind === "by-polling" && !state.trying ? beginTrial(state, moment) : same(state);
  if (state.kind !== "moving") return same(state);
  return { state: idle(state.blockedUntil), effects: [{ kind: "drop-trial" }] };
}

/** What was begun hangs: whichever way opens first is taken. */
function hurry(state: Of<"trying">): ChoiceStep {
  const way = state.socket === "none" ? "socket" : "polling";
  if (state[way] !== "none") return same(state);
  return { state: { ...state, [way]: "opening" as const }, effects: [{ kind: "begin", way }] };
}

function beginTrial(state: Of<"by-polling">, { now }: ChoiceMoment): ChoiceStep {
  return {
    state: { ...state, trying: true, triedAt: now },
    effects: [{ kind: "cancel", timer: "trial" }, { kind: "begin-trial" }],
  };
}

function trialFailed(state: Choice, { fraction }: ChoiceMoment): ChoiceStep {
  if (state.kind === "moving") return { state: idle(state.blockedUntil), effects: [{ kind: "cancel", timer: "move" }] };
  if (state.kind !== "by-polling" || !state.trying) return same(state);
  const trials = state.trials + 1;
  return { state: { ...state, trying: false, trials }, effects: [trialTimer(trials, fraction)] };
}

/** Up to a half longer, so that those who were sent to polling together do not come back together. */
function trialTimer(trials: number, fraction: number): ChoiceEffect {
  const pauseMs = TRIAL_PAUSES_MS[Math.min(trials, TRIAL_PAUSES_MS.length - 1)] ?? 0;
  return { kind: "timer", timer: "trial", delayMs: pauseMs * (1 + fraction / 2) };
}

function move(state: Of<"by-polling">): ChoiceStep {
  return {
    state: { kind: "moving", blockedUntil: 0 },
    effects: [
      { kind: "drop", way: "polling" },
      { kind: "timer", timer: "move", delayMs: MOVE_WITHIN_MS },
      { kind: "tell-moved" },
      ...remembered(state, 0),
    ],
  };
}

function remembered({ blockedUntil }: Choice, next: number): readonly ChoiceEffect[] {
  return blockedUntil === next ? [] : [{ kind: "remember", blockedUntil: next }];
}

function drop(isThere: boolean, way: Way): readonly ChoiceEffect[] {
  return isThere ? [{ kind: "drop", way }] : [];
}

/** Ends everything that a state has under way. */
function dropAll(state: Choice): readonly ChoiceEffect[] {
  switch (state.kind) {
    case "idle":
      return [];
    case "trying":
      return [
        { kind: "cancel", timer: "patience" },
        ...drop(state.socket === "opening", "socket"),
        ...drop(state.polling === "opening", "polling"),
      ];
    case "by-socket":
      return [{ kind: "drop", way: "socket" }];
    case "by-polling":
      return [
        { kind: "cancel", timer: "trial" },
        { kind: "drop", way: "polling" },
        ...(state.trying ? [{ kind: "drop-trial" } as const] : []),
      ];
    case "moving":
      return [{ kind: "cancel", timer: "move" }, { kind: "drop-trial" }];
  }
}
