/** What the account screens, settings and people search need of the server. */
export interface Accounts {
  signUp(form: SignUpForm): Promise<SignInOutcome>;
  signIn(form: SignInForm): Promise<SignInOutcome>;
}

export interface SignInForm {
  readonly userName: string;
  readonly password: string;
}

export interface SignUpForm extends SignInForm {
  /** The user name if empty. */
  readonly displayName: string;
}

export interface SignedInAccount {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
}

export type SignInOutcome =
  | { readonly kind: "signed-in"; readonly account: SignedInAccount }
  | { readonly kind: "name-taken" | "wrong-credentials" | "invalid" | "unreachable" | "failed" }
  /** `retryAt`: milliseconds since 1970, device's clock. */
  | { readonly kind: "rate-limited"; readonly retryAt: number };
