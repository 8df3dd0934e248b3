import { create } from "@bufbuild/protobuf";
import {
  type AccountEvent,
  encodeServerFrame,
  type MarkSummary,
  type MemberMark,
  type Presence,
  ProblemCode,
  type Profile,
  type ReadState,
  RegistersSchema,
  type ServerFrame,
  ServerFrameSchema,
  SignalsSchema,
  type Typing,
} from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Socket } from "../connection/socket.ts";
import type { Visitor } from "../connection/visitor.ts";
import { Outlet } from "./outlet.ts";

export type Register = ReadState | MemberMark | MarkSummary | Profile;
export type Signal = Typing | Presence;

/** What ends the connection of a device, from its hub's side. */
export type Dismiss = (code: ProblemCode, retryAfterMs: number) => void;

/** While this many bytes wait for a device, what can wait does. */
const CLEAR_BELOW_BYTES = 64 * 1024;

/** A device that is connected to this node. */
export class Device {
  readonly id: string;
  readonly account: string;
  readonly session: string;
  readonly socket: Socket;
  /** Conversations that it is subscribed to, or about to be. */
  readonly conversations = new Set<string>();
  readonly registers: Outlet<Register>;
  readonly signals: Outlet<Signal>;
  readonly #dismiss: Dismiss;
  #early: AccountEvent[] | undefined = [];
  #gone = false;

  constructor(id: string, visitor: Visitor, socket: Socket, clock: Clock, dismiss: Dismiss) {
    this.id = id;
    this.account = visitor.account;
    this.session = visitor.session;
    this.socket = socket;
    this.#dismiss = dismiss;
    const clear = () => socket.waiting() < CLEAR_BELOW_BYTES;
    this.registers = new Outlet(clock, clear, (values) => this.send({ case: "registers", value: registersOf(values) }));
    this.signals = new Outlet(clock, clear, (values) => this.send({ case: "signals", value: signalsOf(values) }));
  }

  /** Whether it has its Welcome. */
  get welcomed(): boolean {
    return this.#early === undefined;
  }

  /** Whether its connection has ended. */
  get gone(): boolean {
    return this.#gone;
  }

  send(frame: ServerFrame["frame"]): void {
    if (this.#gone) return;
    const encoded = encodeServerFrame(this.socket.encoding, create(ServerFrameSchema, { frame }));
    if (!this.socket.send(encoded)) this.dismiss(ProblemCode.TOO_SLOW, 0);
  }

  /** Account events wait for Welcome, which may cover them. */
  sendAccountEvent(event: AccountEvent): void {
    if (this.#early === undefined) this.send({ case: "accountEvent", value: event });
    else this.#early.push(event);
  }

  /**
   * To be called right after Welcome was sent.
   *
   * @param missed what the device lacks of the account log, up to `accountHead`
   */
  openUp(accountHead: number, missed: readonly AccountEvent[]): void {
    const early = (this.#early ?? []).filter((event) => event.seq > accountHead);
    this.#early = undefined;
    for (const event of [...missed, ...early]) this.send({ case: "accountEvent", value: event });
    this.registers.open();
    this.signals.open();
  }

  dismiss(code: ProblemCode, retryAfterMs: number): void {
    if (!this.#gone) this.#dismiss(code, retryAfterMs);
  }

  /** Nothing is sent to it any more. */
  leave(): void {
    this.#gone = true;
    this.registers.close();
    this.signals.close();
  }
}

function registersOf(values: readonly Register[]) {
  const registers = create(RegistersSchema);
  for (const value of values) {
    switch (value.$typeName) {
      case "parley.v1.ReadState":
        registers.readStates.push(value);
        break;
      case "parley.v1.MemberMark":
        registers.memberMarks.push(value);
        break;
      case "parley.v1.MarkSummary":
        registers.markSummaries.push(value);
        break;
      case "parley.v1.Profile":
        registers.profiles.push(value);
        break;
    }
  }
  return registers;
}

function signalsOf(values: readonly Signal[]) {
  const signals = create(SignalsSchema);
  for (const value of values) {
    if (value.$typeName === "parley.v1.Typing") signals.typing.push(value);
    else signals.presence.push(value);
  }
  return signals;
}
