import { create } from "@bufbuild/protobuf";
import {
  type EncodedFrame,
  encodeServerFrame,
  type Presence,
  ProblemCode,
  type ServerFrame,
  ServerFrameSchema,
  SignalsSchema,
  type Typing,
} from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Socket } from "../connection/socket.ts";
import type { Visitor } from "../connection/visitor.ts";
import { Outlet } from "./outlet.ts";
import type { Person } from "./person.ts";
import { framesOfRegisters, type Register, withoutReads } from "./registers.ts";

export type Signal = Typing | Presence;

/** The connection of a device, from its hub's side. */
export interface Dismissable {
  /** Ends it with a Goodbye. */
  dismiss(code: ProblemCode, retryAfterMs: number): void;
}

/** While this many bytes wait for a device, what can wait does. */
const CLEAR_BELOW_BYTES = 64 * 1024;

/** A device that is connected to this node. Most are idle: what only busy ones need is made when they do. */
export class Device {
  readonly id: string;
  readonly person: Person;
  readonly session: string;
  readonly socket: Socket;
  /** How many arrivals there had been when it was told who is there; undefined before that. */
  introducedAt: number | undefined;
  readonly #clock: Clock;
  readonly #connection: Dismissable;
  #registers: Outlet<Register> | undefined;
  #signals: Outlet<Signal> | undefined;
  #gone = false;

  constructor(id: string, person: Person, visitor: Visitor, socket: Socket, clock: Clock, connection: Dismissable) {
    this.id = id;
    this.person = person;
    this.session = visitor.session;
    this.socket = socket;
    this.#clock = clock;
    this.#connection = connection;
  }

  get account(): string {
    return this.person.account;
  }

  get registers(): Outlet<Register> {
    this.#registers ??= new Outlet(this.#clock, this, (values) => {
      // What may be told is decided when it leaves: while it waited, the person may have begun to hide what they read.
      const told = this.person.blind ? values.map(withoutReads) : values;
      for (const value of framesOfRegisters(told)) this.send({ case: "registers", value });
    });
    return this.#registers;
  }

  get signals(): Outlet<Signal> {
    this.#signals ??= new Outlet(this.#clock, this, (values) =>
      this.send({ case: "signals", value: signalsOf(values, this.person.hidden) }),
    );
    return this.#signals;
  }

  /** Whether its connection has ended. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Whether it reads fast enough for things that can wait. */
  get clear(): boolean {
    return this.socket.waiting() < CLEAR_BELOW_BYTES;
  }

  send(frame: ServerFrame["frame"]): void {
    this.sendEncoded(encodeServerFrame(this.socket.encoding, create(ServerFrameSchema, { frame })));
  }

  sendEncoded(frame: EncodedFrame): void {
    if (!this.#gone && !this.socket.send(frame)) this.dismiss(ProblemCode.TOO_SLOW, 0);
  }

  dismiss(code: ProblemCode, retryAfterMs: number): void {
    if (!this.#gone) this.#connection.dismiss(code, retryAfterMs);
  }

  /** Nothing is sent to it any more. */
  leave(): void {
    this.#gone = true;
    this.#registers?.close();
    this.#signals?.close();
  }
}

/** @param hidden whether they are for somebody who hides their presence, and so is told of nobody's; while they waited that may have begun */
function signalsOf(values: readonly Signal[], hidden: boolean) {
  const signals = create(SignalsSchema);
  for (const value of values) {
    if (value.$typeName === "parley.v1.Typing") signals.typing.push(value);
    else signals.presence.push(hidden ? { ...value, online: false, lastSeen: 0 } : value);
  }
  return signals;
}
