export interface PersonView {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  readonly online: boolean;
}
