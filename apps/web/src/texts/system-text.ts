import type { SystemDeed } from "@parley/client";
import type { Texts } from "./en.ts";
import { isolatedName } from "./isolated-name.ts";

/** How many names one line takes. */
const NAMES = 4;

/** What somebody did to a conversation, in words. */
export function systemText(what: SystemDeed, mine: boolean, actorName: string, texts: Texts): string {
  const words = texts.system;
  const actor = mine ? words.you : isolatedName(actorName) || texts.common.unknownPerson;
  switch (what.kind) {
    case "created":
      return words.created(actor, isolatedName(what.title));
    case "title-set":
      return words.titled(actor, isolatedName(what.title));
    case "member-left":
      return words.left(actor);
    case "members-added":
      return words.added(actor, shorten(namesOf(what, words.includingYou), words.others));
    case "members-removed":
      return words.removed(actor, shorten(namesOf(what, words.includingYou), words.others));
  }
}

function namesOf(
  what: { readonly names: readonly string[]; readonly includesMe: boolean },
  you: string,
): readonly string[] {
  const names = what.names.map(isolatedName);
  return what.includesMe ? [you, ...names] : names;
}

function shorten(names: readonly string[], others: (n: number) => string): readonly string[] {
  return names.length <= NAMES ? names : [...names.slice(0, NAMES - 1), others(names.length - NAMES + 1)];
}
