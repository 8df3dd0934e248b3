/**
 * Time that passes, in milliseconds since any moment. Unlike the clock it never jumps, whatever is done to the date: leases, limits and patience are
 * measured by it.
 */
export interface Stopwatch {
  elapsed(): number;
}
