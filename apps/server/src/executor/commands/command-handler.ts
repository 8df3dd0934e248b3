import type { AccountEvent, Event, Report } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";

/** What one kind of command means. Its parts run in this order, and only while the ones before let it through. */
export interface CommandHandler<Body> {
  /** May this account do it? Decided from the rows of the transaction. */
  authorise(attempt: Attempt, body: Body): Promise<Refusal | undefined>;
  /** Is the body well formed? Needs no rows. */
  validate(body: Body, attempt: Attempt): Refusal | undefined;
  /** What happens: the body of the event, or why nothing can. */
  decide(attempt: Attempt, body: Body): Promise<Decision>;
}

export type Decision =
  /** `picture` is what the id of a new picture stands for, which the event does not hold; empty where there is none any more. */
  | { readonly kind: "event"; readonly body: Event["body"]; readonly picture?: Uint8Array }
  /** The log is the sender's own account's. `report` is what the admins of the server are given with it. */
  | { readonly kind: "account-event"; readonly body: AccountEvent["body"]; readonly report?: Report }
  /** `withdrawn` is another command that was never received, and must do nothing when it comes. */
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly withdrawn?: string };

export function happens(body: Event["body"]): Decision {
  return { kind: "event", body };
}

export function cannot(refusal: Refusal): Decision {
  return { kind: "refused", refusal };
}

/** Accepted without effect. */
export const noEffect: Decision = {
  kind: "event",
  body: { case: "noEffect", value: { $typeName: "parley.v1.NoEffect" } },
};
