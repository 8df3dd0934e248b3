import { create, toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema, OrderSchema, UnorderedSchema, uuidV7 } from "@parley/protocol";
import type { Submitted } from "@parley/server/core";
import type { SeededRandom } from "@parley/simulation";

export type Body =
  NonNullable<Command["body"]["case"]> extends infer Case ? Extract<Command["body"], { case: Case }> : never;

/** One step of the demo's past: who asks for what, and when (milliseconds since 1970). */
export interface Step {
  readonly at: number;
  readonly id: string;
  readonly submitted: Submitted;
}

/** Makes the steps of the past, with ids that the seed decides. */
export class Steps {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  id(at: number): string {
    return uuidV7(at, this.#random.bytes(10));
  }

  step(at: number, account: string, log: string, body: Body): Step {
    const id = this.id(at);
    const command = toBinary(CommandSchema, create(CommandSchema, { id, log, sentAt: at, body }));
    return { at, id, submitted: { account, device: undefined, order: unordered, command } };
  }
}

const unordered = create(OrderSchema, { link: { case: "none", value: create(UnorderedSchema) } });
