import { asksToJoin, endOfInvite, memberOf } from "@parley/log";
import type { Command, Conversation, Event } from "@parley/protocol";
import type { Violation } from "./violation.ts";

/** Whether it is something that only who is no member does; who asks already may ask again, without effect. */
export function isByStranger({ author, body }: Event, command: Command, state: Conversation): boolean {
  if (body.case === "noEffect") return command.body.case === "join" && memberOf(state, author)?.present !== true;
  if (body.case === "joinRequestEnded") return body.value.account === author;
  return body.case === "memberJoined" || body.case === "joinRequested";
}

/** Whoever joins, or asks to, is no member yet, and the link was open then: for as many as it was made for, and no more. */
export function checkStranger(state: Conversation, { author, body, receivedAt }: Event, detail: string): Violation[] {
  if (memberOf(state, author)?.present === true) return [{ rule: "INV3", detail: `${detail}: by a member` }];
  if (body.case === "noEffect") {
    return asksToJoin(state, author)
      ? []
      : [{ rule: "INV6", detail: `${detail}: without effect, of who does not wait` }];
  }
  if (body.case !== "memberJoined" && body.case !== "joinRequested") {
    return asksToJoin(state, author) ? [] : [{ rule: "INV6", detail: `${detail}: of who did not ask` }];
  }
  const link = state.invites.find(({ id }) => id === body.value.invite);
  const end = link === undefined ? "unknown" : endOfInvite(link, receivedAt);
  if (end !== undefined) return [{ rule: "INV2", detail: `${detail}: by a link that is ${end}` }];
  if (link?.needsApproval === (body.case === "joinRequested")) return [];
  return [{ rule: "INV6", detail: `${detail}: by a link of the other kind` }];
}

/** Links are made and revoked, and who asks is answered, by those who may; only who asks is let in. */
export function checkEntrance(state: Conversation, { body }: Event, may: boolean, detail: string): Violation[] {
  switch (body.case) {
    case "inviteMade":
    case "inviteRevoked":
    case "joinRequestEnded":
      return may ? [] : [{ rule: "CMD10", detail: `${detail}: by an ordinary member` }];
    case "memberLetIn":
      if (!may) return [{ rule: "CMD10", detail: `${detail}: by an ordinary member` }];
      return asksToJoin(state, body.value.account) ? [] : [{ rule: "INV6", detail: `${detail}: of who did not ask` }];
    default:
      return [];
  }
}
