import { type AccountEvent, ConversationKind, type Event } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** At rest the followers have told an account of everything that made it a member or ended that, each once. */
export function checkAccountLog(ledger: Ledger, account: string, events: readonly AccountEvent[]): Violation[] {
  const told = events.map(toldOf).filter((text) => text !== undefined);
  const expected = [...ledger.logs.values()].flatMap((history) =>
    history.events.map((event) => expectedOf(event, account)).filter((text) => text !== undefined),
  );
  const missing = expected.find((text) => !told.includes(text));
  if (missing !== undefined) return [{ rule: "SYN8", detail: `${account} was never told that it ${missing}` }];
  const twice = told.find((text, index) => told.indexOf(text) !== index);
  if (twice !== undefined) return [{ rule: "SYN8", detail: `${account} was told twice that it ${twice}` }];
  return [];
}

function toldOf({ body }: AccountEvent): string | undefined {
  if (body.case !== "joined" && body.case !== "parted") return undefined;
  return `${body.case} ${body.value.conversation} at ${body.value.conversationSeq}`;
}

function expectedOf({ log, seq, author, body }: Event, account: string): string | undefined {
  switch (body.case) {
    case "created":
      // Who follows a thread is told by its log alone.
      if (body.value.kind === ConversationKind.THREAD) return undefined;
      return body.value.members.includes(account) ? `joined ${log} at ${seq}` : undefined;
    case "membersAdded":
      return body.value.accounts.includes(account) ? `joined ${log} at ${seq}` : undefined;
    case "membersRemoved":
      return body.value.accounts.includes(account) ? `parted ${log} at ${seq}` : undefined;
    case "memberLeft":
      return author === account ? `parted ${log} at ${seq}` : undefined;
    default:
      return undefined;
  }
}
