import { EVERYONE } from "@parley/log";
import { limits } from "@parley/protocol";

/** Somebody whom a text can name. */
export interface Mentionable {
  readonly account: string;
  readonly userName: string;
}

/** What names all members of a group, in every language; nobody can have it as a user name. */
export const everyone: Mentionable = { account: EVERYONE, userName: "everyone" };

/** Not within a word or an address, and nothing behind it that would make another word or an address of it. */
const NAMED = /(?<![\p{L}\p{M}\p{N}_.+/@-])@([A-Za-z0-9._-]+)(?![\p{L}\p{M}\p{N}@])/gu;
/** What user names may end with, and sentences too. */
const ENDINGS = new Set([".", "-", "_"]);

/** Where a text names somebody, `@` and all. */
export interface FoundMention<Person> {
  readonly person: Person;
  readonly start: number;
  readonly end: number;
}

/** Finds these people in texts, wherever one is named as `@user.name`, in capitals or small letters. */
export class MentionFinder<Person extends Mentionable> {
  readonly #people: ReadonlyMap<string, Person>;
  readonly #longest: number;

  constructor(people: readonly Person[]) {
    const named = people.filter(({ userName }) => userName !== "");
    this.#people = new Map(named.map((person) => [person.userName.toLowerCase(), person]));
    this.#longest = Math.max(0, ...named.map(({ userName }) => userName.length));
  }

  find(text: string): readonly FoundMention<Person>[] {
    if (this.#people.size === 0 || !text.includes("@")) return [];
    const found: FoundMention<Person>[] = [];
    for (const { index, 1: run = "" } of text.matchAll(NAMED)) {
      const mention = this.#longestName(run, index);
      if (mention !== undefined) found.push(mention);
    }
    return found;
  }

  #longestName(run: string, start: number): FoundMention<Person> | undefined {
    for (let end = run.length; ; end--) {
      const person = end > this.#longest ? undefined : this.#people.get(run.slice(0, end).toLowerCase());
      if (person !== undefined) return { person, start, end: start + 1 + end };
      if (!ENDINGS.has(run.charAt(end - 1))) return undefined;
    }
  }
}

/** The accounts that a text names, each once, in the order in which they come first; no more than a message may carry. */
export function mentionedIn(text: string, people: readonly Mentionable[]): readonly string[] {
  const accounts = new MentionFinder(people).find(text).map(({ person }) => person.account);
  return [...new Set(accounts)].slice(0, limits.mentionsPerMessage);
}
