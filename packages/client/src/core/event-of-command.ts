import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Command, type Event, EventSchema } from "@parley/protocol";
import { pictureOfCommand } from "./picture-of-command.ts";

/**
 * The event that a pending command would become, so that a pending change is drawn by the same fold as a real one. Undefined for commands
 * without a body that this version knows.
 */
export function eventOfCommand(command: Command, author: string, seq: number): Event | undefined {
  const body = bodyOf(command, author);
  if (body === undefined) return undefined;
  const { id, log, sentAt } = command;
  return create(EventSchema, { id, log, author, seq, sentAt, receivedAt: sentAt, body });
}

type Body = NonNullable<MessageInitShape<typeof EventSchema>["body"]>;

function bodyOf(command: Command, author: string): Body | undefined {
  const { body } = command;
  switch (body.case) {
    case "create":
      return { case: "created", value: { ...omitType(body.value), members: [author, ...body.value.members] } };
    case "post":
      return { case: "posted", value: omitType(body.value) };
    case "edit":
      return { case: "edited", value: omitType(body.value) };
    case "delete":
    case "withdraw":
      return { case: "erased", value: { target: body.value.target } };
    case "setReaction":
      return { case: "reactionSet", value: omitType(body.value) };
    case "unsetReaction":
      return { case: "reactionUnset", value: omitType(body.value) };
    case "addMembers":
      return { case: "membersAdded", value: { accounts: body.value.accounts } };
    case "removeMembers":
      return { case: "membersRemoved", value: { accounts: body.value.accounts } };
    case "leave":
      return { case: "memberLeft", value: {} };
    case "setTitle":
      return { case: "titleSet", value: { title: body.value.title } };
    case "setTimer":
      return { case: "timerSet", value: { seconds: body.value.seconds } };
    case "setRole":
      return { case: "roleSet", value: omitType(body.value) };
    case "setDescription":
      return { case: "descriptionSet", value: omitType(body.value) };
    case "setPicture":
      return { case: "pictureSet", value: { picture: pictureOfCommand(body.value) } };
    case "pinMessage":
      return { case: "messagePinned", value: { target: body.value.target } };
    case "makeInvite": {
      const { secretHash, label, lifetimeMs, maxUses, needsApproval } = body.value;
      const expiresAt = lifetimeMs === 0 ? 0 : command.sentAt + lifetimeMs;
      return { case: "inviteMade", value: { secretHash, label, maxUses, needsApproval, expiresAt } };
    }
    case "answerJoin":
      // Who is let in is shown as a member when the server has said who that is.
      return { case: "joinRequestEnded", value: { account: body.value.account } };
    case "revokeInvite":
      return { case: "inviteRevoked", value: { invite: body.value.invite } };
    case "unpinMessage":
      return { case: "messageUnpinned", value: { target: body.value.target } };
    case "setFollowing":
      // Of what is inherited the device shows what it holds.
      return body.value.following
        ? { case: "followed", value: { intervals: [{ from: 1 }] } }
        : { case: "unfollowed", value: {} };
    default:
      return undefined;
  }
}

/** The fields of a command's body under the name of no message: commands and events share fields, not types. */
function omitType<Body extends { readonly $typeName: string }>(body: Body): Omit<Body, "$typeName"> {
  const { $typeName: _, ...fields } = body;
  return fields;
}
