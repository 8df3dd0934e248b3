import type { Config } from "./read-config.ts";

/**
 * Whether a proxy stands in front, whose word counts on who calls: people come by https, and not to this server itself. Where its address is a plain one, or it has a certificate of its own, people
 * come to it without a proxy, and then anybody in the network could say to be anybody.
 */
export function isBehindProxy({ publicOrigin, tls }: Pick<Config, "publicOrigin" | "tls">): boolean {
  return publicOrigin?.startsWith("https:") === true && tls === undefined;
}
