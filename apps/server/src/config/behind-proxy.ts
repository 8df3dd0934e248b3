import type { Config } from "./read-config.ts";

/**
 * Whether a proxy stands in front, whose word counts on who calls. Who gave this server a certificate of its own lets people come to it without one, and then anybody in the network could say
 * to be anybody.
 */
export function isBehindProxy({ publicOrigin, tls }: Pick<Config, "publicOrigin" | "tls">): boolean {
  return publicOrigin !== undefined && tls === undefined;
}
