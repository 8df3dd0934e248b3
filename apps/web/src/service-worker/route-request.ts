/** What is asked for, as far as the offline shell cares. */
export interface AskedFor {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

export type ShellRoute =
  /** The app itself. */
  | { readonly kind: "page" }
  /** A file of this version, or of an older one whose pages still live. */
  | { readonly kind: "file"; readonly path: string }
  /** Not the shell's business: the request goes to the server as if there were no shell. */
  | { readonly kind: "server" };

const TO_SERVER: ShellRoute = { kind: "server" };
/** All screens of the app are one page: the rest of an address stands after its `#`. Links to groups have a path of their own. */
const PAGE_PATHS = ["/", "/index.html", "/join"];
/** The names in here hold a hash of the content. */
const HASHED = "/assets/";

/**
 * Only what the build made is answered by the shell. Everything else (calls, the socket, long polls, health) is not named here and therefore never
 * touched.
 *
 * @param origin of the app
 * @param listed the paths of this version's files
 */
export function routeRequest({ method, mode, url }: AskedFor, origin: string, listed: ReadonlySet<string>): ShellRoute {
  const asked = new URL(url);
  if (method !== "GET" || asked.origin !== origin) return TO_SERVER;
  const path = asked.pathname;
  if (PAGE_PATHS.includes(path)) return mode === "navigate" ? { kind: "page" } : TO_SERVER;
  if (mode === "navigate") return TO_SERVER;
  return path.startsWith(HASHED) || listed.has(path) ? { kind: "file", path } : TO_SERVER;
}
