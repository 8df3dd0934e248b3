import type { Clock, EngineHandle, Socket, SocketClosed, TransportWay } from "@parley/client";
import type { EncodedFrame } from "@parley/protocol";
import {
  type ConnectionMoment,
  type InspectionLook,
  type Inspector,
  noTrouble,
  type Trouble,
} from "../../features/inspector/view-model/inspector.ts";
import { ConnectionDiary } from "./connection-diary.ts";
import { FrameRecorder } from "./frame-recorder.ts";
import type { TransportListener } from "./troubled-transport.ts";

/** Without a look for so long, nothing is recorded any more and nothing is troubled. */
const UNWATCHED_MS = 30_000;

/** The inspector where the engine runs. Costs nothing worth naming while nobody looks. */
export class Inspection implements TransportListener, Inspector {
  readonly #clock: Clock;
  readonly #frames = new FrameRecorder();
  #engine: EngineHandle | undefined;
  #diary: ConnectionDiary | undefined;
  #trouble: Trouble = noTrouble;
  #way: TransportWay | undefined;
  #watchedUntil = Number.NEGATIVE_INFINITY;
  #cancelEnd: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Before the engine starts, so that its first steps are in the diary. */
  watch(engine: EngineHandle): void {
    this.#engine = engine;
    this.#diary = new ConnectionDiary(engine.connection, () => this.#clock.now());
  }

  get trouble(): Trouble {
    return this.#trouble;
  }

  opened(way: TransportWay | undefined): void {
    this.#way = way;
    this.#diary?.opened(way);
  }

  closed(why: SocketClosed): void {
    this.#way = undefined;
    this.#diary?.closed(why);
  }

  sent(socket: Socket, frame: EncodedFrame): void {
    this.#record("sent", socket, frame);
  }

  received(socket: Socket, frame: EncodedFrame): void {
    this.#record("received", socket, frame);
  }

  async look(after: number): Promise<InspectionLook> {
    const engine = this.#watched().inspect();
    const { kind } = engine.connection;
    const way = kind === "syncing" || kind === "online" ? this.#way : undefined;
    const frames = this.#frames.since(after);
    return { frames, connections: this.#connections, engine, way, trouble: this.#trouble };
  }

  async resync(): Promise<void> {
    this.#watched().resync();
  }

  async setTrouble(trouble: Trouble): Promise<void> {
    this.#watched();
    this.#trouble = trouble;
  }

  async bundle(): Promise<string> {
    const engine = this.#watched().inspect();
    const frames = this.#frames.redacted().map(({ json, ...frame }) => ({ ...frame, frame: parsed(json) }));
    return JSON.stringify({ at: this.#clock.now(), engine, connections: this.#connections, frames }, undefined, 2);
  }

  get #connections(): readonly ConnectionMoment[] {
    return this.#diary?.moments ?? [];
  }

  #record(direction: "sent" | "received", { encoding }: Socket, frame: EncodedFrame): void {
    if (this.#clock.elapsed() > this.#watchedUntil) return;
    this.#frames.record(direction, encoding, frame, this.#clock.now());
  }

  /** Somebody looks. The tab may be gone without a word later: a connection must not stay troubled for it. */
  #watched(): EngineHandle {
    if (this.#engine === undefined) throw new Error("No engine runs here.");
    this.#watchedUntil = this.#clock.elapsed() + UNWATCHED_MS;
    this.#cancelEnd();
    this.#cancelEnd = this.#clock.after(UNWATCHED_MS, () => {
      this.#trouble = noTrouble;
      this.#frames.clear();
    });
    return this.#engine;
  }
}

/** A frame that was cut because of its length is no JSON any more, and stays text. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
