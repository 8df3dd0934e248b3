import { useEffect } from "react";

/** Ctrl+F and ⌘F look in the conversation; pressed in its field, the browser's own search opens. */
export function useFindKey(find: () => void): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const wanted = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey);
      if (!wanted || event.altKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest("dialog, [data-find]") !== null) return;
      event.preventDefault();
      find();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [find]);
}
