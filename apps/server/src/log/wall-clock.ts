/** The server's clock, in milliseconds since 1970. It may jump; nothing is ordered by it. */
export interface WallClock {
  now(): number;
}
