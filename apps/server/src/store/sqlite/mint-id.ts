import { uuidV7 } from "@parley/protocol";

/** A fresh UUIDv7 by the system's clock and randomness. */
export function mintId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
