/** Links to groups, as addresses of this app. */
export interface InviteLinks {
  /** What stands in the link that this tab was opened with, also after a reload and through signing in; undefined once that is settled. */
  readonly opened: string | undefined;
  settle(): void;
  linkOf(code: string): string;
}
