/** People whom one named for a group and who were not brought there: because they block one, or do not know one, which nobody is told. */
export interface LeftOutView {
  /** Of the command that named them. */
  readonly id: string;
  readonly conversation: string;
  /** A name is empty where this device does not know it. */
  readonly people: readonly { readonly account: string; readonly displayName: string }[];
  /** Whether one may make links by which they can join. */
  readonly mayInvite: boolean;
}
