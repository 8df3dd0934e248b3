import { limits, uuidV7 } from "@parley/protocol";

export function freshId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** The secret of a link to a group. */
export function freshSecret(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(limits.inviteSecretBytes));
}

/** A user name that nobody else has. */
export function freshUserName(): string {
  return `conf.${Math.random().toString(36).slice(2, 10)}.${Math.random().toString(36).slice(2, 10)}`;
}
