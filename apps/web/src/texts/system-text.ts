import type { SystemDeed } from "@parley/client";
import type { Texts } from "./en.ts";
import { isolatedName } from "./isolated-name.ts";
import { timeSpan } from "./time-span.ts";

/** How many names one line takes. */
const NAMES = 4;

/** What somebody did to a conversation, in words. */
export function systemText(what: SystemDeed, mine: boolean, actorName: string, texts: Texts): string {
  return mine ? ownText(what, texts) : othersText(what, isolatedName(actorName) || texts.common.unknownPerson, texts);
}

function ownText(what: SystemDeed, texts: Texts): string {
  const words = texts.system.mine;
  switch (what.kind) {
    case "created":
      return words.created(isolatedName(what.title));
    case "title-set":
      return words.titled(isolatedName(what.title));
    case "member-left":
      return words.left;
    case "members-added":
      return words.added(namesOf(what, texts));
    case "members-removed":
      return words.removed(namesOf(what, texts));
    case "role-set":
      return what.of === "actor" ? words.steppedDown[what.role] : words.role[what.role](nameOf(what, texts));
    case "description-set":
      return what.empty ? words.undescribed : words.described;
    case "picture-set":
      return what.empty ? words.unpictured : words.pictured;
    case "member-let-in":
      return words.letIn(nameOf(what, texts));
    case "member-joined":
      return words.joined(isolatedName(what.inviterName) || texts.common.unknownPerson);
    case "message-pinned":
      return words.pinned;
    case "timer-set":
      return what.seconds === 0 ? words.untimed : words.timed(timeSpan(what.seconds, texts));
  }
}

function othersText(what: SystemDeed, actor: string, texts: Texts): string {
  const words = texts.system;
  switch (what.kind) {
    case "created":
      return words.created(actor, isolatedName(what.title));
    case "title-set":
      return words.titled(actor, isolatedName(what.title));
    case "member-left":
      return words.left(actor);
    case "members-added":
      return words.added(actor, namesOf(what, texts));
    case "members-removed":
      return words.removed(actor, namesOf(what, texts));
    case "role-set":
      if (what.of === "actor") return words.steppedDown[what.role](actor);
      return words.role[what.role](actor, what.of === "viewer" ? words.includingYou : nameOf(what, texts));
    case "description-set":
      return what.empty ? words.undescribed(actor) : words.described(actor);
    case "picture-set":
      return what.empty ? words.unpictured(actor) : words.pictured(actor);
    case "member-let-in":
      return words.letIn(actor, what.isMe ? words.includingYou : nameOf(what, texts));
    case "member-joined":
      if (what.inviterIsMe) return words.joinedByYours(actor);
      return words.joined(actor, isolatedName(what.inviterName) || texts.common.unknownPerson);
    case "message-pinned":
      return words.pinned(actor);
    case "timer-set":
      return what.seconds === 0 ? words.untimed(actor) : words.timed(actor, timeSpan(what.seconds, texts));
  }
}

function nameOf({ name }: { readonly name: string }, texts: Texts): string {
  return isolatedName(name) || texts.common.unknownPerson;
}

function namesOf(
  what: { readonly names: readonly string[]; readonly includesMe: boolean },
  { system }: Texts,
): readonly string[] {
  const names = what.names.map(isolatedName);
  const all = what.includesMe ? [system.includingYou, ...names] : names;
  return all.length <= NAMES ? all : [...all.slice(0, NAMES - 1), system.others(all.length - NAMES + 1)];
}
