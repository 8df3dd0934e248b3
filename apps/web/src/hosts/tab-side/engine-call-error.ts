import type { CarriedError } from "../protocol/messages.ts";

/** What an engine's method threw, carried over the port: `name` is that of the original. */
export class EngineCallError extends Error {
  override readonly name: string;

  constructor({ name, message }: CarriedError) {
    super(message);
    this.name = name;
  }
}
