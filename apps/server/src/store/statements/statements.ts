import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";
import { accountStatements, deviceStatements, privacyStatements, profileStatements } from "./account-statements.ts";
import { blockedStatements } from "./blocked-statements.ts";
import {
  conversationStatements,
  markStatements,
  memberStatements,
  membershipStatements,
} from "./conversation-statements.ts";
import { draftStatements } from "./draft-statements.ts";
import { dueStatements } from "./due-statements.ts";
import { expiryStatements } from "./expiry-statements.ts";
import { followerStatements, metaStatements } from "./follower-statements.ts";
import { hiddenStatements } from "./hidden-statements.ts";
import { entryStatements, eventStatements, reactionStatements, verdictStatements } from "./log-statements.ts";
import { mentionStatements } from "./mention-statements.ts";
import { pictureStatements } from "./picture-statements.ts";
import { preferenceStatements } from "./preference-statements.ts";
import { reminderStatements } from "./reminder-statements.ts";
import { reportStatements } from "./report-statements.ts";
import { savedStatements } from "./saved-statements.ts";
import { scheduledStatements } from "./scheduled-statements.ts";
import { versionStatements } from "./version-statements.ts";

export type Statements = ReturnType<typeof compileStatements>;

/** Every statement of the store, compiled once per process. */
export function compileStatements(db: Kysely<Tables>) {
  return {
    meta: metaStatements(db),
    conversation: conversationStatements(db),
    picture: pictureStatements(db),
    member: memberStatements(db),
    membership: membershipStatements(db),
    mark: markStatements(db),
    draft: draftStatements(db),
    verdict: verdictStatements(db),
    event: eventStatements(db),
    entry: entryStatements(db),
    reaction: reactionStatements(db),
    version: versionStatements(db),
    mention: mentionStatements(db),
    device: deviceStatements(db),
    account: accountStatements(db),
    preference: preferenceStatements(db),
    saved: savedStatements(db),
    hidden: hiddenStatements(db),
    scheduled: scheduledStatements(db),
    report: reportStatements(db),
    reminder: reminderStatements(db),
    due: dueStatements(db),
    blocked: blockedStatements(db),
    expiry: expiryStatements(db),
    privacy: privacyStatements(db),
    profile: profileStatements(db),
    follower: followerStatements(db),
  };
}
