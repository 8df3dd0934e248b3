import { limits, ProblemCode } from "@parley/protocol";
import { Refusal } from "./refusal.ts";

/** In a message this names all members of a group. */
const EVERYONE = "everyone";
const USER_NAME = /^[a-z0-9._-]{3,30}$/;
/** Controls, halves of characters, line ends, and what turns the direction of the text around a name. */
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[^\p{C}\p{Z}\p{M}]/u;
const PASSWORD = { least: 8, most: 128 };

/** Whether an account could have this name, in its one form. */
export function isUserName(name: string): boolean {
  return USER_NAME.test(name);
}

/** A user name in its one form. */
export function validUserName(text: string): string {
  const name = text.trim().toLowerCase();
  if (name === EVERYONE) throw new Refusal(ProblemCode.NAME_TAKEN, "That user name means everyone.");
  if (isUserName(name)) return name;
  throw invalid("A user name has 3 to 30 of the characters a-z, 0-9, '.', '_' and '-'.");
}

/** A display name without space around it. */
export function validDisplayName(text: string): string {
  const name = text.trim();
  const fits = name.length <= limits.displayNameCharacters;
  if (fits && VISIBLE.test(name) && !CONTROL.test(name)) return name;
  throw invalid(`A display name has 1 to ${limits.displayNameCharacters} characters that can be seen.`);
}

export function validPassword(text: string): string {
  if (text.length >= PASSWORD.least && text.length <= PASSWORD.most) return text;
  throw invalid(`A password has ${PASSWORD.least} to ${PASSWORD.most} characters.`);
}

/** The address that the account library asks for. Nothing is ever sent to it: the domain is reserved for names that do not exist. */
export function internalAddress(userName: string): string {
  return `u${Buffer.from(userName).toString("hex")}@accounts.invalid`;
}

function invalid(reason: string): Refusal {
  return new Refusal(ProblemCode.INVALID, reason);
}
