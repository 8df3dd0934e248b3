import { fromBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  type ClientFrame,
  type Command,
  CommandSchema,
  type Event,
  type MarkUpdate,
  type MemberMark,
  type ReadState,
  type ServerFrame,
} from "@parley/protocol";
import { TypedCommands } from "@parley/simulation/oracle";
import type {
  ConnectionHistory,
  DeviceAtRest,
  DeviceHistory,
  History,
  Reading,
  Sighting,
  StoredAccount,
  Told,
} from "./history.ts";

/** Writes down what is seen of a run, as it is seen. */
export class Recorder {
  readonly #names: ReadonlyMap<string, string>;
  readonly #devices: DeviceRecorder[] = [];
  readonly #answers: Told[] = [];
  readonly #readings: Reading[] = [];
  #stored: readonly Event[] = [];
  #kept: readonly StoredAccount[] = [];
  #verdicts = 0;

  /** @param names of accounts */
  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** Verdicts that arrived so far. */
  get verdicts(): number {
    return this.#verdicts;
  }

  device(name: string, account: string): DeviceRecorder {
    const device = new DeviceRecorder(name, account, (answer) => this.tell(account, answer));
    this.#devices.push(device);
    return device;
  }

  /** An answer has reached somebody. */
  tell(account: string, answer: Answer): void {
    if (answer.outcome.case === "verdict") this.#verdicts += 1;
    this.#answers.push({ account, answer });
  }

  read(reading: Reading): void {
    this.#readings.push(reading);
  }

  store(events: readonly Event[], kept: readonly StoredAccount[]): void {
    this.#stored = events;
    this.#kept = kept;
  }

  get history(): History {
    return {
      accounts: [...this.#names.keys()],
      names: this.#names,
      devices: this.#devices,
      answers: this.#answers,
      readings: this.#readings,
      stored: this.#stored,
      kept: this.#kept,
    };
  }
}

/** What one device does and is shown. */
export class DeviceRecorder implements DeviceHistory {
  readonly name: string;
  readonly account: string;
  readonly typed = new TypedCommands();
  readonly submitted: Command[] = [];
  readonly marked: MarkUpdate[] = [];
  readonly connections: ConnectionRecorder[] = [];
  readonly sightings: Sighting[] = [];
  atRest: DeviceAtRest | undefined;
  readonly #ids = new Set<string>();
  readonly #tell: (answer: Answer) => void;

  constructor(name: string, account: string, tell: (answer: Answer) => void) {
    this.name = name;
    this.account = account;
    this.#tell = tell;
  }

  connect(): ConnectionRecorder {
    const connection = new ConnectionRecorder();
    this.connections.push(connection);
    return connection;
  }

  submit(command: Command): void {
    if (this.#ids.has(command.id)) return;
    this.#ids.add(command.id);
    this.submitted.push(command);
  }

  /** A frame leaves the device. */
  sent({ frame }: ClientFrame): void {
    if (frame.case === "submit") {
      for (const { command } of frame.value.submissions) this.submit(fromBinary(CommandSchema, command));
    }
    if (frame.case === "marks") this.marked.push(...frame.value.updates);
  }

  /** A frame has reached the device. */
  received(connection: ConnectionRecorder, { frame }: ServerFrame): void {
    switch (frame.case) {
      case "answers":
        for (const answer of frame.value.answers) this.#tell(answer);
        return;
      case "response":
        if (frame.value.answer.case !== "verdicts") return;
        for (const answer of frame.value.answer.value.answers) this.#tell(answer);
        return;
      case "event":
        if (frame.value.event !== undefined) connection.events.push(frame.value.event);
        return;
      case "registers":
        connection.readStates.push(...frame.value.readStates);
        connection.memberMarks.push(...frame.value.memberMarks);
        return;
      default:
    }
  }
}

class ConnectionRecorder implements ConnectionHistory {
  readonly events: Event[] = [];
  readonly readStates: ReadState[] = [];
  readonly memberMarks: MemberMark[] = [];
  closeCode: number | undefined;
}
