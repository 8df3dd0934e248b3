/** Of the credit, this part is kept for queues of which nothing is unanswered. */
const KEPT = 1 / 8;

export interface CreditInUse {
  /** How many submissions may be unanswered at once. */
  readonly credit: number;
  /** How many are, of all queues. */
  readonly unanswered: number;
  /** How many queues have something to send. */
  readonly active: number;
}

/**
 * How many more submissions of a queue may be unanswered, of which `flights` are: its share of the credit, so that one whose answers are late leaves
 * room for the others.
 */
export function creditShare(flights: number, { credit, unanswered, active }: CreditInUse): number {
  const kept = Math.floor(credit * KEPT);
  const share = Math.max(1, Math.ceil((credit - kept) / Math.max(1, active)));
  const free = credit - unanswered - (flights === 0 ? 0 : kept);
  return Math.max(0, Math.min(share - flights, free));
}
