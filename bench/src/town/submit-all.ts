import { create, toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema, OrderSchema } from "@parley/protocol";
import type { LogWriter, Submitted } from "@parley/server/core";

/** As many as the group commit takes at once. */
const BATCH = 128;
const unordered = create(OrderSchema, { link: { case: "none", value: {} } });

type Published = Awaited<ReturnType<LogWriter["execute"]>>["published"];

/** A command at the door of the executor, as of a caller without a queue. */
export function submitted(account: string, command: Command): Submitted {
  return { account, device: undefined, order: unordered, command: toBinary(CommandSchema, command) };
}

/**
 * Lets the executor carry out commands in their order, many to a commit.
 *
 * @throws Error unless each of them is accepted
 */
export async function submitAll(
  writer: LogWriter,
  commands: readonly Submitted[],
  note: (published: Published) => void = () => undefined,
): Promise<void> {
  for (let at = 0; at < commands.length; at += BATCH) {
    const { answers, published } = await writer.execute(commands.slice(at, at + BATCH));
    for (const { outcome } of answers) {
      const accepted = outcome.case === "verdict" && outcome.value.outcome.case === "accepted";
      if (!accepted) throw new Error(`A command was not accepted: ${JSON.stringify(outcome)}`);
    }
    note(published);
  }
}
