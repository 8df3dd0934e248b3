/** As long as a busy machine may take for anything that a row waits for. */
export const PATIENCE_MS = 30_000;
