import type { PersonView } from "@parley/client";
import { plainText } from "../../../texts/plain-text.ts";

/** Those whose display name or user name, or a part of it, begins so: the best first, else in the order given. */
export function matchingPeople<Person extends Pick<PersonView, "userName" | "displayName">>(
  people: readonly Person[],
  typed: string,
): readonly Person[] {
  const query = plainText(typed);
  const ranked = people.flatMap((person) => {
    const rank = rankOf(plainText(person.displayName), person.userName.toLowerCase(), query);
    return rank === undefined ? [] : [{ person, rank }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ person }) => person);
}

function rankOf(displayName: string, userName: string, query: string): number | undefined {
  // Without one nobody can be named.
  if (userName === "") return undefined;
  if (displayName.startsWith(query)) return 0;
  if (userName.startsWith(query)) return 1;
  if (displayName.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(query))) return 2;
  return userName.split(/[._-]/u).some((part) => part.startsWith(query)) ? 3 : undefined;
}
