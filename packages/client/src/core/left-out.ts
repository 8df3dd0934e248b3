import { memberOf } from "@parley/log";
import { type Command, type Conversation, ConversationKind } from "@parley/protocol";

/** Whom a command is to make members. Of a direct conversation both always are. */
export function peopleBroughtBy({ body }: Command): readonly string[] {
  if (body.case === "addMembers") return body.value.accounts;
  return body.case === "create" && body.value.kind === ConversationKind.GROUP ? body.value.members : [];
}

/**
 * Of those people, who was left out: who is no member once the command has happened, and has not come by another way since.
 *
 * @param seq of the event of the command, which the state is beyond
 */
export function leftOut(command: Command, seq: number, state: Conversation): readonly string[] {
  return [...new Set(peopleBroughtBy(command))].filter((account) => {
    const { present = false, intervals = [] } = memberOf(state, account) ?? {};
    return !present && !intervals.some(({ from, to }) => from <= seq && (to === 0 || seq < to));
  });
}
