/** One sign-in of a person, and the device that lives on it. */
export interface Seat {
  readonly token: string;
  readonly device: string;
}

/** An account that the kit made. Never in two cases at once. */
export interface Person {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly seat: Seat;
}
