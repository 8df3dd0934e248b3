export interface Options {
  /** Only rows whose id begins with one of these; all if empty. */
  readonly only: readonly string[];
  /** At most 15 s for each row, for orientation while optimising. */
  readonly quick: boolean;
  readonly runs: number;
  /** Rows that store are measured once more with slow syncs. */
  readonly slowDisk: boolean;
}

export const usage = `npm run bench [-- --only ROW[,ROW…] --quick --runs N --no-slow-disk]

  --only          rows whose names begin like this
  --quick         short runs, one of each, for orientation
  --runs N        runs of which the median counts (3; quick 1)
  --no-slow-disk  without the second pass that adds 5 ms to each sync`;

/** What was asked for, or what is wrong with it. */
export function readArguments(args: readonly string[]): Options | string {
  let options: Options = { only: [], quick: false, runs: 0, slowDisk: true };
  for (let index = 0; index < args.length; index++) {
    const next = args[index + 1] ?? "";
    switch (args[index]) {
      case "--only":
        options = { ...options, only: next.split(",").filter((name) => name !== "") };
        index++;
        break;
      case "--runs":
        options = { ...options, runs: Number(next) };
        if (!Number.isInteger(options.runs) || options.runs < 1) return "--runs needs a whole number from 1 on.";
        index++;
        break;
      case "--quick":
        options = { ...options, quick: true };
        break;
      case "--no-slow-disk":
        options = { ...options, slowDisk: false };
        break;
      default:
        return `There is no option ${args[index]}.`;
    }
  }
  return { ...options, runs: options.runs || (options.quick ? 1 : 3) };
}
