/** An account by one of its sessions. */
export interface SignedIn {
  readonly account: string;
  readonly session: string;
  readonly userName: string;
  /** The name given at sign-up; the profile is what counts. */
  readonly firstDisplayName: string;
}
