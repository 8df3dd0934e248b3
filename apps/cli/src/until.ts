import type { Observable } from "@parley/client";

/** The first value that fits, now or later; undefined if none came in time. */
export function until<T>(
  observable: Observable<T>,
  fits: (value: T) => boolean,
  withinMs: number,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const settle = (value: T | undefined) => {
      clearTimeout(timer);
      stop();
      resolve(value);
    };
    const look = () => {
      const value = observable.get();
      if (fits(value)) settle(value);
    };
    const timer = setTimeout(() => settle(undefined), withinMs);
    const stop = observable.subscribe(look);
    look();
  });
}
