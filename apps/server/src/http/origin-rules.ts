import { isIP } from "node:net";

/** How this server is reached. */
export interface OriginRules {
  /** The public address, if a proxy changes the host; every Origin must equal it. */
  readonly publicOrigin: string | undefined;
  /** Names of this machine, in lower case. */
  readonly machineNames: readonly string[];
}

/**
 * Why a request must not be served; undefined if it may be. Guards against pages of other sites, and against names that an attacker
 * points at this machine (DNS rebinding).
 */
export function faultOfOrigin(rules: OriginRules, headers: Headers): string | undefined {
  const origin = headers.get("origin");
  if (rules.publicOrigin !== undefined) {
    if (origin === null || origin === rules.publicOrigin) return undefined;
    return `This server is ${rules.publicOrigin}; it does not serve pages of ${origin}.`;
  }
  const host = headers.get("host") ?? "";
  if (!isOwnHost(rules, host)) {
    return `This server does not answer to the name "${host}". Use localhost, an IP address or the machine's name, or set PARLEY_ORIGIN to the public address.`;
  }
  if (origin === null || isSameHost(origin, host)) return undefined;
  return `This server is ${host}; it does not serve pages of ${origin}. Behind a proxy that changes the host, set PARLEY_ORIGIN.`;
}

function isOwnHost(rules: OriginRules, host: string): boolean {
  const url = URL.parse(`http://${host}`);
  if (url === null || url.pathname !== "/" || host.includes("@")) return false;
  const name = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || isIP(name) !== 0 || rules.machineNames.includes(name);
}

function isSameHost(origin: string, host: string): boolean {
  const url = URL.parse(origin);
  // Parsed with the same scheme, so that a default port is left out on both sides.
  return url !== null && url.host !== "" && url.host === URL.parse(`${url.protocol}//${host}`)?.host;
}
