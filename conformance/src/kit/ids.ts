import { uuidV7 } from "@parley/protocol";

export function freshId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** A user name that nobody else has. */
export function freshUserName(): string {
  return `conf.${Math.random().toString(36).slice(2, 10)}.${Math.random().toString(36).slice(2, 10)}`;
}
