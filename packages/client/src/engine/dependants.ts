import { type Pending, targetOfCommand } from "../core/pending.ts";

/** Which commands name another one: the message that they change, or what they are held for, or fell with. Asked for at every verdict. */
export class Dependants {
  readonly #byNamed = new Map<string, Set<string>>();
  readonly #named = new Map<string, readonly string[]>();

  put(pending: Pending): void {
    const { id } = pending.entry;
    this.delete(id);
    const named = namedBy(pending);
    if (named.length === 0) return;
    this.#named.set(id, named);
    for (const other of named) {
      const known = this.#byNamed.get(other);
      if (known === undefined) this.#byNamed.set(other, new Set([id]));
      else known.add(id);
    }
  }

  delete(id: string): void {
    for (const other of this.#named.get(id) ?? []) {
      const known = this.#byNamed.get(other);
      known?.delete(id);
      if (known?.size === 0) this.#byNamed.delete(other);
    }
    this.#named.delete(id);
  }

  /** Ids of the commands that name this one. */
  of(id: string): readonly string[] {
    return [...(this.#byNamed.get(id) ?? [])];
  }

  clear(): void {
    this.#byNamed.clear();
    this.#named.clear();
  }
}

function namedBy({ command, entry: { state } }: Pending): readonly string[] {
  const target = targetOfCommand(command);
  const heldFor = state.kind === "held" ? state.id : state.kind === "rejected" ? state.fellWith : undefined;
  return [target, heldFor].filter((id) => id !== undefined);
}
