/** Who opened a socket, as the session says. */
export interface Visitor {
  readonly account: string;
  readonly session: string;
}
