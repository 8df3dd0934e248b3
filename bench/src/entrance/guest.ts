import { toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema } from "@parley/protocol";
import { join, leave, post } from "@parley/rig";
import { type Device, framed, reasonToPart } from "../load/device.ts";
import { FieldReader } from "../load/field-reader.ts";
import { TEXT_CHARACTERS } from "../load/post-template.ts";
import { ANSWERS, EVENT, RESET, readAnswers, readEvent } from "../load/server-frames.ts";
import type { Told } from "./check-entrance.ts";
import { deedAt, deedOf, idOfDeed } from "./deed.ts";

/** A group, and the secret of the link by which people join it. */
export interface OpenGroup {
  readonly log: string;
  readonly secret: Uint8Array;
  /** Which one this is of those that are entered one after the other. */
  readonly number: number;
}

const reader = new FieldReader();

/** The device of a member of a group, with what it was told. */
export class Member {
  readonly device: Device;
  told: Told = { begun: undefined, events: [] };
  failure: string | undefined;

  constructor(device: Device) {
    this.device = device;
    device.link.receive = (payload) => this.receive(payload);
  }

  /** The last event that it was told. */
  get head(): number {
    return this.told.events.at(-1)?.seq ?? 0;
  }

  protected receive(payload: Uint8Array): void {
    if (payload[0] === EVENT) {
      const { seq, idAt, ordinal } = readEvent(reader, payload);
      this.told.events.push({ seq, deed: deedAt(payload, idAt), ordinal });
    } else this.failure ??= reasonToPart(payload);
  }
}

/** Somebody who joins a group by its link, writes as soon as the group is there, one message after the other, and leaves when all do. */
export class Guest extends Member {
  /** Milliseconds from sending to being acknowledged, of each step. */
  readonly took: number[] = [];
  readonly #messages: number;
  #group: OpenGroup | undefined;
  #last: string | undefined;
  #step = 0;
  #sentAt = 0;

  constructor(device: Device, messages: number) {
    super(device);
    this.#messages = messages;
  }

  /** Whether all its messages are acknowledged. */
  get hasWritten(): boolean {
    return this.took.length > this.#messages;
  }

  /** Whether it has left and was told so: of what others do after that it is told nothing. */
  get isOut(): boolean {
    const last = this.told.events.at(-1);
    const { guest, step } = deedOf(last?.deed ?? 0);
    return this.took.length === this.#messages + 2 && guest === this.device.index && step === this.#messages + 1;
  }

  join(group: OpenGroup): void {
    this.#group = group;
    this.#last = undefined;
    this.#step = 0;
    this.told = { begun: undefined, events: [] };
    this.took.length = 0;
    this.#send(group, (id) => join(group.log, group.secret, id));
  }

  leave(): void {
    const group = this.#group;
    if (group !== undefined) this.#send(group, (id) => leave(group.log, id));
  }

  protected override receive(payload: Uint8Array): void {
    if (payload[0] === RESET) {
      this.told.begun = payload.slice();
      this.#writeNext();
    } else if (payload[0] === ANSWERS) {
      readAnswers(reader, payload, {
        accepted: (idAt) => this.#accepted(deedOf(deedAt(payload, idAt)).step),
        refused: (idAt) => {
          this.failure ??= `Step ${deedOf(deedAt(payload, idAt)).step} of guest ${this.device.index} was not accepted.`;
        },
      });
    } else super.receive(payload);
  }

  #accepted(step: number): void {
    if (step !== this.took.length) this.failure ??= `Step ${step} of guest ${this.device.index} was answered twice.`;
    this.took.push(performance.now() - this.#sentAt);
    this.#writeNext();
  }

  /** The group may be there before it is said that one has joined it, and after. */
  #writeNext(): void {
    const group = this.#group;
    const waits = this.took.length < this.#step || this.told.begun === undefined;
    if (group === undefined || waits || this.#step > this.#messages) return;
    const text = `Message ${this.#step} of guest ${this.device.index}. ${"We could meet on Thursday. ".repeat(7)}`;
    this.#send(group, (id) => post(group.log, text.slice(0, TEXT_CHARACTERS), id));
  }

  /** Each command is linked to the one before. */
  #send({ number }: OpenGroup, commandOf: (id: string) => Command): void {
    const id = idOfDeed({ guest: this.device.index, group: number, step: this.#step++ }, Date.now());
    const link =
      this.#last === undefined
        ? ({ case: "first", value: {} } as const)
        : ({ case: "after", value: this.#last } as const);
    this.#last = id;
    this.#sentAt = performance.now();
    const submissions = [{ order: { link }, command: toBinary(CommandSchema, commandOf(id)) }];
    this.device.link.write(framed({ frame: { case: "submit", value: { submissions } } }));
  }
}
