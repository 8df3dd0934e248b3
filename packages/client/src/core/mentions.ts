import { limits } from "@parley/protocol";

/** Somebody whom a text can name. */
export interface Mentionable {
  readonly account: string;
  readonly userName: string;
}

/** Not within a word or an address, and nothing behind it that would make another word or an address of it. */
const NAMED = /(?<![\p{L}\p{M}\p{N}_.+/@-])@([A-Za-z0-9._-]+)(?![\p{L}\p{M}\p{N}@])/gu;
/** What user names may end with, and sentences too. */
const ENDINGS = new Set([".", "-", "_"]);

/**
 * Those of these people whom a text names as `@user.name`, in capitals or small letters: their accounts, each once, in the order in which they come first;
 * no more than a message may carry.
 */
export function mentionedIn(text: string, people: readonly Mentionable[]): readonly string[] {
  if (!text.includes("@")) return [];
  const named = people.filter(({ userName }) => userName !== "");
  const accounts = new Map(named.map(({ account, userName }) => [userName.toLowerCase(), account]));
  const longest = Math.max(0, ...named.map(({ userName }) => userName.length));
  const mentioned = new Set<string>();
  for (const { 1: run = "" } of text.matchAll(NAMED)) {
    const account = longestName(run, longest, accounts);
    if (account !== undefined) mentioned.add(account);
  }
  return [...mentioned].slice(0, limits.mentionsPerMessage);
}

function longestName(run: string, longest: number, accounts: ReadonlyMap<string, string>): string | undefined {
  for (let end = run.length; ; end--) {
    const account = end > longest ? undefined : accounts.get(run.slice(0, end).toLowerCase());
    if (account !== undefined || !ENDINGS.has(run.charAt(end - 1))) return account;
  }
}
