import type { Encoding } from "@parley/protocol";
import type { Clock } from "../ports/clock.ts";
import type { Network } from "../ports/network.ts";
import type { Random } from "../ports/random.ts";
import type { Socket, SocketClosed, SocketHandlers, Transport } from "../ports/transport.ts";
import {
  type Choice,
  type ChoiceEffect,
  type ChoiceEvent,
  type ChoiceTimer,
  choiceAtRest,
  stepChoice,
  type Way,
} from "./choice.ts";
import { SocketTrial } from "./socket-trial.ts";

export interface ChoosingPorts {
  readonly socket: Transport;
  readonly polling: Transport;
  /** Of both. */
  readonly encoding: Encoding;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly memory: ChoiceMemory;
}

/** Keeps for the next start until when, in milliseconds since 1970, sockets are held to be blocked; 0 if they are not. */
export interface ChoiceMemory {
  recall(): number;
  keep(blockedUntil: number): void;
}

const BROKEN = 1006;
const NORMAL = 1000;

/** Reaches the server by a WebSocket, and by polling where these are blocked (`choice.ts`). One connection at a time. */
export class ChoosingTransport implements Transport {
  readonly #ports: ChoosingPorts;
  readonly #timers = new Map<ChoiceTimer, () => void>();
  /** Which attempt of a way counts: what comes from one that was given up says nothing any more. */
  readonly #current = new Map<Way | "trial", symbol>();
  readonly #sockets = new Map<Way, Socket>();
  readonly #events: ChoiceEvent[] = [];
  #state: Choice = choiceAtRest(0);
  #recalled = false;
  #stepping = false;
  #trial: SocketTrial | undefined;
  #connection: { readonly handlers: SocketHandlers; readonly stopListening: () => void } | undefined;
  /** The way in use; undefined while there is none. */
  #way: Way | undefined;
  #why: SocketClosed = { code: BROKEN };

  constructor(ports: ChoosingPorts) {
    this.#ports = ports;
  }

  connect(handlers: SocketHandlers): Socket {
    this.#connection?.stopListening();
    const stopListening = this.#ports.network.onReturn(() => this.#happened({ kind: "network-changed" }));
    const connection = { handlers, stopListening };
    this.#connection = connection;
    if (!this.#recalled) this.#state = choiceAtRest(this.#ports.memory.recall());
    this.#recalled = true;
    this.#why = { code: BROKEN };
    this.#happened({ kind: "connect" });
    return {
      encoding: this.#ports.encoding,
      send: (frame) => {
        if (this.#connection === connection && this.#way !== undefined) this.#sockets.get(this.#way)?.send(frame);
      },
      close: () => {
        if (this.#connection !== connection) return;
        this.#leave();
        this.#happened({ kind: "close" });
      },
    };
  }

  /** One after the other: what happens while an effect is carried out comes after it. */
  #happened(event: ChoiceEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#step(next);
    this.#stepping = false;
  }

  #step(event: ChoiceEvent): void {
    const moment = { now: this.#ports.clock.now(), fraction: this.#ports.random.fraction() };
    const { state, effects } = stepChoice(this.#state, event, moment);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: ChoiceEffect): void {
    switch (effect.kind) {
      case "begin":
        this.#begin(effect.way);
        break;
      case "drop":
        this.#drop(effect.way);
        break;
      case "tell-opened":
        this.#way = effect.way;
        this.#connection?.handlers.opened(effect.way);
        break;
      case "tell-closed":
        this.#leave()?.closed(this.#why);
        break;
      case "tell-moved":
        this.#leave()?.closed({ code: NORMAL, moved: true });
        break;
      case "begin-trial":
        this.#beginTrial();
        break;
      case "drop-trial":
        this.#dropTrial();
        break;
      case "adopt-trial":
        this.#adoptTrial();
        break;
      case "timer":
        this.#cancel(effect.timer);
        this.#timers.set(effect.timer, this.#after(effect.timer, effect.delayMs));
        break;
      case "cancel":
        this.#cancel(effect.timer);
        break;
      case "remember":
        this.#ports.memory.keep(effect.blockedUntil);
        break;
    }
  }

  #begin(way: Way): void {
    const transport = way === "socket" ? this.#ports.socket : this.#ports.polling;
    this.#sockets.set(way, transport.connect(this.#handlersOf(way)));
  }

  #handlersOf(way: Way): SocketHandlers {
    const isCurrent = this.#asCurrent(way);
    return {
      opened: () => {
        if (isCurrent()) this.#happened({ kind: "opened", way });
      },
      received: (frame) => {
        if (!isCurrent() || this.#way !== way) return;
        if (this.#state.kind === "by-socket" && !this.#state.heard) this.#happened({ kind: "heard" });
        this.#connection?.handlers.received(frame);
      },
      closed: (why) => {
        if (!isCurrent()) return;
        // Of two ways that failed, the one that can tell more is told.
        if (why.code !== BROKEN || why.fault !== undefined || why.retryAfterMs !== undefined) this.#why = why;
        this.#happened({ kind: "closed", way });
      },
    };
  }

  #drop(way: Way): void {
    this.#current.delete(way);
    if (this.#way === way) this.#way = undefined;
    this.#sockets.get(way)?.close();
    this.#sockets.delete(way);
  }

  #beginTrial(): void {
    const isCurrent = this.#asCurrent("trial");
    this.#trial = new SocketTrial(this.#ports.socket, this.#ports.clock, (worked) => {
      if (isCurrent()) this.#happened({ kind: worked ? "trial-worked" : "trial-failed" });
    });
  }

  #dropTrial(): void {
    this.#current.delete("trial");
    this.#trial?.socket.close();
    this.#trial = undefined;
  }

  #adoptTrial(): void {
    this.#current.delete("trial");
    const socket = this.#trial?.handOver(this.#handlersOf("socket"));
    this.#trial = undefined;
    if (socket !== undefined) this.#sockets.set("socket", socket);
  }

  #asCurrent(attempt: Way | "trial"): () => boolean {
    const token = Symbol(attempt);
    this.#current.set(attempt, token);
    return () => this.#current.get(attempt) === token;
  }

  /** From now on nobody is told anything. */
  #leave(): SocketHandlers | undefined {
    const connection = this.#connection;
    connection?.stopListening();
    this.#connection = undefined;
    this.#way = undefined;
    return connection?.handlers;
  }

  #after(timer: ChoiceTimer, delayMs: number): () => void {
    return this.#ports.clock.after(delayMs, () => this.#happened({ kind: "timer", timer }));
  }

  #cancel(timer: ChoiceTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}
