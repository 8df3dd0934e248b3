/** Why a call was refused. `unreachable` is not an answer of the server: nobody knows whether the call arrived. */
export type AccountErrorKind =
  | "name-taken"
  | "wrong-credentials"
  | "invalid"
  | "unauthenticated"
  | "not-found"
  | "rate-limited"
  | "unreachable"
  | "failed";

export class AccountError extends Error {
  override readonly name = "AccountError";
  readonly kind: AccountErrorKind;
  /** When trying again can help, in milliseconds from now; 0 where it says nothing. */
  readonly retryAfterMs: number;

  constructor(kind: AccountErrorKind, message: string, retryAfterMs: number, cause: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
