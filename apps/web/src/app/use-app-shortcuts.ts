import { useMemo } from "react";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import type { Session } from "./session.ts";

interface AppDeeds {
  readonly goTo: () => void;
  readonly startNew: () => void;
  readonly startSearch: () => boolean;
  readonly showMentions: () => void;
  readonly showShortcuts: () => void;
}

/** The shortcuts that work wherever one is in the app. */
export function useAppShortcuts(session: Session, deeds: AppDeeds): void {
  const { goTo, startNew, startSearch, showMentions, showShortcuts } = deeds;
  const pressed = useMemo(() => {
    const open = (conversation: string | undefined) => {
      if (conversation !== undefined) session.goTo(conversation);
      return true;
    };
    return {
      goTo: () => done(goTo),
      newConversation: () => done(startNew),
      showMentions: () => done(showMentions),
      showShortcuts: () => done(showShortcuts),
      nextConversation: () => open(session.list.neighbour(1)),
      previousConversation: () => open(session.list.neighbour(-1)),
      nextUnread: () => open(session.list.nextUnread(1)),
      previousUnread: () => open(session.list.nextUnread(-1)),
      // Pressed in its field, the browser's own search opens.
      find: ({ target }: globalThis.KeyboardEvent) => !isInSearch(target) && startSearch(),
    };
  }, [session, goTo, startNew, startSearch, showMentions, showShortcuts]);
  useShortcuts(pressed);
}

function done(deed: () => void): true {
  deed();
  return true;
}

function isInSearch(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-find]") !== null;
}
