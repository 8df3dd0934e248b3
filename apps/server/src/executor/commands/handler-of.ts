import type { Command } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { addMembers } from "./add-members.ts";
import { answerJoin } from "./answer-join.ts";
import { cancelJoin } from "./cancel-join.ts";
import { cancelScheduled } from "./cancel-scheduled.ts";
import { changeScheduled } from "./change-scheduled.ts";
import { clearReminder } from "./clear-reminder.ts";
import type { CommandHandler, Decision } from "./command-handler.ts";
import { createConversation } from "./create.ts";
import { deleteMessage } from "./delete.ts";
import { edit } from "./edit.ts";
import { hideMessages } from "./hide-messages.ts";
import { join } from "./join.ts";
import { leave } from "./leave.ts";
import { makeInvite } from "./make-invite.ts";
import { pinMessage } from "./pin-message.ts";
import { post } from "./post.ts";
import { removeMembers } from "./remove-members.ts";
import { reportMessage } from "./report-message.ts";
import { revokeInvite } from "./revoke-invite.ts";
import { scheduleMessage } from "./schedule-message.ts";
import { setBlocked } from "./set-blocked.ts";
import { setDescription } from "./set-description.ts";
import { setFollowing } from "./set-following.ts";
import { setPicture } from "./set-picture.ts";
import { setPreference } from "./set-preference.ts";
import { setReaction } from "./set-reaction.ts";
import { setReminder } from "./set-reminder.ts";
import { setRole } from "./set-role.ts";
import { setSaved } from "./set-saved.ts";
import { setTimer } from "./set-timer.ts";
import { setTitle } from "./set-title.ts";
import { unpinMessage } from "./unpin-message.ts";
import { unsetReaction } from "./unset-reaction.ts";
import { withdraw } from "./withdraw.ts";

/** A handler together with the body it handles. */
export interface BoundHandler {
  authorise(attempt: Attempt): Promise<Refusal | undefined>;
  validate(attempt: Attempt): Refusal | undefined;
  decide(attempt: Attempt): Promise<Decision>;
}

/** Undefined for a body that this server does not know. */
export function handlerOf(body: Command["body"]): BoundHandler | undefined {
  switch (body.case) {
    case "create":
      return bind(createConversation, body.value);
    case "post":
      return bind(post, body.value);
    case "edit":
      return bind(edit, body.value);
    case "withdraw":
      return bind(withdraw, body.value);
    case "delete":
      return bind(deleteMessage, body.value);
    case "setReaction":
      return bind(setReaction, body.value);
    case "unsetReaction":
      return bind(unsetReaction, body.value);
    case "addMembers":
      return bind(addMembers, body.value);
    case "removeMembers":
      return bind(removeMembers, body.value);
    case "leave":
      return bind(leave, body.value);
    case "setTitle":
      return bind(setTitle, body.value);
    case "setRole":
      return bind(setRole, body.value);
    case "setDescription":
      return bind(setDescription, body.value);
    case "setPicture":
      return bind(setPicture, body.value);
    case "setPreference":
      return bind(setPreference, body.value);
    case "hideMessages":
      return bind(hideMessages, body.value);
    case "setSaved":
      return bind(setSaved, body.value);
    case "scheduleMessage":
      return bind(scheduleMessage, body.value);
    case "changeScheduled":
      return bind(changeScheduled, body.value);
    case "cancelScheduled":
      return bind(cancelScheduled, body.value);
    case "setBlocked":
      return bind(setBlocked, body.value);
    case "reportMessage":
      return bind(reportMessage, body.value);
    case "setReminder":
      return bind(setReminder, body.value);
    case "clearReminder":
      return bind(clearReminder, body.value);
    case "pinMessage":
      return bind(pinMessage, body.value);
    case "unpinMessage":
      return bind(unpinMessage, body.value);
    case "makeInvite":
      return bind(makeInvite, body.value);
    case "revokeInvite":
      return bind(revokeInvite, body.value);
    case "join":
      return bind(join, body.value);
    case "setFollowing":
      return bind(setFollowing, body.value);
    case "cancelJoin":
      return bind(cancelJoin, body.value);
    case "answerJoin":
      return bind(answerJoin, body.value);
    case "setTimer":
      return bind(setTimer, body.value);
    case undefined:
      return undefined;
  }
}

function bind<Body>(handler: CommandHandler<Body>, body: Body): BoundHandler {
  return {
    authorise: (attempt) => handler.authorise(attempt, body),
    validate: (attempt) => handler.validate(body, attempt),
    decide: (attempt) => handler.decide(attempt, body),
  };
}
