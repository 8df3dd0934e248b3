export interface PersonView {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  readonly online: boolean;
  /** When they were online last, where they are not and that was told. */
  readonly lastSeen?: number | undefined;
}
