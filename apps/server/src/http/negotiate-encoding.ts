import { type Encoding, encodingOfSubprotocol } from "@parley/protocol";

/** The first subprotocol offered that this server speaks. */
export function negotiateEncoding(offered: string | null): { subprotocol: string; encoding: Encoding } | undefined {
  for (const subprotocol of (offered ?? "").split(",").map((name) => name.trim())) {
    const encoding = encodingOfSubprotocol(subprotocol);
    if (encoding !== undefined) return { subprotocol, encoding };
  }
  return undefined;
}
