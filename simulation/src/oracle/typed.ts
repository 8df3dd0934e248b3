/** What a person typed on one device: the commands in their order, and what became of them on that device. */
export interface TypedCommand {
  readonly id: string;
  readonly log: string;
  readonly kind: string;
  /** Of a post or an edit. */
  readonly text: string | undefined;
  /** Of a post that answers a message. */
  readonly replyTo?: string | undefined;
  /** Of a command about another one. */
  readonly target: string | undefined;
  /** Of a command that hides them. */
  readonly messages?: readonly string[];
  /** The engine has said that it is durably queued. */
  durable: boolean;
  /** Commands of one lane keep the order in which they were typed; without one, those of the device do. */
  lane?: string;
  /** It was handed off where it is safe from the end of its tab. */
  handedOff?: boolean;
  /** The store that held it was thrown away while no app ran: whether the server had accepted it by then, and in which era of its history. */
  lostWith?: { readonly accepted: boolean; readonly era: number };
  /** The person gave it up, or replaced it by a retry. */
  discarded: boolean;
}

export class TypedCommands {
  readonly #byId = new Map<string, TypedCommand>();
  readonly #byTarget = new Map<string, readonly TypedCommand[]>();
  readonly #places = new Map<string, number>();

  add(command: TypedCommand): void {
    this.#places.set(command.id, this.#byId.size);
    this.#byId.set(command.id, command);
    if (command.target === undefined) return;
    const others = this.#byTarget.get(command.target) ?? [];
    this.#byTarget.set(command.target, [...others, command]);
  }

  get(id: string): TypedCommand | undefined {
    return this.#byId.get(id);
  }

  all(): IterableIterator<TypedCommand> {
    return this.#byId.values();
  }

  /** Nothing that was handed off can be read any more. */
  forgetHandOffs(): void {
    for (const command of this.#byId.values()) command.handedOff = false;
  }

  /** The place of a command among those typed on the device; undefined if the person did not type it. */
  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** Changes of this device to one message that may show before the server knows them. */
  changesOf(target: string): readonly TypedCommand[] {
    return this.#byTarget.get(target) ?? [];
  }
}
