import type { InviteLinks } from "../features/join/view-model/invite-links.ts";

const PATH = "/join";
const KEY = "parley.invite";

type LinkWindow = Pick<Window, "location" | "history" | "sessionStorage">;

/**
 * What stands in a link is behind its `#`, which browsers send to no server. It is taken out of the address at once, so that it stays in no history, and kept
 * for this tab alone.
 */
export class BrowserInviteLinks implements InviteLinks {
  readonly #window: LinkWindow;

  constructor(window: LinkWindow) {
    this.#window = window;
    const { location, history, sessionStorage } = window;
    if (location.pathname !== PATH) return;
    if (location.hash.length > 1) sessionStorage.setItem(KEY, location.hash.slice(1));
    history.replaceState(null, "", "/");
  }

  get opened(): string | undefined {
    return this.#window.sessionStorage.getItem(KEY) ?? undefined;
  }

  settle(): void {
    this.#window.sessionStorage.removeItem(KEY);
  }

  linkOf(code: string): string {
    return `${this.#window.location.origin}${PATH}#${code}`;
  }
}
