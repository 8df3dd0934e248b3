import type { MemoryLocks } from "@parley/web/host-parts";
import type { Process } from "../../time/process.ts";

type Locks = ReturnType<MemoryLocks["client"]>;

/** The locks of a browser as one of its processes sees them: one that is frozen may be given a lock, and does not know it. */
export function processLocks(locks: Locks, process: Process): Pick<LockManager, "request" | "query"> {
  const inProcess = <T>(run: () => T): Promise<T> => new Promise((resolve) => process.after(0, () => resolve(run())));
  // The platform's overloads, told apart by the number of arguments.
  const request = (name: string, ...rest: readonly unknown[]): Promise<never> => {
    const [options, run] = (rest.length === 1 ? [{}, rest[0]] : rest) as [LockOptions, () => Promise<unknown>];
    return new Promise<never>((resolve, reject) => {
      locks
        .request(name, options, () => inProcess(run))
        .then(
          (value) => process.after(0, () => resolve(value)),
          (why: unknown) => process.after(0, () => reject(why)),
        );
    });
  };
  return { request, query: () => inProcess(() => locks.query()).then((snapshot) => snapshot) };
}
