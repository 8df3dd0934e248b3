/** What one device of the crowd needs to know, written down once so that coming back costs the crowd almost nothing. */
export interface CrowdMember {
  readonly token: string;
  /** Encoded frames, in base64 between processes: the Hello of who is up to date, and of who was away. */
  readonly upToDate: string;
  readonly wasAway: string;
  /** How many conversations changed while it was away: it is in sync when it has been told of as many. */
  readonly missed: number;
}
