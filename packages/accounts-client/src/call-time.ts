/** How long a call may take, in milliseconds. */
export const CALL_TIMEOUT_MS = 15_000;
