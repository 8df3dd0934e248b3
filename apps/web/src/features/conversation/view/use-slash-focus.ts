import { useEffect } from "react";
import type { ComposerHandle } from "./composer.tsx";

/** `/` goes to the composer from anywhere that takes no text. */
export function useSlashFocus(composer: { readonly current: ComposerHandle | null }): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, dialog *");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      composer.current?.focus();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [composer]);
}
