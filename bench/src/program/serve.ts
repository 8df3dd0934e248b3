/** What a program of the bench can be asked for: each method takes one plain argument and answers with plain data. */
// The argument is checked where it is called, in `Program.ask`.
export type Methods<M> = { readonly [Name in keyof M]: (argument: never) => unknown };

export interface Ask {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string };

/** Makes this process answer for as long as its parent lives. To be called once, by a program that `Program.start` runs. */
export function serve<M extends Methods<M>>(methods: M): void {
  const byName = new Map<string, (argument: never) => unknown>(Object.entries(methods));
  process.on("message", (ask: Ask) => void answer(byName.get(ask.method), ask));
  process.on("disconnect", () => process.exit(0));
}

async function answer(method: ((argument: never) => unknown) | undefined, ask: Ask): Promise<void> {
  try {
    if (method === undefined) throw new Error(`There is no ${ask.method} here.`);
    // `Program.ask` has typed the argument by the same table of methods.
    send({ id: ask.id, value: await method(ask.argument as never) });
  } catch (error) {
    send({ id: ask.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function send(reply: Reply): void {
  process.send?.(reply);
}
