/** Somebody with an account. */
export interface Person {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
}
