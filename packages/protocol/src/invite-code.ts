import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { sha256 } from "@noble/hashes/sha2.js";
import { formatUuid, uuidVersion } from "./ids.ts";
import { limits } from "./limits.ts";

/** What a link to join a group says. */
export interface InviteCode {
  readonly conversation: string;
  readonly secret: Uint8Array;
}

const ID_BYTES = 16;
const VERSION_BYTE = 6;
const CHARACTERS = /^[\w-]{43}$/;

/** As it stands in a link: the bytes of the group's id and of the secret, in base64 for addresses. */
export function writeInviteCode({ conversation, secret }: InviteCode): string {
  const hex = conversation.replaceAll("-", "");
  const bytes = new Uint8Array(ID_BYTES + limits.inviteSecretBytes);
  for (let index = 0; index < ID_BYTES; index++) {
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  }
  bytes.set(secret, ID_BYTES);
  return base64Encode(bytes, "url");
}

/** Undefined for what is no such code, or not all of it. */
export function readInviteCode(code: string): InviteCode | undefined {
  if (!CHARACTERS.test(code)) return undefined;
  const bytes = base64Decode(code);
  const conversation = formatUuid(bytes, (bytes[VERSION_BYTE] ?? 0) >> 4);
  if (uuidVersion(conversation) === undefined) return undefined;
  const invite = { conversation, secret: bytes.slice(ID_BYTES) };
  // Base64 has several spellings of the same bytes; a link has one.
  return writeInviteCode(invite) === code ? invite : undefined;
}

/** What the server keeps of a secret. */
export function hashOfSecret(secret: Uint8Array): Uint8Array {
  return sha256(secret);
}

/** To keep and compare it where there are no bytes. */
export function hashText(hash: Uint8Array): string {
  return base64Encode(hash, "url");
}

export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
