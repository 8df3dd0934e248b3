import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const ID = /^[0-9a-f]{32}$/;
const ID_BYTES = 16;

/** What a picture is called wherever its bytes are not: made of them, so that whoever has the bytes can tell; empty for none. */
export function pictureId(bytes: Uint8Array): string {
  return bytes.length === 0 ? "" : bytesToHex(sha256(bytes).subarray(0, ID_BYTES));
}

export function isPictureId(id: string): boolean {
  return ID.test(id);
}
