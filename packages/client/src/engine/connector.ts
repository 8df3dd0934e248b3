import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { decodeServerFrame, type EncodedFrame, HelloSchema, type ServerFrame } from "@parley/protocol";
import type { ConnectionView } from "../api/connection-view.ts";
import { connectionAtRest, stepConnection } from "../core/connection.ts";
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionTimer,
  hasSocket,
  isConnected,
} from "../core/connection-state.ts";
import type { Task } from "./actor.ts";
import type { Batch } from "./batch.ts";
import type { EngineConfig } from "./engine-config.ts";
import type { Wire } from "./wire.ts";

export interface ConnectorHooks {
  push(task: Task): void;
  hello(): MessageInitShape<typeof HelloSchema>;
  frame(frame: ServerFrame, batch: Batch): Promise<void>;
  /** What was under way on the socket is lost. */
  lost(batch: Batch): void;
  /** Find out whether the local store is still ours. */
  checkOwner(batch: Batch): void;
}

/** Drives the connection: one socket, its timers, and what comes over it. */
export class Connector {
  readonly #config: EngineConfig;
  readonly #wire: Wire;
  readonly #hooks: ConnectorHooks;
  readonly #timers = new Map<ConnectionTimer, () => void>();
  #state: ConnectionState = connectionAtRest;
  /** The socket of the moment. */
  #session: symbol | undefined;

  constructor(config: EngineConfig, wire: Wire, hooks: ConnectorHooks) {
    this.#config = config;
    this.#wire = wire;
    this.#hooks = hooks;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  step(event: ConnectionEvent, batch: Batch): void {
    for (const effect of this.#transition(event, batch)) {
      if (effect.kind === "check-owner") this.#hooks.checkOwner(batch);
      else batch.after(() => this.#execute(effect));
    }
  }

  /** Ends everything at once, without a commit: the local store is not ours any more, or no more. */
  abandon(why: "superseded" | "store-failed", batch: Batch): void {
    for (const effect of this.#transition({ kind: "stop", why }, batch)) this.#execute(effect);
  }

  view(): ConnectionView {
    const state = this.#state;
    switch (state.kind) {
      case "idle":
        return { kind: "starting" };
      case "connecting":
      case "greeting":
        return { kind: "connecting" };
      case "syncing":
      case "online":
        return { kind: state.kind };
      case "waiting":
        // Where something answers there is a network, whatever the device says.
        if (state.why === "unreachable" && !this.#config.network.online()) return { kind: "offline" };
        return { kind: "waiting", retryAt: state.retryTime, why: state.why };
      case "stopped":
        return state.why === "stopped" ? { kind: "offline" } : { kind: state.why };
    }
  }

  #transition(event: ConnectionEvent, batch: Batch): readonly ConnectionEffect[] {
    const { clock, random } = this.#config;
    const moment = { now: clock.now(), elapsed: clock.elapsed(), fraction: random.fraction() };
    const { state, effects } = stepConnection(this.#state, event, moment);
    const wasConnected = isConnected(this.#state);
    this.#state = state;
    this.#wire.ready = isConnected(state);
    if (wasConnected && !this.#wire.ready) this.#hooks.lost(batch);
    return effects;
  }

  #execute(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case "open":
        this.#open();
        break;
      case "close":
        this.#close();
        break;
      case "hello":
        this.#wire.send({ case: "hello", value: create(HelloSchema, this.#hooks.hello()) });
        break;
      case "ping":
        this.#wire.send({ case: "ping", value: { nonce: effect.nonce } });
        break;
      case "timer":
        this.#setTimer(effect.timer, effect.delayMs);
        break;
      case "cancel":
        this.#cancelTimer(effect.timer);
        break;
      case "check-owner":
        break;
    }
  }

  #open(): void {
    const session = Symbol("session");
    this.#session = session;
    this.#wire.socket = this.#config.transport.connect({
      opened: () => this.#from(session, (batch) => this.step({ kind: "opened" }, batch)),
      received: (encoded) => this.#from(session, (batch) => this.#received(encoded, batch)),
      closed: (why) => this.#from(session, (batch) => this.step({ kind: "closed", ...why }, batch)),
    });
  }

  /** What comes from a socket that was given up says nothing any more. */
  #from(session: symbol, run: (batch: Batch) => Promise<void> | void): void {
    this.#hooks.push({ run: (batch) => (this.#session === session ? run(batch) : undefined) });
  }

  #received(encoded: EncodedFrame, batch: Batch): Promise<void> | void {
    const { socket } = this.#wire;
    if (socket === undefined || !hasSocket(this.#state)) return;
    const frame = decodeServerFrame(socket.encoding, encoded);
    if (frame === undefined) return this.step({ kind: "broken" }, batch);
    return this.#hooks.frame(frame, batch);
  }

  #close(): void {
    const { socket } = this.#wire;
    this.#wire.socket = undefined;
    this.#session = undefined;
    socket?.close();
  }

  #setTimer(timer: ConnectionTimer, delayMs: number): void {
    this.#cancelTimer(timer);
    const ring = (): void => this.#hooks.push({ run: (batch) => this.step({ kind: "timer", timer }, batch) });
    this.#timers.set(timer, this.#config.clock.after(delayMs, ring));
  }

  #cancelTimer(timer: ConnectionTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}
