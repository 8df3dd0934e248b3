import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Answer, AnswersSchema, type Submit, SubmitSchema } from "@parley/protocol";
import {
  AttemptLimiter,
  type Connections,
  type Doorkeeper,
  PollRoutes,
  Polls,
  type PollsPorts,
} from "@parley/server/parts";
import type { Mutant } from "../mutants/mutant.ts";
import { overriding } from "../mutants/overriding.ts";
import { mutatedPolls } from "../mutants/polling-mutants.ts";
import { BrokenOff, type Exchange } from "../network/exchange.ts";
import type { PollStreams } from "../oracle/poll-streams.ts";
import type { Person } from "../person.ts";
import type { Process } from "../time/process.ts";
import { deviceOf, sessionOf } from "./session-of.ts";
import { type WatchedSocketParts, watchedSocket } from "./watched-socket.ts";

const SUBMIT_PATH = "/parley.v1.ConversationService/SubmitCommands";

export interface HttpFrontParts extends WatchedSocketParts {
  readonly process: Process;
  readonly clock: { now(): number; elapsed(): number; after(ms: number, task: () => void): () => void };
  readonly doorkeeper: Doorkeeper;
  readonly connections: Connections;
  readonly streams: PollStreams;
  readonly personOf: (device: string) => Person;
  readonly mintId: () => string;
  /** How long it takes to look a session up. */
  readonly lookUpMs: () => number;
  /** Commands of a device; undefined if they were not judged. */
  readonly submit: (submit: Submit, device: string) => Promise<readonly Answer[] | undefined>;
  readonly mutant: Mutant | undefined;
}

/** What one life of the server answers to requests: its real routes of polling, and commands that a flush submits. */
export class HttpFront {
  /** From now on no poll is opened. */
  draining = false;
  readonly #parts: HttpFrontParts;
  readonly #routes: PollRoutes;
  /** Whose answers are not given yet. */
  readonly #open = new Set<Exchange>();

  constructor(parts: HttpFrontParts) {
    const { clock, doorkeeper, mutant } = parts;
    this.#parts = parts;
    this.#routes = new PollRoutes({
      accounts: { signedIn: (credentials) => this.#signedIn(credentials) },
      calls: new AttemptLimiter({ burst: 1, refillMs: 1 }, clock),
      clock,
      doorkeeper,
      polls: mutatedPolls(mutant, this.#polls()),
    });
  }

  /** Takes a request of a device. */
  take(exchange: Exchange): void {
    const { process } = this.#parts;
    const request = exchange.accept(process);
    this.#open.add(exchange);
    process.after(0, async () => {
      const response = await this.#answer(exchange, request);
      this.#open.delete(exchange);
      if (!process.dead) await exchange.respond(response);
    });
  }

  /** @param told whether who waits for an answer hears that there will be none */
  die(told: boolean): void {
    for (const exchange of this.#open) exchange.break({ client: told, server: false });
  }

  async #answer({ asked: { device, path } }: Exchange, request: Request): Promise<Response> {
    const { trace, submit } = this.#parts;
    if (path === SUBMIT_PATH) {
      const answers = await submit(fromBinary(SubmitSchema, new Uint8Array(await request.arrayBuffer())), device);
      return answers === undefined ? unavailable() : answered(answers);
    }
    const caller = { address: device, ownPage: true };
    try {
      const response = await this.#routes.handle(path, request, caller, this.draining);
      if (response === undefined) throw new Error(`nothing answers at ${path}`);
      trace.add(`${response.status} to ${device} at ${path}`);
      return response;
    } catch (error) {
      // A body that broke off, as servers find it.
      if (!(error instanceof BrokenOff)) throw error;
      return new Response(null, { status: 500 });
    }
  }

  #polls(): Polls {
    const { connections, clock, coverage, mintId, personOf, streams } = this.#parts;
    const open: PollsPorts["connections"]["open"] = (poll, visitor) => {
      coverage.add("poll opened");
      const device = deviceOf(visitor.session);
      const noted = overriding(poll, {
        send: (frame) => {
          if (!poll.ended) streams.given(poll.id, frame);
          return poll.send(frame);
        },
        close: (code) => {
          streams.ended(poll.id);
          poll.close(code);
        },
      });
      const socket = watchedSocket(noted, device, personOf(device).account, this.#parts);
      const connection = connections.open(socket, visitor);
      return overriding(connection, {
        receive: (frame) => {
          streams.taken(poll.id, frame);
          connection.receive(frame);
        },
      });
    };
    return new Polls({ clock, mintId, connections: { open } });
  }

  async #signedIn(credentials: Headers) {
    const { process, lookUpMs, personOf } = this.#parts;
    await process.sleep(lookUpMs());
    const device = credentials.get("authorization")?.replace("Bearer ", "") ?? "";
    const { account, userName, displayName } = personOf(device);
    return { account, session: sessionOf(device), userName, firstDisplayName: displayName };
  }
}

function answered(answers: readonly Answer[]): Response {
  const bytes = toBinary(AnswersSchema, create(AnswersSchema, { answers: [...answers] }));
  return new Response(new Uint8Array(bytes), { headers: { "content-type": "application/proto" } });
}

function unavailable(): Response {
  const headers = { "content-type": "application/json" };
  return new Response(JSON.stringify({ code: "unavailable" }), { status: 503, headers });
}
