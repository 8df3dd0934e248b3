/** What somebody did in one conversation while offline, in order. */
export type Deed =
  | { readonly kind: "post"; readonly id: string; readonly text: string }
  | { readonly kind: "edit" | "react"; readonly id: string; readonly target: string };

export interface WeekPlan {
  readonly account: { readonly account: string; readonly userName: string; readonly displayName: string };
  readonly conversations: readonly { readonly log: string; readonly deeds: readonly Deed[] }[];
}
