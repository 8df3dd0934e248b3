export interface Person {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
}

/** Finds people on the server by the beginning of their names. Rejects when it cannot be reached. */
export type FindPeople = (query: string) => Promise<readonly Person[]>;
