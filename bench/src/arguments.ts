export interface Options {
  /** Only rows whose id begins with one of these; all if empty. */
  readonly only: readonly string[];
  /** At most 15 s for each row, for orientation while optimising. */
  readonly quick: boolean;
  readonly runs: number;
  /** Rows that store are measured once more with slow syncs. */
  readonly slowDisk: boolean;
  /** Where the report is written; undefined for the usual place. */
  readonly to: string | undefined;
}

export const usage = `npm run bench [-- --only ROW[,ROW…] --quick --runs N --no-slow-disk --to FOLDER]

  --only          rows whose names begin like this
  --quick         short runs, one of each, for orientation
  --runs N        runs of which the median counts (3; quick 1)
  --no-slow-disk  without the second pass that adds 5 ms to each sync
  --to FOLDER     where latest.json and latest.md are written (bench/results)`;

/** What was asked for, or what is wrong with it. */
export function readArguments(args: readonly string[]): Options | string {
  let options: Options = { only: [], quick: false, runs: 0, slowDisk: true, to: undefined };
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
      case "--to":
        if (next === "") return "--to needs a folder.";
        options = { ...options, to: next };
        index++;
        break;
      default:
        return `There is no option ${args[index]}.`;
    }
  }
  return { ...options, runs: options.runs || (options.quick ? 1 : 3) };
}
