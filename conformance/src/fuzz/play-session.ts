import { fromBinary, fromJsonString } from "@bufbuild/protobuf";
import { ProblemCode } from "@parley/protocol";
import { faultOfFailure } from "../hostile/http-failure.ts";
import { unknownFieldIn } from "../hostile/unknown-field.ts";
import { AttackerSocket } from "../hostile/wire/attacker-socket.ts";
import { HttpConnection } from "../hostile/wire/http-connection.ts";
import type { HttpResponse } from "../hostile/wire/http-response.ts";
import { opcodes } from "../hostile/wire/web-socket-frame.ts";
import type { Witness } from "../hostile/witness.ts";
import { fuzzedMethods } from "./plan-call.ts";
import type { SessionPlan, Step } from "./session-plan.ts";

/** As long as a server gives a device to say Hello: what takes longer is a stall. */
const PATIENCE_MS = 10_000;
const PROBE = 0xfeed_0000;
/** Codes of those who may come again after a while. */
const LATER = new Set([ProblemCode.RATE_LIMITED, ProblemCode.FLOODING, ProblemCode.UNAVAILABLE]);
const MOST_WAITS = 20;
/** After so many steps the socket must answer a Ping, or have ended. */
const STEPS_PER_PROBE = 4;

export interface SessionSettings {
  readonly url: string;
  readonly witness: Witness;
  readonly token: string;
}

/** Sends a session and watches what comes back. What is wrong is told to the witness. */
export async function playSession(plan: SessionPlan, settings: SessionSettings): Promise<void> {
  const player = new SessionPlayer(plan, settings);
  try {
    for (const [index, step] of plan.steps.entries()) {
      await player.perform(step);
      if (index % STEPS_PER_PROBE === STEPS_PER_PROBE - 1) await player.probe();
    }
    await player.probe();
  } finally {
    player.close();
  }
}

class SessionPlayer {
  readonly #plan: SessionPlan;
  readonly #settings: SessionSettings;
  #socket: AttackerSocket | undefined;
  #device = 0;
  #probes = 0;
  #waits = 0;

  constructor(plan: SessionPlan, settings: SessionSettings) {
    this.#plan = plan;
    this.#settings = settings;
  }

  async perform(step: Step): Promise<void> {
    if (step.kind === "call") return this.#call(step);
    const socket = await this.#online();
    if (socket === undefined) return;
    if (step.kind === "bytes") socket.tcp.send(step.data);
    else sendInPieces(socket, step);
  }

  /** The socket answers a Ping, or the server has ended it. */
  async probe(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.over) return;
    const nonce = PROBE + ++this.#probes;
    socket.send({ case: "ping", value: { nonce } });
    const answered = await socket.find((frame) => frame.case === "pong" && frame.value.nonce === nonce, PATIENCE_MS);
    if (answered !== undefined || socket.over) return;
    // A frame that says it is longer than it was swallows what follows: then the server waits for the rest of it, and rightly so.
    const torn = this.#plan.steps.some((step) => step.kind === "bytes");
    if (!torn) this.#settings.witness.fault(`Neither a Pong nor an end within ${PATIENCE_MS} ms.`);
    socket.close();
    await socket.ended;
  }

  close(): void {
    this.#socket?.close();
  }

  /** A socket with its Welcome; undefined when every device of the session was closed. */
  async #online(): Promise<AttackerSocket | undefined> {
    const { url, witness, token } = this.#settings;
    const { encoding, hellos } = this.#plan;
    while (this.#socket === undefined || this.#socket.over) {
      const hello = hellos[this.#device];
      if (hello === undefined) return undefined;
      const socket = await AttackerSocket.open(url, witness, token, { encoding });
      this.#socket = socket;
      socket.sendMessage(hello);
      const first = await socket.find((frame) => frame.case !== "pong", PATIENCE_MS);
      if (first?.case === "welcome") return socket;
      await this.#turnedAway(socket, first);
    }
    return this.#socket;
  }

  /** Closed devices make room for the next one; who connects too often, or at a bad time, waits. */
  async #turnedAway(socket: AttackerSocket, first: AttackerSocket["frames"][number] | undefined): Promise<void> {
    const { witness } = this.#settings;
    const code = first?.case === "goodbye" || first?.case === "problem" ? first.value.code : undefined;
    socket.close();
    await socket.ended;
    if (code === ProblemCode.DEVICE_CLOSED) this.#device++;
    else if (code !== undefined && LATER.has(code) && this.#waits++ < MOST_WAITS) {
      const retryAfterMs = first?.case === "problem" || first?.case === "goodbye" ? first.value.retryAfterMs : 0;
      await Bun.sleep(Math.max(50, retryAfterMs));
    } else {
      witness.fault(`A right Hello was not answered with Welcome but with ${first?.case} ${ProblemCode[code ?? 0]}.`);
      this.#device = this.#plan.hellos.length;
    }
  }

  async #call(step: Extract<Step, { kind: "call" }>): Promise<void> {
    const { url, witness, token } = this.#settings;
    const connection = await HttpConnection.open(url, (bytes) => witness.sawBytes(bytes));
    const type = step.headers.some((line) => line.startsWith("Content-Type"))
      ? []
      : [`Content-Type: application/${step.encoding}`];
    const length = `Content-Length: ${step.body.length}`;
    const lines = [`Host: ${new URL(url).host}`, `Authorization: Bearer ${token}`, ...type, length, ...step.headers];
    connection.send(`POST /parley.v1.${step.method} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    connection.send(step.body);
    const response = await connection.next(PATIENCE_MS);
    connection.close();
    const fault = response === undefined ? `No answer within ${PATIENCE_MS} ms.` : faultOfResponse(step, response);
    if (fault !== undefined) witness.fault(`${step.method}: ${fault}`);
  }
}

function sendInPieces(socket: AttackerSocket, { data, cuts }: Extract<Step, { kind: "message" }>): void {
  const text = typeof data === "string";
  const payload = text ? new TextEncoder().encode(data) : data;
  const ends = [...cuts, payload.length];
  for (const [index, end] of ends.entries()) {
    const opcode = index > 0 ? opcodes.continuation : text ? opcodes.text : opcodes.binary;
    const piece = payload.subarray(ends[index - 1] ?? 0, end);
    socket.sendFrame({ opcode, payload: piece, final: index === ends.length - 1 });
  }
}

/** A call is answered with a message of its method, or with a typed error; or refused by its Origin. */
function faultOfResponse(step: Extract<Step, { kind: "call" }>, response: HttpResponse): string | undefined {
  if (response.status === 403) return undefined;
  if (response.status !== 200) return faultOfFailure(response);
  const method = fuzzedMethods.find(({ name, parent }) => step.method === `${parent.name}/${name}`);
  if (method === undefined) return "There is no such method.";
  const json = response.headers.get("content-type")?.includes("json") === true;
  try {
    const answer = json
      ? fromJsonString(method.output, new TextDecoder("utf-8", { fatal: true }).decode(response.body))
      : fromBinary(method.output, response.body);
    const unknown = unknownFieldIn(method.output, answer);
    return unknown === undefined ? undefined : `It has a field that the schema lacks, in ${unknown}.`;
  } catch (error) {
    return `It is no ${method.output.name}: ${String(error)}`;
  }
}
