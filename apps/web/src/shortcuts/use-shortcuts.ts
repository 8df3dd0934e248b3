import { useEffect } from "react";
import { pressedChord } from "./pressed-chord.ts";
import { type ShortcutName, shortcutNames } from "./shortcuts.ts";

/** What a shortcut does; false where there is nothing to do: then the keys are the browser's. */
export type ShortcutDeeds = Partial<Readonly<Record<ShortcutName, (event: globalThis.KeyboardEvent) => boolean>>>;

/** Hears shortcuts wherever the focus is, but for dialogs and menus, whose keys are their own. */
export function useShortcuts(deeds: ShortcutDeeds): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isOverlaid(event.target)) return;
      for (const name of shortcutNames) {
        const deed = deeds[name];
        const chord = deed === undefined ? undefined : pressedChord(event, name);
        if (deed === undefined || chord === undefined) continue;
        if (chord.mod === undefined && chord.alt === undefined && takesText(event.target)) continue;
        if (deed(event)) event.preventDefault();
        return;
      }
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [deeds]);
}

function isOverlaid(target: EventTarget | null): boolean {
  if (document.querySelector("dialog:modal") !== null) return true;
  return target instanceof Element && target.closest("[popover], select") !== null;
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea"));
}
