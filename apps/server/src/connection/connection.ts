import { create } from "@bufbuild/protobuf";
import {
  type Answer,
  AnswersSchema,
  type ClientFrame,
  closeCodeOf,
  type DraftUpdate,
  decodeClientFrame,
  type EncodedFrame,
  encodeServerFrame,
  type Hello,
  type MarkUpdate,
  type Problem,
  ProblemCode,
  limits as protocolLimits,
  type Request,
  type ServerFrame,
  ServerFrameSchema,
  type Submission,
} from "@parley/protocol";
import type { Device } from "../hub/device.ts";
import type { Hub } from "../hub/hub.ts";
import { resetFor } from "../hub/registers.ts";
import type { LogReader } from "../log/log-reader.ts";
import { isFull } from "../store/store-error.ts";
import type { AccountAllowance } from "./account-allowance.ts";
import { answerRequest } from "./answer-request.ts";
import type { Clock } from "./clock.ts";
import type { ConnectionLimits } from "./connection-limits.ts";
import {
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionState,
  openedState,
  step,
} from "./connection-state.ts";
import { problem, tooLarge } from "./problem.ts";
import type { Socket } from "./socket.ts";
import type { Submitter } from "./submitter.ts";
import type { Visitor } from "./visitor.ts";

export interface ConnectionPorts {
  readonly reader: LogReader;
  readonly submitter: Submitter;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
}

/** Who keeps the connections of a node: one for all of them, for there are many and each must stay small. */
export interface Keeper {
  /** Resolves when it is an account's turn to have something read or written. */
  turn(account: string): Promise<void>;
  /** A connection has ended. */
  forget(connection: Connection): void;
}

/** Drives the state machine of one socket: feeds it what happens and does what follows. */
export class Connection {
  readonly visitor: Visitor;
  /** What it shares with the others of its account. */
  readonly allowance: AccountAllowance;
  readonly #ports: ConnectionPorts;
  readonly #socket: Socket;
  readonly #keeper: Keeper;
  #state: ConnectionState;
  #device: Device | undefined;

  constructor(ports: ConnectionPorts, socket: Socket, visitor: Visitor, allowance: AccountAllowance, keeper: Keeper) {
    this.visitor = visitor;
    this.allowance = allowance;
    this.#ports = ports;
    this.#socket = socket;
    this.#keeper = keeper;
    this.#state = openedState(ports.limits, ports.clock.elapsed());
  }

  /** A message of the socket. */
  receive(message: EncodedFrame): void {
    // What still comes after the end is not even read.
    if (this.#state.kind === "closed") return;
    if (message.length > protocolLimits.frameBytes) {
      this.#input({ kind: "failed", problem: tooLarge(`A frame has more than ${protocolLimits.frameBytes} bytes.`) });
      return;
    }
    // Before it is read: what cannot be read costs as much.
    if (!this.allowance.takeBytes(message.length, this.#ports.clock.elapsed())) {
      const why = problem(ProblemCode.FLOODING, "The devices of this account send too many bytes in a short time.");
      this.#input({ kind: "failed", problem: why });
      return;
    }
    const frame: ClientFrame | undefined = decodeClientFrame(this.#socket.encoding, message);
    this.#input({ kind: "received", frame });
  }

  /** Ends the connection with a Problem before its device is known. */
  refuse(why: Problem): void {
    this.#input({ kind: "failed", problem: why });
  }

  /** The socket is gone. */
  lost(): void {
    this.#input({ kind: "lost" });
  }

  /** Ends the connection with a Goodbye. */
  dismiss(code: ProblemCode, retryAfterMs: number): void {
    this.#input({ kind: "dismissed", code, retryAfterMs });
  }

  /** To be called every few seconds. */
  check(): void {
    this.#input({ kind: "checked" });
  }

  #input(input: ConnectionInput): void {
    const { state, effects } = step(this.#ports.limits, this.#state, input, this.#ports.clock.elapsed());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case "greet":
        this.#attempt(this.#greet(effect.hello));
        break;
      case "submit":
        this.#attempt(this.#submit(effect.submissions));
        break;
      case "answer":
        this.#attempt(this.#answer(effect.request));
        break;
      case "mark":
        this.#attempt(this.#markAll(effect.updates));
        break;
      case "draft":
        this.#attempt(this.#draftAll(effect.updates));
        break;
      case "type":
        if (this.#device !== undefined) this.#ports.hub.type(this.#device, effect.update);
        break;
      case "pong":
        this.#send({ case: "pong", value: effect.pong });
        break;
      case "fail":
        this.#send({ case: "problem", value: effect.problem });
        this.#socket.close(closeCodeOf(effect.problem.code), ProblemCode[effect.problem.code]);
        break;
      case "part":
        this.#send({ case: "goodbye", value: effect.goodbye });
        this.#socket.close(closeCodeOf(effect.goodbye.code), ProblemCode[effect.goodbye.code]);
        break;
      case "forget":
        if (this.#device !== undefined) this.#ports.hub.leave(this.#device);
        this.#keeper.forget(this);
        break;
    }
  }

  /** What cannot be done because the store is in trouble ends the connection; the device comes back and resumes. */
  #attempt(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (this.#state.kind === "closed") return;
      console.error("A connection was closed because of an error:", error);
      const why = problem(ProblemCode.UNAVAILABLE, "The server could not do that now.", 1_000);
      this.#input({ kind: "failed", problem: why });
    });
  }

  async #greet(hello: Hello): Promise<void> {
    const { hub } = this.#ports;
    const { account } = this.visitor;
    if (hello.account !== "" && hello.account !== account)
      return this.refuse(problem(ProblemCode.UNAUTHENTICATED, "This session is another account's."));
    // No closure made here may outlive this: it would keep the Hello as long.
    this.#device = hub.device(hello.device, this.visitor, this.#socket, this);
    const welcomed = await hub.greet(this.#device, hello);
    if (welcomed) this.#input({ kind: "greeted" });
    else this.dismiss(ProblemCode.DEVICE_CLOSED, 0);
  }

  async #submit(submissions: readonly Submission[]): Promise<void> {
    const { account } = this.visitor;
    const device = this.#device?.id;
    const answers = await this.#ports.submitter.submit(
      submissions.flatMap(({ order, command }) => (order === undefined ? [] : [{ account, device, order, command }])),
    );
    this.allowance.giveBack(bytesOfVerdicts(submissions, answers), this.#ports.clock.elapsed());
    this.#send({ case: "answers", value: create(AnswersSchema, { answers: [...answers] }) });
    this.#input({ kind: "answered", count: submissions.length });
  }

  async #answer(request: Request): Promise<void> {
    await this.#keeper.turn(this.visitor.account);
    if (this.#state.kind === "closed") return;
    const { clock, reader } = this.#ports;
    const lookUpAfterMs = () => this.allowance.lookUp(clock.elapsed());
    const response = await answerRequest({ reader, clock, lookUpAfterMs }, this.visitor.account, request);
    const { answer } = response;
    if (answer.case === "reset" && this.#device !== undefined)
      answer.value = resetFor(this.#device.person, answer.value);
    this.#send({ case: "response", value: response });
    this.#input({ kind: "responded" });
  }

  async #markAll(updates: readonly MarkUpdate[]): Promise<void> {
    await this.#keeper.turn(this.visitor.account);
    await Promise.all(updates.map((update) => this.#mark(update)));
  }

  async #mark(update: MarkUpdate): Promise<void> {
    try {
      await this.#ports.hub.mark(this.visitor.account, update, this.#device);
    } catch (error) {
      // A device repeats a mark until it is answered; one that cannot be stored now is no reason to part.
      if (!isFull(error)) throw error;
    }
  }

  async #draftAll(updates: readonly DraftUpdate[]): Promise<void> {
    const device = this.#device;
    await this.#keeper.turn(this.visitor.account);
    if (device === undefined || this.#state.kind === "closed") return;
    try {
      await Promise.all(updates.map((update) => this.#ports.hub.draft(device, update)));
    } catch (error) {
      // A device keeps a draft until it is answered; one that cannot be stored now is no reason to part.
      if (!isFull(error)) throw error;
    }
  }

  #send(frame: ServerFrame["frame"]): void {
    this.#socket.send(encodeServerFrame(this.#socket.encoding, create(ServerFrameSchema, { frame })));
  }
}

/** Commands without an id have no verdict that is kept: they are counted by nobody else. */
function bytesOfVerdicts(submissions: readonly Submission[], answers: readonly Answer[]): number {
  return submissions.reduce((sum, { command }, index) => {
    const answer = answers[index];
    return answer?.outcome.case === "verdict" && answer.id !== "" ? sum + command.length : sum;
  }, 0);
}
