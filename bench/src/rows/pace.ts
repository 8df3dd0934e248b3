/** Milliseconds at a new pace before anything is measured. */
export function settlingMs(quick: boolean): number {
  return quick ? 1_000 : 3_000;
}

/** Milliseconds that a run is watched. */
export function measuringMs(quick: boolean): number {
  return quick ? 4_000 : 20_000;
}
