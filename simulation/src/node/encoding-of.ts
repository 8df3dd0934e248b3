import type { Encoding } from "@parley/protocol";

/** Some devices speak JSON. */
export function encodingOf(device: string): Encoding {
  return device.length % 3 === 0 ? "json" : "proto";
}
