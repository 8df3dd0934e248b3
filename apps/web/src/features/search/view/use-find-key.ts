import { useEffect } from "react";

/**
 * Ctrl+F and ⌘F look in the conversation; pressed in its field, the browser's own search opens.
 *
 * @param find false where there is nothing to look in: then it is the browser's too
 */
export function useFindKey(find: () => boolean): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const wanted = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey);
      if (!wanted || event.altKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest("dialog, [data-find]") !== null) return;
      if (find()) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [find]);
}
